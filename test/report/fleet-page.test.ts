import { describe, expect, test } from 'vitest';
import type { FleetSummary } from '../../agent/fleet/fleet-output.ts';
import { fleetReportHtml } from '../../agent/report/html.ts';
import { accessibilityProblems, browserForTests, openPage } from './browser.ts';

const browser = browserForTests();

const htmlOf = async (...of: Parameters<typeof fleetReportHtml>) =>
  (await Array.fromAsync(fleetReportHtml(...of))).join('');

const evil = '</script><img src="https://example.invalid/x" onerror="alert(1)">';
const list: FleetSummary['list'] = Array.from({ length: 120 }, (_, index) => ({
  mac: index === 7 ? evil : `mac-${index}`,
  headline: index % 40 === 0 ? 'needs-attention' : 'ok',
  was: null,
  freshness: 'live' as const,
  since: index % 40 === 0 ? `2026-03-0${1 + index / 40}T08:00:00Z` : null,
  openIssues: index % 40 === 0 ? ['registration-needs-repair'] : [],
  silenced:
    index === 40
      ? [{ issue: 'registration-needs-repair', by: 'user' as const, until: '2026-03-09T08:00:00.000Z' }]
      : [],
  cause: index % 40 === 0 ? 'Most likely: macOS was updated at 2026-03-02T07:00:00Z.' : '',
  proven: {
    registration: '2026-03-01T08:00:00Z',
    repair: null,
    migration: null,
    'password-sync': index % 2 === 0 ? '2026-03-02T08:00:00Z' : null,
  },
  lastRecordAt: index === 5 ? '2026-03-02T08:00:00Z' : '2026-03-08T08:00:00Z',
  macos: '15.6',
  companyPortal: '5.2504.0',
  agentVersion: '0.1.0',
  user: '',
  device: '',
}));
const summary: FleetSummary = {
  proven: [
    { scenario: 'registration', macs: 120 },
    { scenario: 'password-sync', macs: 60 },
  ],
  generatedAt: '2026-03-08T08:00:00Z',
  asOf: '2026-03-08T08:00:00Z',
  since: null,
  files: {
    found: 122,
    read: 121,
    skipped: [{ file: 'cut.db', reason: 'it is damaged' }],
    duplicates: [{ mac: 'mac-1-again', sameAs: 'mac-1' }],
    branches: [{ mac: 'mac-2', branchOf: 'mac-1' }],
  },
  freshness: 'live',
  macs: 120,
  users: 120,
  reporting: 119,
  headlines: [
    { headline: 'ok', text: 'Platform SSO works.', macs: 116 },
    { headline: 'needs-attention', text: 'Platform SSO needs attention.', macs: 3 },
  ],
  issues: [
    {
      issue: 'registration-needs-repair',
      title: 'The registration has to be repaired',
      severity: 'high',
      macsOpen: 3,
      macsEver: 9,
      episodes: 11,
      firstOpenedAt: '2026-03-01T08:00:00Z',
      openSince: '2026-03-02T08:00:00Z',
      medianOpenSeconds: 7200,
    },
  ],
  sync: {
    cycles: 40,
    outcomes: [{ outcome: 'password-synced', cycles: 40 }],
    lagSeconds: { n: 40, p50: 60, p75: 600, p90: 3600, p95: 7200, p99: 86400, most: 90000 },
    activeLagSeconds: null,
    passwordLagSeconds: { n: 12, p50: 50, p75: 500, p90: 3000, p95: 7200, p99: 80000, most: 90000 },
    activePasswordLagSeconds: null,
  },
  passwordChanges: {
    file: { format: 'entra-csv', entries: 14, failed: 1, otherActivities: 3, repeated: 0, before: 0 },
    count: 10,
    reached: { count: 6, within4Hours: 4, withinADay: 5 },
    lagSeconds: { n: 6, p50: 60, p75: 600, p90: 3600, p95: 7200, p99: 86400, most: 90000 },
    notYet: { count: 2, late: 2 },
    replaced: 1,
    notKnown: { count: 1, reasons: [{ reason: 'silent', text: 'the Mac is silent', count: 1 }] },
    macsWithoutUser: 3,
    macsWithDigest: 0,
    late: [
      {
        mac: evil,
        changedAt: '2026-03-02T08:00:00Z',
        waitingSeconds: 90_000,
        cause: 'Possible: A.',
        note: '',
      },
      { mac: 'mac-9', changedAt: '2026-03-02T09:00:00Z', waitingSeconds: 86_400, cause: '', note: 'B.' },
    ],
    list: [],
  },
  breaks: {
    count: 11,
    macs: 9,
    macDays: 840,
    byMacos: [{ version: '15.6', macs: 120, macsWithBreak: 9, breaks: 11 }],
    byCompanyPortal: [],
    byCause: [
      {
        cause: 'registration-stuck-code-1004',
        title: 'Registration stops with the code 1004',
        grade: 'likely',
        macs: 1,
        breaks: 2,
      },
    ],
    afterChanges: [{ kind: 'macos-updated', to: '15.6', macs: 30, macsWithBreak: 6 }],
    shareOfAnyDay: 0.013,
  },
  weeks: [
    {
      week: '2026-03-02',
      reporting: 119,
      well: 116,
      broken: 3,
      silent: 1,
      issuesOpened: 7,
      issuesClosed: 4,
      passwordLagSeconds: { n: 9, p50: 7200, p75: 7200, p90: 7200, p95: 7200, p99: 7200, most: 9000 },
      lagSeconds: null,
      breaksByMacos: [{ version: '15.6', breaks: 7 }],
      breaksByCompanyPortal: [],
    },
  ],
  silentAfterSeconds: 259_200,
  silent: [{ mac: 'mac-5', lastRecordAt: '2026-03-02T08:00:00Z', agentVersion: '0.1.0' }],
  agents: [{ version: '0.1.0', macs: 120 }],
  list,
};

