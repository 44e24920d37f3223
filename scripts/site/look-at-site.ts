import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import * as z from 'zod/mini';
import { startBrowser } from '../../test/report/start-browser.ts';
import { serveFolder } from './serve-folder.ts';

const shown = ['index.html', 'admin/privacy.html', 'admin/roll-out.html', 'settings.html'];
const sizes = { desk: { width: 1280, height: 900 }, telephone: { width: 390, height: 844 } };

const axeResult = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/**
 * Opens pages of the built site in light and dark, at the width of a desk and of a telephone, and searches.
 * Writes a picture of each, and returns the problems.
 */
export async function lookAtSite(folder: string, pictures: string): Promise<string[]> {
  mkdirSync(pictures, { recursive: true });
  const { address, close } = await serveFolder(folder);
  const browser = await startBrowser();
  try {
    const problems: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const)
      for (const [size, viewport] of Object.entries(sizes))
        problems.push(
          ...(await lookAt(
            browser,
            address,
            { colorScheme, viewport },
            join(pictures, `${colorScheme}-${size}`),
          )),
        );
    problems.push(...(await widePages(browser, address, pagesIn(folder))));
    problems.push(...(await search(browser, address)));
    return problems;
  } finally {
    await browser.close();
    close();
  }
}

type Look = { readonly colorScheme: 'light' | 'dark'; readonly viewport: { width: number; height: number } };

async function lookAt(browser: Browser, address: string, look: Look, picture: string): Promise<string[]> {
  const page = await browser.newPage(look);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on('requestfailed', (request) => problems.push(`${page.url()}: not loaded: ${request.url()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:'))
      problems.push(`${page.url()}: asks for ${request.url()}`);
  });
  for (const name of shown) {
    await page.goto(`${address}/${name}`, { waitUntil: 'networkidle' });
    const where = `${name}, ${look.colorScheme}, ${look.viewport.width} wide`;
    const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    if (Number(wider) > 0) problems.push(`${where}: ${wider} pixels wider than the window`);
    problems.push(...(await accessibilityProblems(page)).map((problem) => `${where}: ${problem}`));
    await page.screenshot({ path: `${picture}-${name.replaceAll('/', '-').replace('.html', '.png')}` });
  }
  await page.close();
  return problems;
}

async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = z.parse(axeResult, await page.evaluate('axe.run()'));
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 2).map(({ html }) => `${id}: ${html.slice(0, 120)}`),
  );
}

const pagesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));

/** The pages that a telephone has to scroll sideways. */
async function widePages(browser: Browser, address: string, names: readonly string[]): Promise<string[]> {
  const page = await browser.newPage({ viewport: sizes.telephone });
  const problems: string[] = [];
  for (const name of names) {
    await page.goto(`${address}/${name}`, { waitUntil: 'load' });
    const wider = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
    if (wider > 0) problems.push(`${name}: ${wider} pixels wider than a telephone`);
  }
  await page.close();
  return problems;
}

/** The search finds the page on privacy by a word of it, with the keyboard alone. */
async function search(browser: Browser, address: string): Promise<string[]> {
  const page = await browser.newPage({ viewport: sizes.desk });
  await page.goto(`${address}/index.html`, { waitUntil: 'networkidle' });
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox').fill('privacy works council');
  const first = page.locator('.result').first();
  await first.waitFor();
  const found = await first.getAttribute('href');
  await page.close();
  return found?.includes('privacy') === true ? [] : [`the search for privacy leads to ${found}`];
}
