import { beforeAll, describe, expect, test } from 'vitest';
import { validationHtml } from '../../agent/report/validation-page.ts';
import { validateHistory } from '../../agent/validation/validate-history.ts';
import { accessibilityProblems, browserForTests, type Opened, openPage } from './browser.ts';
import { eventAt, historyAfter, noHistory } from './histories.ts';

const browser = browserForTests();
const now = Date.parse('2026-03-02T17:05:00Z');
const lastPoll = { agent: 'running' as const, at: now };
const subject = { mac: 'pilot-01', file: null };
let passed: string;
let failed: string;

beforeAll(async () => {
  const judged = async (scenario: string) =>
    validationHtml(validateHistory(await historyAfter(scenario), { since: null, now, lastPoll }), subject);
  passed = await judged('password-change-prompt-pending');
  const broken = await historyAfter('password-change-window-overdue');
  const open = broken.issues.map((row) => ({ ...row, status: 'open' as const, resolved_at: '' }));
  failed = await validationHtml(
    validateHistory({ ...broken, issues: open }, { since: null, now, lastPoll }),
    subject,
  );
});

async function opened<T>(
  html: string,
  look: (opened: Opened) => Promise<T>,
  options: Parameters<typeof openPage>[2] = {},
): Promise<T> {
  const page = await openPage(browser(), html, options);
  try {
    return await look(page);
  } finally {
    await page.close();
  }
}

describe('the page of a validation', () => {
  test('has what a change board asks for: result, times, versions, and what judged each step', () =>
    opened(passed, async ({ page, complaints }) => {
      expect(await page.locator('h1').innerText()).toBe('Validation of Platform SSO');
      const facts = await page.locator('.facts').innerText();
      for (const fact of [
        'pilot-01',
        'Judged at',
        'the recorded history alone',
        'macOS',
        '15.6',
        '5.2504.0',
        'entra',
        'password',
      ])
        expect(facts).toContain(fact);
      const rows = await page.locator('tbody tr').allInnerTexts();
      expect(rows).toHaveLength(9);
      expect(rows[2]).toMatch(/A new password reaches the Mac.*Passed.*2026-03-02.*v_sync/s);
      expect(await page.locator('#password-sync').innerText()).toContain('macOS set the local password');
      expect(complaints).toEqual([]);
    }));

  test('says of a failed step its cause and what to do', () =>
    opened(failed, async ({ page }) => {
      expect(await page.locator('.headline').innerText()).toContain('Failed');
      const step = await page.locator('#password-sync').innerText();
      expect(step).toContain('Issue: password-change-window-overdue');
      expect(step).toContain('What to do');
    }));

  test('shows a text of the database as text', async () => {
    const hostile = '<img src=x onerror=alert(1)> & "quotes"';
    const events = [eventAt('2026-03-02T16:00:00Z', 'notification-shown', { summary: hostile })];
    const html = await validationHtml(
      validateHistory({ ...noHistory, events }, { since: null, now, lastPoll }),
      subject,
    );
    await opened(html, async ({ page, complaints }) => {
      expect(await page.locator('#notification p').first().innerText()).toBe(hostile);
      expect(await page.locator('img').count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const which of ['passed', 'failed'] as const)
      test(`has no accessibility problem that axe knows: ${which}, in ${colorScheme}`, () =>
        opened(
          which === 'passed' ? passed : failed,
          async ({ page }) => expect(await accessibilityProblems(page)).toEqual([]),
          { colorScheme },
        ));

  test('fits a telephone, and prints dark on white', () =>
    opened(
      failed,
      async ({ page }) => {
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
        await page.emulateMedia({ media: 'print' });
        const ground = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
        expect(ground).toBe('rgb(255, 255, 255)');
      },
      { viewport: { width: 375, height: 800 }, colorScheme: 'dark' },
    ));
});
