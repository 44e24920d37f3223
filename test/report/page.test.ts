import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { History } from '../../agent/history/history.ts';
import { noOrganisation } from '../../agent/issues/organisation.ts';
import { macReportHtml } from '../../agent/report/html.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { languages } from '../../agent/shared/languages.ts';
import { textsByLanguage } from '../../agent/texts/texts-by-language.ts';
import { userText } from '../../agent/texts/user-texts.ts';
import { accessibilityProblems, browserForTests, type Opened, openPage } from './browser.ts';
import { eventAt, historyAfter, noHistory } from './histories.ts';

const browser = browserForTests();
let overdue: string;
const now = Date.parse('2026-03-02T15:00:00Z');
const lastPoll = { agent: 'running' as const, at: now };
const pageOf = (history: History) => macReportHtml(macReport(history, { now, lastPoll }));

beforeAll(async () => {
  overdue = await pageOf(await historyAfter('password-change-window-overdue'));
});

async function opened<T>(
  html: string | Promise<string>,
  poll: (opened: Opened) => Promise<T>,
  options: Parameters<typeof openPage>[2] = {},
): Promise<T> {
  const page = await openPage(browser(), await html, options);
  try {
    return await poll(page);
  } finally {
    await page.close();
  }
}

/** The position of an instant of a lane (from the top) in timeline-chart.ts. */
async function spot(page: Page, lane: number, share: number): Promise<{ x: number; y: number }> {
  const box = await page.locator('canvas').first().boundingBox();
  if (box === null) throw new Error('there is no chart');
  return { x: box.x + 10 + (box.width - 20) * share, y: box.y + 4 + (lane + 0.5) * 52 + 14 };
}

const shownText = (page: Page) => page.locator('.shown').innerText();
const countText = (page: Page) => page.locator('.count').innerText();

