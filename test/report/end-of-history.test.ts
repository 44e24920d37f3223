import { beforeAll, describe, expect, test } from 'vitest';
import type { History } from '../../agent/history/history.ts';
import { macReportHtml } from '../../agent/report/html.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { browserForTests, openPage } from './browser.ts';
import { historyAfter } from './histories.ts';

const browser = browserForTests();
let blocked: History;

beforeAll(async () => {
  blocked = await historyAfter('per-user-mfa-blocks-password-sync');
});

const end = Date.parse('2026-03-02T14:00:00Z');
const muchLater = Date.parse('2026-11-28T00:00:00Z');

describe('an issue that was open when the history ended', () => {
  test('was open until the end of the history', async () => {
    expect(macReport(blocked, { now: muchLater }).knownUntil).toBe(end);
    const page = await openPage(browser(), await macReportHtml(macReport(blocked, { now: muchLater })));
    const text = await page.page.locator('.issue').first().innerText();
    await page.close();
    expect(text).toMatch(/Open since 2 Mar 2026, 09:00 \(6 h\), severity medium\./);
    expect(text).toMatch(/The history ends at 2 Mar 2026, 15:00; the state since then is unknown\./);
  });

  test.each([
    ['a few minutes ago', end + 10 * 60_000, undefined],
    ['an hour ago, and the agent runs', end + 60 * 60_000, { agent: 'running' as const, at: end }],
  ])('is open until now, if that was %s', async (_when, now, lastPoll) => {
    const report = macReport(blocked, { now, lastPoll });
    expect(report.knownUntil).toBe(now);
    const page = await openPage(browser(), await macReportHtml(report));
    const text = await page.page.locator('.issue').first().innerText();
    await page.close();
    expect(text).not.toContain('The history ends');
  });
});