describe('the page of a fleet', () => {
  test('starts with the headline and escapes Mac names', async () => {
    const { page, complaints, close } = await openPage(browser(), await htmlOf(summary));
    expect(await page.locator('.headline').innerText()).toMatch(
      /works on 116 of 119 Macs that report\.\n[\s\S]*3 Macs: Platform SSO needs/,
    );
    expect(await page.locator('#issues').innerText()).toMatch(
      /registration has to be repaired\s+high\s+3 Macs/,
    );
    expect(await page.locator('#breaks').innerText()).toMatch(/macOS changed to 15\.6\s+30\s+6\s+20 %/);
    expect(await page.locator('#breaks').innerText()).toContain('1.3 % of Macs');
    expect(await page.locator('#weeks tbody').innerText()).toMatch(
      /2026-03-02\s+119\s+116\s+3\s+1\s+7\s+4\s+2 h \(n = 9\)\s+15\.6: 7/,
    );
    await page.getByText('1 file that could not be read').click();
    // The page makes the content of a disclosure after the click.
    await page.locator('#files').getByText('cut.db').first().waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  test('names the broken Macs first, with state, age and cause, and links to their pages', async () => {
    const pages = { 'mac-0': 'pages/mac-0.html' };
    const { page, complaints, close } = await openPage(browser(), await htmlOf(summary, pages));
    expect(await page.locator('.headline').getAttribute('class')).toContain('notice');
    expect((await page.locator('h2').allInnerTexts()).slice(0, 3)).toEqual([
      'Macs that need attention (3)',
      'Silent Macs (1)',
      'Issues',
    ]);
    const rows = await page.locator('#broken tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split('\t')[0])).toEqual(['mac-0', 'mac-40', 'mac-80']);
    expect(rows[0]).toMatch(
      /✕ needs attention\s+7 d\s+The registration has to be repaired\s+Most likely: macOS was updated at 2 Mar 2026, 08:00\./,
    );
    expect(await page.locator('#broken a').getAttribute('href')).toBe('pages/mac-0.html');
    expect(await page.locator('#silent tbody').innerText()).toMatch(/mac-5\s+2 Mar 2026.*✓ works/);
    await page.getByText('The registration has to be repaired: 3 Macs').click();
    await page.locator('#issues li').first().waitFor();
    expect(await page.locator('#issues li').allInnerTexts()).toEqual(['mac-0', 'mac-40', 'mac-80']);
    expect(complaints).toEqual([]);
    await close();
  });

  test('calls only the lag of changed passwords a password sync lag', async () => {
    const { page, close } = await openPage(browser(), await htmlOf(summary));
    const [passwords = '', all = ''] = await page.locator('#sync tbody').allInnerTexts();
    expect(passwords).toMatch(/By the clock\s+50 s\s+8 min 20 s\s+50 min\s+–\s+–\s+1 d 1 h\s+12/);
    expect(all).toMatch(/By the clock\s+1 min\s+10 min\s+1 h\s+2 h\s+–\s+1 d 1 h\s+40/);
    await close();
  });

  test('says when changed passwords reached the Macs, and why a Mac is late', async () => {
    const { page, close } = await openPage(browser(), await htmlOf(summary));
    const section = await page.locator('#password-changes').innerText();
    expect(section).toContain('Reached the Mac: 6 of 10 changed passwords.');
    expect(section).toContain('Within 4 hours: 4. Within a day: 5.');
    expect(section).toContain('Not yet: 2; 2 of these for more than 4 hours.');
    expect(section).toContain('1: the Mac is silent');
    expect(section).toContain('3 Macs without a stored user: set StoredIdentity to full or hashed.');
    expect(await page.locator('#password-changes tbody').last().innerText()).toMatch(
      /1 d 1 h\s+Possible: A\..*mac-9\s.*1 d\s+B\./s,
    );
    await close();
  });

  test('sorts the Macs by a column, and finds them by a title', async () => {
    const { page, close } = await openPage(browser(), await htmlOf(summary));
    const first = () => page.locator('#macs tbody tr').first().innerText();
    expect(await first()).toMatch(/^mac-0\t✕ needs attention/);
    await page.getByRole('button', { name: 'Mac', exact: true }).click();
    expect(await page.locator('#macs th').first().getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Mac', exact: true }).click();
    expect(await first()).toMatch(/^mac-119/);
    await page.getByLabel('Search', { exact: true }).fill('has to be repaired');
    expect(await page.locator('#macs .count').innerText()).toBe('3 of 120 Macs.');
    await close();
  });

  test('prints every Mac, and its lists unfolded', async () => {
    const { page, close } = await openPage(browser(), await htmlOf(summary));
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => page.locator('#macs tbody tr').count()).toBe(120);
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => page.locator('#macs tbody tr').count()).toBe(50);
    expect(await page.locator('details[open]').count()).toBe(0);
    await close();
  });

  test('leads from an issue to its Macs, by mouse and by keyboard', async () => {
    const { page, complaints, close } = await openPage(browser(), await htmlOf(summary));
    const count = () => page.locator('#macs .count').innerText();
    await page.getByLabel('Search', { exact: true }).fill('mac-11');
    const button = page.getByRole('button', { name: '3 Macs with: The registration has to be repaired' });
    await button.click();
    expect(await count()).toBe('3 of 120 Macs.');
    expect(await page.locator('#macs tbody tr').allInnerTexts()).toEqual([
      expect.stringContaining('mac-0'),
      expect.stringContaining('mac-40'),
      expect.stringContaining('mac-80'),
    ]);
    const filter = page.locator('#mac-issue');
    expect(await filter.inputValue()).toBe('registration-needs-repair');
    expect(await page.locator('#macs h2').isVisible()).toBe(true);
    await filter.selectOption('');
    expect(await count()).toBe('120 of 120 Macs, 1 to 50 here.');
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await count()).toBe('3 of 120 Macs.');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  test('says which issue is silenced, by whom and until when', async () => {
    const { page, close } = await openPage(browser(), await htmlOf(summary));
    const says = /repaired \(silenced by the user until 9 Mar 2026, \d\d:00\)/;
    expect(await page.locator('#broken tbody tr', { hasText: 'mac-40' }).innerText()).toMatch(says);
    await page.getByLabel('Which Macs').selectOption('silenced');
    expect(await page.locator('#macs tbody tr').allInnerTexts()).toEqual([expect.stringMatching(says)]);
    await close();
  });

  test('filters and pages the Macs', async () => {
    const { page, close } = await openPage(browser(), await htmlOf(summary));
    const count = () => page.locator('#macs .count').innerText();
    expect(await count()).toBe('120 of 120 Macs, 1 to 50 here.');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await count()).toBe('120 of 120 Macs, 101 to 120 here.');
    await page.getByLabel('Which Macs').selectOption('open');
    expect(await count()).toBe('3 of 120 Macs.');
    await page.getByLabel('Which Macs').selectOption('silent');
    expect(await count()).toBe('1 of 120 Macs.');
    await page.getByLabel('Which Macs').selectOption('all');
    await page.getByLabel('Search', { exact: true }).fill('MAC-11');
    expect(await count()).toBe('11 of 120 Macs.');
    await close();
  });

  test.each(['light', 'dark'] as const)(
    'has no accessibility problem that axe knows, in %s',
    async (colorScheme) => {
      const { page, close } = await openPage(browser(), await htmlOf(summary), { colorScheme });
      for (const text of await page.locator('summary').all()) await text.click();
      expect(await accessibilityProblems(page)).toEqual([]);
      await close();
    },
  );

  test('fits a telephone', async () => {
    const viewport = { width: 375, height: 800 };
    const issues = summary.issues.map((issue) => ({ ...issue, title: `${issue.title} `.repeat(3) }));
    const html = await htmlOf({ ...summary, issues });
    const { page, close } = await openPage(browser(), html, { viewport });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    await close();
  });
});
