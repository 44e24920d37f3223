import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FreeText } from '../../agent/capture/free-text.ts';
import { describe as description } from '../../agent/diagnose/description.ts';
import { extractDatabase, withDatabase } from '../../agent/diagnose/extract-database.ts';
import { historyOf } from '../../agent/history/history.ts';
import { Redactor } from '../../agent/mac/redact/redactor.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { day } from '../../agent/shared/time.ts';
import { openReader } from '../../agent/store/reader.ts';
import { cli } from '../helpers/cli.ts';

/** explain, report, diagnose, fleet and the notification name the same causes and changes of one Mac. */

const secureEnclave = { psso: { method: 'secureEnclaveKey' } };
const lost = { psso: { registered: false, userPresent: false } };

interface AgreedStory {
  readonly issue: string;
  readonly lines: readonly object[];
  readonly cause: string;
  readonly id: string;
  readonly change: string;
  readonly restart: boolean;
}

const scenarios: Readonly<Record<string, AgreedStory>> = {
  weekend: {
    issue: 'registration-needs-repair',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+8h50m', companyPortal: '5.2602.0' },
      { at: '+9h', power: 'asleep' },
      { at: '+72h', power: 'awake' },
      { at: '+72h6m', ...lost },
      { at: '+73h', end: true },
    ],
    cause: 'Most likely: Company Portal was updated 3 days before',
    id: 'company-portal-update-triggers-reregistration',
    change: 'Company Portal updated from 5.2504.0 to 5.2602.0',
    restart: true,
  },
  'eleven-days-old': {
    issue: 'registration-needs-repair',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+2h', macos: '26.4.1' },
      { at: '+2h20m', psso: { state: 2 } },
      { at: '+11d', end: true },
    ],
    cause: 'Most likely: macOS was updated 20 minutes before, from 15.6 to 26.4.1.',
    id: 'registration-stuck-code-1004',
    change: 'macOS updated from 15.6 to 26.4.1',
    restart: true,
  },
  'local-reset': {
    issue: 'registration-needs-repair',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', passwordLastSetAt: '+4h' },
      { at: '+4h10m', psso: { state: 5 } },
      { at: '+6h', end: true },
    ],
    cause: 'Most likely: The local password was set 10 minutes before',
    id: 'se-key-lost-after-password-reset',
    change: 'local password changed',
    restart: false,
  },
  'tokens-missing': {
    issue: 'sso-tokens-missing',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', macos: '15.7' },
      { at: '+4h5m', psso: { receivedAt: null, expiresAt: null } },
      { at: '+8h', end: true },
    ],
    cause: 'Possible: macOS was updated 5 minutes before, from 15.6 to 15.7.',
    id: 'sso-plugin-inactive-after-os-update',
    change: 'macOS updated from 15.6 to 15.7',
    restart: true,
  },
  'method-by-profile': {
    issue: 'psso-not-registered',
    lines: [
      { at: '+4h', psso: { method: 'secureEnclaveKey', state: 7 } },
      { at: '+9h', end: true },
    ],
    cause: 'Most likely: The sign-in method was changed',
    id: 'auth-method-changed-reregister',
    change: 'sign-in method changed from password to secureEnclaveKey',
    restart: false,
  },
};

const beginning = Date.UTC(2026, 5, 5, 8);
let folder: string;
const replayed = new Map<string, { dataDir: string; notifications: { body: string; purpose: string }[] }>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-causes-'));
  for (const [name, { lines }] of Object.entries(scenarios)) {
    const head = {
      scenario: name,
      start: new Date(beginning).toISOString(),
      macos: '15.6',
      user: 'alex',
    };
    const file = join(folder, `${name}.ndjson`);
    writeFileSync(file, [head, ...lines].map((line) => JSON.stringify(line)).join('\n'));
    const dataDir = join(folder, name);
    const { stdout, stderr } = cli(['replay', file, '--data-dir', dataDir, '--json']);
    expect(stderr).toBe('');
    const printed = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    replayed.set(name, { dataDir, notifications: printed.filter(({ type }) => type === 'notification') });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function scenario(name: string) {
  const found = replayed.get(name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

describe.each(Object.entries(scenarios))('%s', (name, { issue, cause, id, change, restart }) => {
  test('explain says the best cause first, and what changed', () => {
    const { dataDir } = scenario(name);
    const said = cli(['explain', issue, '--data-dir', dataDir]).stdout;
    const first = said.split('\n').find((line) => /^ {2}(Most likely|Possible): /.test(line));
    expect(first?.trim().startsWith(cause)).toBe(true);
    expect(said).toContain(change);
    expect(said.includes('First: Restart the Mac.')).toBe(restart);
    const json = JSON.parse(cli(['explain', issue, '--data-dir', dataDir, '--json']).stdout);
    expect(json.causes[0].id).toBe(id);
  });

  test('status names the restart once, as the first step', () => {
    const { main } = JSON.parse(cli(['status', '--data-dir', scenario(name).dataDir, '--json']).stdout);
    if (main?.issue !== issue) return;
    const steps: string[] = main.doNow;
    expect(steps.map((step) => /restart/i.test(step))).toEqual([restart, false]);
  });

  test('the report says the same, also of events older than it shows', () => {
    const reader = openReader({ path: join(scenario(name).dataDir, 'events.db') });
    const now = beginning + 12 * day;
    const report = macReport(historyOf(reader, now - day), { now });
    reader.close();
    const of = report.issues.find((one) => one.id === issue);
    expect(of?.before.map(({ text }) => text)).toContain(change);
    expect(of?.cause.startsWith(cause)).toBe(true);
    expect(report.advice[issue]?.causes[0]?.title.startsWith(cause)).toBe(true);
    expect(report.advice[issue]?.causes[0]?.remedyFirst?.startsWith('Restart')).toBe(restart || undefined);
  });

  test('the description for a support case says the same, with a short extract', () => {
    const now = beginning + 12 * day;
    const freeText = new FreeText(new Redactor(), []);
    const extract = extractDatabase(join(scenario(name).dataDir, 'events.db'), now - day, freeText);
    const text = withDatabase(extract, (reader) =>
      description(reader, {
        now,
        silences: {},
        since: now - day,
        versions: { agent: '1' },
        provider: 'entra',
      }),
    );
    const section = text.slice(text.indexOf('## What changed before each open issue'));
    expect(section.slice(0, section.indexOf('\n## ', 3))).toContain(cause);
    expect(section).toContain(change);
    expect(section).not.toContain('Nothing is recorded.');
  });

  test('the notification begins with the restart where it comes first, and a reminder does not', () => {
    const { notifications } = scenario(name);
    const bodies = (purpose: string) =>
      notifications.filter((one) => one.purpose === purpose).map(({ body }) => body);
    const [problem] = bodies('problem');
    expect(problem?.startsWith('Restart your Mac first,') ?? false).toBe(restart);
    for (const body of bodies('reminder')) expect(body).not.toContain('Restart');
  });
});

test('the fleet counts the breaks by their stated cause', () => {
  const { breaks } = JSON.parse(cli(['fleet', folder, '--json']).stdout);
  for (const { id } of Object.values(scenarios))
    expect(breaks.byCause).toEqual(
      expect.arrayContaining([expect.objectContaining({ cause: id, breaks: expect.any(Number) })]),
    );
  const text = cli(['fleet', folder]).stdout;
  expect(text).toContain('By stated cause:');
  for (const { id } of Object.values(scenarios)) expect(text).toContain(id);
});
