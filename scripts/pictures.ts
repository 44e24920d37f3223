import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { terminalPage } from './pictures/terminal-page.ts';

/**
 * `npm run pictures` makes the pictures of the README in docs/images: the commands themselves, on a recorded
 * story, at a fixed time. Needs Chromium at the path of Debian or in CHROMIUM.
 */
const checkout = fileURLToPath(new URL('..', import.meta.url));
const images = join(checkout, 'docs/images');
const story = join(checkout, 'scripts/pictures/lost-registration.ndjson');
/** The end of the story. */
const lastPoll = '2026-03-04T15:20:00Z';
const time = '2026-03-04T15:22:00Z';

const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-pictures-'));
/** The commands print the name of the data folder, so it has the name of a Mac and no path. */
const mac = 'C02EXAMPLE';
const data = join(folder, mac);

function psso(...args: readonly string[]): string {
  const clock = join(checkout, 'scripts/pictures/fixed-clock.ts');
  const program = join(checkout, 'agent/psso-monitor.js');
  const more = {
    PICTURE_TIME: time,
    TZ: 'Europe/Berlin',
    LC_ALL: 'en_GB.UTF-8',
    FORCE_COLOR: '1',
    COLUMNS: '96',
  };
  return execFileSync(process.execPath, ['--import', clock, program, ...args, '--data-dir', mac], {
    cwd: folder,
    env: { ...process.env, ...more },
    encoding: 'utf8',
    // Status 1: an issue is open, as it must be here.
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function output(...args: readonly string[]): string {
  try {
    return psso(...args);
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') return error.stdout;
    throw error;
  }
}

try {
  mkdirSync(data);
  mkdirSync(images, { recursive: true });
  psso('replay', story);
  const run = join(data, 'agent.json');
  const startedAt = '2026-03-02T07:30:00Z';
  writeFileSync(run, JSON.stringify({ pid: process.pid, startedAt, version: '0.1.0', cleanStop: false }));
  utimesSync(run, new Date(lastPoll), new Date(lastPoll));

  const report = join(folder, 'report.html');
  output('report', '--out', report);
  const terminal = join(folder, 'terminal.html');
  writeFileSync(terminal, terminalPage('psso-monitor status', output('status')));

  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 1320 },
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
      colorScheme,
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(report).href);
    await page.waitForSelector('main canvas');
    await page.screenshot({ path: join(images, `report-${colorScheme}.png`) });
    await page.goto(pathToFileURL(terminal).href);
    await page.locator('body').screenshot({ path: join(images, `status-${colorScheme}.png`) });
    await context.close();
  }
  await browser.close();
  console.log(`Made the pictures in ${images}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
