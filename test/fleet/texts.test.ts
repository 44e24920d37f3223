import { describe, expect, test } from 'vitest';
import { namesText } from '../../agent/fleet/broken-macs.ts';
import { percentileTexts } from '../../agent/fleet/percentile-texts.ts';
import { Versions } from '../../agent/fleet/versions.ts';
import { weekHeads, weekRow } from '../../agent/fleet/week-rows.ts';
import { worksText } from '../../agent/fleet/works-text.ts';

describe('the names of Macs', () => {
  test.each([
    [0, [], '–'],
    [1, ['a'], 'a'],
    [2, ['a', 'b'], 'a, b'],
    [5, ['a', 'b'], 'a, b and 3 more'],
  ])('of %d: %j', (count, first, text) => {
    expect(namesText({ count, first })).toBe(text);
  });
});

describe('percentiles of few values are not printed', () => {
  const text = (seconds: number) => `${seconds} s`;
  test.each([
    [3, ['1 s', '–', '–', '–', '–', '6 s']],
    [4, ['1 s', '2 s', '–', '–', '–', '6 s']],
    [10, ['1 s', '2 s', '3 s', '–', '–', '6 s']],
    [20, ['1 s', '2 s', '3 s', '4 s', '–', '6 s']],
    [100, ['1 s', '2 s', '3 s', '4 s', '5 s', '6 s']],
  ])('%d values', (n, texts) => {
    const of = { n, p50: 1, p75: 2, p90: 3, p95: 4, p99: 5, most: 6 };
    expect(percentileTexts(of, text)).toEqual(texts);
  });
});

describe('on how many Macs sign-in works', () => {
  test.each([
    [1, 1, 'Platform SSO works on 1 of 1 Mac that reports'],
    [1, 2, 'Platform SSO works on 1 of 2 Macs that report'],
    [0, 2, 'Platform SSO works on 0 of 2 Macs that report'],
  ])('%d of %d', (works, reporting, text) => {
    const well = works === 0 ? [] : [{ headline: 'ok', text: '', macs: works }];
    expect(worksText({ headlines: [{ headline: 'unknown', text: '', macs: 9 }, ...well], reporting })).toBe(
      text,
    );
  });
});

describe('a week', () => {
  const week = {
    week: '2026-11-23',
    reporting: 10,
    well: 7,
    broken: 2,
    silent: 1,
    issuesOpened: 4,
    issuesClosed: 3,
    passwordLagSeconds: { n: 5, p50: 60, p75: 70, p90: 80, p95: 90, p99: 95, most: 99 },
    lagSeconds: null,
    breaksByCompanyPortal: [],
    breaksByMacos: ['15.6', '15.5', '14.7', '13.6'].map((version, index) => ({ version, breaks: 9 - index })),
  };

  test('has a cell for each head, and the three versions with the most breaks', () => {
    const row = weekRow(week, (seconds) => `${seconds} s`);
    expect(row).toEqual([
      ...['2026-11-23', '10', '7', '2', '1', '4', '3', '60 s (n = 5)'],
      '15.6: 9, 15.5: 8, 14.7: 7',
    ]);
    expect(row).toHaveLength(weekHeads.length);
  });

  test('without a lag and without a break has dashes', () => {
    const row = weekRow({ ...week, passwordLagSeconds: null, breaksByMacos: [] }, String);
    expect(row.slice(-2)).toEqual(['–', '–']);
  });
});

describe('the versions over time', () => {
  const versions = new Versions(
    [
      { at: 100, before: '', to: '15.5' },
      { at: 200, before: '15.5', to: '15.6' },
    ],
    '15.7',
  );

  test('are those of the updates, and unknown before the first one where it did not say', () => {
    expect([99, 100, 199, 200, 999].map((at) => versions.at(at))).toEqual([
      '',
      '15.5',
      '15.5',
      '15.6',
      '15.6',
    ]);
    expect(new Versions([], '15.7').at(0)).toBe('15.7');
  });

  test('since an instant are the one at it and all later ones, once each', () => {
    expect(versions.seenSince(0)).toEqual(['15.5', '15.6']);
    expect(versions.seenSince(150)).toEqual(['15.5', '15.6']);
    expect(versions.seenSince(200)).toEqual(['15.6']);
  });
});
