import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import * as z from 'zod/mini';
import { skipTest } from '../helpers/needs.ts';
import { debianChromium, startBrowser } from './start-browser.ts';

/** On a Mac the browser that GitHub's runners and most developers have. */
const places = [debianChromium, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * A browser for the tests of the file that calls this, started once. On a Mac without one a test that asks
 * for it is skipped.
 */
export function browserForTests(): () => Browser {
  const place = places.find((path) => existsSync(path));
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (place !== undefined) browser = await startBrowser(place);
  });
  afterAll(async () => await browser?.close());
  return () => {
    if (browser === undefined && process.platform === 'darwin') skipTest('Google Chrome is not on this Mac');
    if (browser === undefined) throw new Error(`There is no browser: ${places.join(', ')}`);
    return browser;
  };
}

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, errors of scripts, and requests for anything but the file. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

/** Opens a page from a file, like a reader who received it. */
export async function openPage(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(address);
  await page.waitForSelector('main section');
  return {
    page,
    complaints,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const axeResult = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/** Problems that axe finds by WCAG 2.2 AA and good practice, one a line. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = z.parse(axeResult, await page.evaluate('axe.run()'));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