describe('the page of a Mac', () => {
  test.each(languages)('has its headings, the steps of the user and its dates in %s', async (language) => {
    const history = await historyAfter('registration-needs-repair');
    const report = macReport(history, { now, lastPoll, language });
    expect(report.advice['registration-needs-repair']?.user).toEqual(
      userText('registration-needs-repair', language, { provider: 'entra', restartFirst: true }).steps,
    );
    const html = await macReportHtml(report);
    await opened(html, async ({ page, complaints }) => {
      const texts = textsByLanguage[language].report;
      const { issues, timeline, events, confirmations, facts, footer, headlines, lanes } = texts;
      expect(await page.locator('.headline .big').innerText()).toBe(headlines.ok);
      await page.getByText(timeline.table, { exact: true }).click();
      const row = page.locator('#timeline tbody tr');
      await row.first().waitFor();
      const rows = await row.allInnerTexts();
      const title =
        language === 'en'
          ? 'The registration needs to be repaired'
          : userText('registration-needs-repair', language).title;
      for (const name of [lanes.registration.name, lanes.tokens.name, lanes.watching.name, title])
        expect(
          rows.filter((text) => text.startsWith(name)),
          name,
        ).not.toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect(await page.locator('h2').allInnerTexts()).toEqual([
        ...[issues.noneOpen, timeline.heading, events.heading, confirmations.heading, facts.heading],
      ]);
      expect(await page.locator('footer').innerText()).toContain(footer.selfContained);
      const text = await page.locator('body').innerText();
      expect(text).not.toMatch(/\{\w+\}|undefined/);
      expect(text, 'a Japanese sentence ends in 。').not.toMatch(
        /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}」）]\./u,
      );
      const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'medium' });
      expect(await page.locator('footer time').innerText()).toContain(date.format(now));
      expect(complaints).toEqual([]);
    });
  });

  test('starts with the headline in local time, without errors in the console', () =>
    opened(overdue, async ({ page, complaints }) => {
      expect(await page.locator('.headline').innerText()).toContain('Platform SSO works.');
      expect(await page.locator('.headline').innerText()).toContain('2 Mar 2026, 15:00');
      expect(await page.locator('.headline time').first().getAttribute('title')).toBe(
        '2026-03-02 14:00:00 UTC',
      );
      expect(await page.locator('h2').allInnerTexts()).toEqual([
        'No open issue',
        'Timeline',
        'Events',
        'Password confirmations',
        'This Mac',
      ]);
      expect(complaints).toEqual([]);
    }));

  test('names the organisation and its helpdesk at the top', () =>
    opened(
      macReportHtml(
        macReport(noHistory, {
          now,
          lastPoll,
          organisation: {
            ...noOrganisation,
            contacts: {
              organizationName: 'Contoso <b>',
              helpdeskName: 'Contoso IT',
              helpdeskUrl: 'https://help.contoso.com/',
              helpdeskPhone: '+41 44 555 01 23',
            },
          },
        }),
      ),
      async ({ page, complaints }) => {
        expect(await page.locator('.contacts').innerText()).toBe(
          'Contoso <b> · Helpdesk: Contoso IT, https://help.contoso.com/, +41 44 555 01 23',
        );
        expect(await page.locator('.contacts a').getAttribute('href')).toBe('https://help.contoso.com/');
        expect(complaints).toEqual([]);
      },
    ));

  test('shows of an open issue its start, the changes before, and what to do', async () => {
    const html = await pageOf({
      ...noHistory,
      evidence: [
        eventAt('2026-03-02T10:05:00Z', 'issue-opened', {
          issue: 'registration-needs-repair',
          detail: JSON.stringify({
            causes: [
              {
                id: 'registration-stuck-code-1004',
                grade: 'likely',
                sentence: 'macOS was updated 60 minutes before, from 15.6 to 15.7.',
                changeAt: '2026-03-02T09:00:00Z',
                remedyFirst: 'Restart the Mac.',
              },
            ],
            changesBefore: [{ kind: 'macos-updated', at: '2026-03-02T09:00:00Z', from: '15.6', to: '15.7' }],
          }),
        }),
      ],
      issues: [
        {
          issue: 'registration-needs-repair',
          status: 'open',
          severity: 'high',
          opened_at: '2026-03-02T10:00:00Z',
          resolved_at: '',
          open_seconds: '60',
          summary: 'The registration is gone.',
        },
      ],
      state: [{ key: 'headline', value: 'needs-attention', since: '2026-03-02T10:00:00Z' }],
    });
    await opened(html, async ({ page, complaints }) => {
      const text = await page.locator('#issues').innerText();
      expect(text).toContain('One open issue');
      expect(text).toContain('(5 h)');
      expect(text).toContain('Most likely: macOS was updated 60 minutes before, from 15.6 to 15.7.');
      expect(text).toContain('macOS updated from 15.6 to 15.7');
      expect(text).toContain('click “Edit”, then “Repair”.');
      await page.getByText('For the admin').click();
      // The page makes the content of a disclosure after the click.
      await page.locator('#issues').getByText('To confirm it', { exact: true }).waitFor();
      expect(await page.locator('#issues').innerText()).toContain('First: Restart the Mac.');
      expect(complaints).toEqual([]);
    });
  });

  const broken = {
    ...noHistory,
    events: [
      eventAt('2026-02-01T10:00:00Z', 'token-refreshed'),
      eventAt('2026-02-26T10:05:00Z', 'issue-opened', { issue: 'registration-needs-repair' }),
    ],
    issues: [
      {
        issue: 'registration-needs-repair',
        status: 'open' as const,
        severity: 'high',
        opened_at: '2026-02-26T10:00:00Z',
        resolved_at: '',
        open_seconds: '60',
        summary: 'The registration is gone.',
      },
    ],
    state: [
      { key: 'headline', value: 'needs-attention', since: '2026-02-26T10:00:00Z' },
      { key: 'macos', value: '26.1', since: '' },
      { key: 'identity-provider', value: 'okta', since: '' },
    ],
  };

  test('opens on the break, and a button shows everything', () =>
    opened(pageOfBroken(), async ({ page }) => {
      expect(await shownText(page)).toContain('25 Feb 2026, 11:00 – 27 Feb 2026, 11:00 (2 d)');
      await page.getByRole('button', { name: 'Everything' }).click();
      expect(await shownText(page)).toContain('1 Feb 2026');
      await page.getByRole('button', { name: 'The break' }).click();
      expect(await shownText(page)).toContain('25 Feb 2026, 11:00 – 27 Feb 2026, 11:00 (2 d)');
    }));

  test('says whose history it is, and of which file', () =>
    opened(pageOfBroken(), async ({ page, complaints }) => {
      expect(await page.title()).toBe('Platform SSO on <b>C02&X</b>');
      expect(await page.locator('h1').innerText()).toBe('Platform SSO on <b>C02&X</b>');
      expect(await page.locator('.whose').innerText()).toBe(
        'Mac <b>C02&X</b> · Okta · macOS 26.1 · PSSO Monitor 0.1.0 · file pulled/events.db',
      );
      expect(complaints).toEqual([]);
    }));

  test('says when the history ended, and when now is', () =>
    opened(pageOfBroken(now - 3 * 86_400_000), async ({ page }) => {
      expect(await page.locator('#timeline').innerText()).toMatch(
        /The history ends at 27 Feb 2026, 16:00; now is 2 Mar 2026, 16:00\./,
      );
    }));

  test('prints its lists unfolded', () =>
    opened(pageOfBroken(), async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      await page.locator('#issues').getByText('To confirm it', { exact: true }).waitFor();
      await page.locator('#timeline table').waitFor();
      await page.locator('#events details dl').first().waitFor();
      expect(await page.locator('#events details:not([open])').count()).toBe(0);
      await page.emulateMedia({ media: 'screen' });
      await page.locator('#timeline table').waitFor({ state: 'hidden' });
      await page.locator('#events details dl').first().waitFor({ state: 'hidden' });
    }));

  function pageOfBroken(polledAt = now): Promise<string> {
    const subject = { mac: '<b>C02&X</b>', file: 'pulled/events.db' };
    const agent = polledAt === now ? ('running' as const) : ('none' as const);
    return macReportHtml(macReport(broken, { now, lastPoll: { agent, at: polledAt }, subject }));
  }

  test('the chart shows a tooltip with state and time', () =>
    opened(overdue, async ({ page }) => {
      // Overdue from 12:45 to 14:00 of 08:00 to 15:00, in the third lane.
      const { x, y } = await spot(page, 2, (13.4 - 8) / 7);
      await page.mouse.move(x, y);
      const tooltip = page.locator('.tooltip');
      await tooltip.waitFor();
      expect(await tooltip.innerText()).toContain('Password window: overdue');
      expect(await tooltip.innerText()).toContain('13:45:00');
      expect(await tooltip.innerText()).toContain('1 h 15 min');
    }));

  test('zooming narrows the chart, its text, and on request the events', () =>
    opened(overdue, async ({ page }) => {
      const whole = await shownText(page);
      const before = await page.locator('canvas').first().screenshot();
      await page.getByLabel('Only the time shown').check();
      expect(await countText(page)).toBe('6 of 9 events.');
      await page.getByRole('button', { name: 'Closer' }).click();
      await page.getByRole('button', { name: 'Earlier' }).click();
      expect(await shownText(page)).not.toBe(whole);
      expect(await shownText(page)).toContain('3 h 30 min');
      expect(await countText(page)).toBe('0 of 9 events.');
      expect((await page.locator('canvas').first().screenshot()).equals(before)).toBe(false);
      await page.getByRole('button', { name: 'Everything' }).click();
      expect(await shownText(page)).toBe(whole);
      expect(await countText(page)).toBe('6 of 9 events.');
    }));

  test('holding Ctrl and scrolling zooms where the mouse is', () =>
    opened(overdue, async ({ page }) => {
      const whole = await shownText(page);
      const { x, y } = await spot(page, 2, 0.5);
      await page.mouse.move(x, y);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -300);
      await page.keyboard.up('Control');
      await expect.poll(() => shownText(page)).not.toBe(whole);
    }));

  test('filters the events by words, kind and severity', () =>
    opened(overdue, async ({ page }) => {
      expect(await countText(page)).toBe('6 of 9 events.');
      await page.getByLabel('Which events').selectOption('');
      expect(await countText(page)).toBe('9 of 9 events.');
      await page.getByLabel('Search', { exact: true }).fill('REFRESH');
      expect(await countText(page)).toBe('1 of 9 events.');
      expect(await page.locator('.events tbody').innerText()).toContain('the passwords agree again');
      // As the page shows it, and as the database has it.
      for (const words of ['renewed after unlocking; last confirmed good at 2 Mar 2026', 'at 2026-03-02T']) {
        await page.getByLabel('Search', { exact: true }).fill(words);
        expect(await countText(page)).not.toBe('0 of 9 events.');
      }
      await page.getByLabel('Search', { exact: true }).fill('');
      await page.getByLabel('Severity').selectOption('high');
      expect(await countText(page)).toBe('2 of 9 events.');
      await page.getByLabel('Which events').selectOption('issue-opened');
      expect(await countText(page)).toBe('1 of 9 events.');
      await page.locator('.events summary').click();
      expect(await page.locator('.events dl').innerText()).toContain('activeSecondsPastDue');
    }));

  test('can be used by the keyboard alone', () =>
    opened(overdue, async ({ page }) => {
      const whole = await shownText(page);
      for (let steps = 0; steps < 20; steps++) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate('document.activeElement.textContent')) === 'Closer') break;
      }
      await page.keyboard.press('Enter');
      expect(await shownText(page)).not.toBe(whole);
    }));

  test('has the timeline as a table too', () =>
    opened(overdue, async ({ page }) => {
      await page.getByText('The timeline as a table').click();
      expect(await page.locator('#timeline table').innerText()).toMatch(/Password window\s+overdue/);
    }));

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has no accessibility problem that axe knows, in ${colorScheme}`, () =>
      opened(
        overdue,
        async ({ page }) => {
          for (const summary of await page.locator('summary').all()) await summary.click();
          expect(await accessibilityProblems(page)).toEqual([]);
        },
        { colorScheme },
      ));
  }

  test('has the colours of the system, or the chosen ones', () =>
    opened(
      overdue,
      async ({ page }) => {
        const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
        const dark = await ground();
        const canvas = page.locator('canvas').first();
        const inDark = await canvas.screenshot();
        await page.getByLabel('Colours').selectOption('light');
        expect(await ground()).not.toBe(dark);
        expect((await canvas.screenshot()).equals(inDark)).toBe(false);
        await page.getByLabel('Colours').selectOption('auto');
        expect(await ground()).toBe(dark);
      },
      { colorScheme: 'dark' },
    ));

  test('fits a telephone: nothing is wider than 375 pixels', () =>
    opened(
      overdue,
      async ({ page }) => {
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
      },
      { viewport: { width: 375, height: 800 } },
    ));

  test('on a telephone no head breaks within a word, in any language', () =>
    opened(
      pageOfBroken(),
      async ({ page }) => {
        const words = languages.flatMap((language) => {
          const { events, timeline, issues, confirmations } = textsByLanguage[language].report;
          return [events, timeline, issues, confirmations].flatMap(({ heads }) => heads.join(' ').split(' '));
        });
        const tooWide = await page.evaluate(`(() => {
          const { width, fontSize, fontFamily } = getComputedStyle(document.querySelector('#events td'), '::before');
          const ruler = document.createElement('canvas').getContext('2d');
          ruler.font = fontSize + ' ' + fontFamily;
          return ${JSON.stringify(words)}.filter((word) => ruler.measureText(word).width > parseFloat(width));
        })()`);
        expect(tooWide).toEqual([]);
      },
      { viewport: { width: 375, height: 800 } },
    ));

  test('prints dark on white, without controls', () =>
    opened(
      overdue,
      async ({ page }) => {
        await page.emulateMedia({ media: 'print' });
        expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
          'rgb(255, 255, 255)',
        );
        expect(await page.getByRole('button', { name: 'Closer' }).isVisible()).toBe(false);
        expect(await page.locator('canvas').first().isVisible()).toBe(true);
        expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
      },
      { colorScheme: 'dark' },
    ));

  test('says that an empty history is empty', async () => {
    await opened(await pageOf(noHistory), async ({ page, complaints }) => {
      expect(await page.locator('.headline').innerText()).toContain('is not known');
      expect(await page.locator('#timeline').innerText()).toContain('Nothing has been recorded yet.');
      expect(await countText(page)).toBe('0 of 0 events.');
      expect(complaints).toEqual([]);
    });
  });

  test('shows texts of the database as text: nothing runs, loads or ends the page', async () => {
    const evil =
      '</script><img src="https://example.invalid/x" onerror="document.title=\'run\'"><!--\u202e\u2028';
    const html = await pageOf({
      ...noHistory,
      events: [
        eventAt('2026-03-02T08:00:00Z', 'issue-opened', {
          summary: evil,
          issue: evil,
          kind: evil,
          severity: evil,
          detail: JSON.stringify({ [evil]: evil }),
          macos: 'x'.repeat(1_000_000),
        }),
      ],
      issues: [
        {
          issue: evil,
          status: 'open',
          severity: 'high',
          opened_at: '2026-03-02T08:00:00Z',
          resolved_at: '',
          open_seconds: '1',
          summary: evil,
        },
      ],
      state: [
        { key: 'headline', value: evil, since: evil },
        { key: 'macos', value: evil, since: '' },
      ],
    });
    expect(html.length).toBeLessThan(800_000);
    await opened(html, async ({ page, complaints }) => {
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await page.title()).toBe('Platform SSO on this Mac');
      expect(await page.locator('main img').count()).toBe(0);
      expect(await page.locator('#issues').innerText()).toContain('</script><img');
      expect(complaints).toEqual([]);
    });
  });

  test('opens, filters and pages a hundred thousand events', async () => {
    const kinds = ['token-refreshed', 'gap', 'user-state-changed', 'macos-updated'];
    const start = Date.UTC(2016, 0, 1);
    const events = Array.from({ length: 100_000 }, (_, index) =>
      eventAt(new Date(start + index * 3_000_000).toISOString(), kinds[index % 4] ?? '', {
        detail: JSON.stringify({
          receivedAt: new Date(start + index * 3_000_000).toISOString(),
          from: new Date(start + index * 3_000_000 - 600_000).toISOString(),
          reason: 'asleep',
        }),
      }),
    );
    await opened(await pageOf({ ...noHistory, events }), async ({ page, complaints }) => {
      expect(await countText(page)).toBe('50000 of 100000 events, 1 to 50 here.');
      await page.getByRole('button', { name: 'Older' }).click();
      expect(await countText(page)).toBe('50000 of 100000 events, 51 to 100 here.');
      await page.getByLabel('Search', { exact: true }).fill('macos-updated');
      expect(await countText(page)).toBe('25000 of 100000 events, 1 to 50 here.');
      await page.getByRole('button', { name: 'Last day' }).click();
      await page.getByLabel('Only the time shown').check();
      expect(Number.parseInt(await countText(page), 10)).toBeLessThan(10);
      expect(complaints).toEqual([]);
    });
  });
});
