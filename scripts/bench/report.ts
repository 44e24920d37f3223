import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { macReportHtml } from '../../agent/report/html.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { eventAt, noHistory } from '../../test/report/histories.ts';
import { startBrowser } from '../../test/report/start-browser.ts';
import { type Figure, median } from './figure.ts';

/** From the address to a page that answers: the report of very many events beside one of a single event. */
export async function reportFigures(rounds: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bench-report-'));
  const browser = await startBrowser();
  try {
    const opened = async (events: number): Promise<number> => {
      const file = join(folder, `${events}.html`);
      writeFileSync(file, await pageOf(events));
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const page = await browser.newPage();
        const began = performance.now();
        await page.goto(pathToFileURL(file).href);
        await page.waitForSelector('canvas');
        // Answers only when nothing else keeps the page busy.
        await page.getByRole('button', { name: 'Everything' }).click();
        times.push(performance.now() - began);
        await page.close();
      }
      return median(times);
    };
    const reference = { name: 'of one event', value: await opened(1) };
    const value = await opened(100_000);
    return [{ name: 'opening a report of 100,000 events', value, unit: 'ms', reference, limit: 4 }];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pageOf(count: number): Promise<string> {
  const kinds = ['token-refreshed', 'gap', 'user-state-changed', 'macos-updated'];
  const start = Date.UTC(2016, 0, 1);
  const events = Array.from({ length: count }, (_, index) => {
    const at = new Date(start + index * 3_000_000).toISOString();
    const from = new Date(start + index * 3_000_000 - 600_000).toISOString();
    const detail = JSON.stringify({ reason: 'asleep', from, receivedAt: at, lagSeconds: index });
    return eventAt(at, kinds[index % 4] ?? '', { detail });
  });
  return await macReportHtml(macReport({ ...noHistory, events }, { now: start }));
}
