import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration, parseScenario, ScenarioError } from '../../agent/simulation/scenario.ts';

const head = { scenario: 'a scenario', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' };
const start = Date.parse(head.start);
const text = (...lines: object[]) => [head, ...lines].map((line) => JSON.stringify(line)).join('\n');
const hour = 3_600_000;

describe('durations', () => {
  test.each([
    ['+4h10m', 4 * hour + 600_000],
    ['2d', 48 * hour],
    ['90s', 90_000],
    ['-5h', -5 * hour],
    ['+0s', 0],
    ['1d2h3m4s', 26 * hour + 184_000],
  ])('%s', (written, milliseconds) => expect(parseDuration(written)).toBe(milliseconds));

  test.each(['', '+', '4', 'h', '4h 10m', '10m4h', '1.5h', 'soon'])('%j is none', (written) =>
    expect(parseDuration(written)).toBeNull(),
  );
});

describe('a scenario', () => {
  test('takes times from the start, or as ISO', () => {
    const { steps } = parseScenario(
      text(
        { at: '+1h', psso: { receivedAt: '-2h' } },
        { at: '2026-03-02T10:00:00Z', passwordLastSetAt: '2026-03-01T00:00:00Z' },
      ),
    );
    expect(steps.map((step) => step.at)).toEqual([hour, 2 * hour]);
    expect(steps[0]?.change.psso).toEqual({ receivedAt: start - 2 * hour });
    expect(steps[1]?.change.passwordLastSetAt).toBe(Date.parse('2026-03-01T00:00:00Z'));
  });

  test('keeps "nothing said" and "said to be nothing" apart', () => {
    const { steps } = parseScenario(
      text({ at: '+1h', psso: null, profile: null, companyPortal: null, appSso: null }),
    );
    expect(steps[0]?.change).toEqual({ psso: null, profile: null, companyPortal: null, appSso: null });
    expect(parseScenario(text({ at: '+1h' })).steps[0]?.change).toEqual({});
  });

  test('allows remarks, blank lines and CRLF', () => {
    const source = `# a remark\r\n${JSON.stringify(head)}\r\n\r\n{"at":"+1h","screen":"locked"}\r\n`;
    expect(parseScenario(source).steps.length).toBe(1);
  });

  test('loads the files it names', () => {
    const { steps } = parseScenario(text({ at: '+1h', appSso: { file: 'printed.txt' } }), {
      loadFile: (path) => `text of ${path}`,
    });
    expect(steps[0]?.change.appSso).toEqual({ text: 'text of printed.txt' });
  });

  test.each([
    ['', 'the scenario is empty'],
    ['{', 'line 1: this is not JSON'],
    ['[]', 'line 1: each line is one JSON object'],
    ['{"scenario":"x","start":"today"}', 'line 1: .*"start"'],
    [text({ at: '+1h', scren: 'locked' }), 'line 2: there is no key "scren"; the keys are at, psso, '],
    [text({ at: '+1h', screen: 'open' }), 'line 2: "screen" must be "locked" or "unlocked"'],
    [text({ at: 'later' }), 'line 2: "at" must be a duration'],
    [text({ screen: 'locked' }), 'line 2: "at" is missing'],
    [text({ at: '+2h' }, { at: '+1h' }), 'line 3: "at" goes back in time'],
    [text({ at: '+1h', end: true }, { at: '+2h' }), 'line 3: nothing may follow'],
    [
      text({ at: '+1h', psso: { registred: true } }),
      'line 2: "psso" must be null, or an object of method, registered',
    ],
    [text({ at: '+1h', clock: 'noon' }), 'line 2: "clock" must be a duration of .* with its sign'],
    [text({ at: '+1h', appSso: { file: 'none' } }), 'line 2: "appSso" names a file'],
    [text({ at: '+4000d', end: true }), 'line 2: "at" is more than ten years after the start'],
    [text({ at: '+99999999999d', end: true }), 'line 2: "at" must be a duration of a hundred years at most'],
    [text({ at: '2037-01-01T00:00:00Z', end: true }), 'line 2: "at" is more than ten years after the start'],
    [
      text({ at: '+1h', psso: { receivedAt: '-99999999999d' } }),
      'line 2: "psso.receivedAt" must be a duration',
    ],
    [text({ at: '+1h', passwordLastSetAt: '+99999999d' }), 'line 2: "passwordLastSetAt" must be a duration'],
    [text({ at: '+1h', clock: '+99999999d' }), 'line 2: "clock" must be a duration'],
  ])('with a mistake names its line, what is wrong and what would be right: %#', (source, says) => {
    expect(() => parseScenario(source)).toThrow(ScenarioError);
    expect(() => parseScenario(source)).toThrow(new RegExp(says));
  });

  test('no text is anything but a scenario or a ScenarioError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `${JSON.stringify(head)}\n${json}`),
        ),
        (source) => {
          try {
            parseScenario(source);
          } catch (error) {
            expect(error).toBeInstanceOf(ScenarioError);
          }
        },
      ),
    );
  });
});

test('a day that no calendar has is named, with its line', () => {
  const text = `${JSON.stringify(head)}\n{"at":"2026-02-31T09:00:00Z","end":true}`;
  expect(() => parseScenario(text)).toThrow(/line 2/);
  expect(() => parseScenario(JSON.stringify({ ...head, start: '2026-02-30T08:00:00Z' }))).toThrow(/line 1/);
});
