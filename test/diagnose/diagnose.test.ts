import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { diagnoseOutput } from '../../agent/cli/output/diagnose.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { openReader } from '../../agent/store/reader.ts';
import { formsOf } from '../capture/forms.ts';
import { cli } from '../helpers/cli.ts';
import { dataIn, withoutData } from '../report/histories.ts';
import { deleted, helpdesk, plantMac, who } from './planted-mac.ts';

const [firstKey, secondKey, thirdKey] = who.keys;
let folder: string;
let at: string[];
let archive: ReturnType<typeof made>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-diagnose-'));
  at = plantMac(folder);
  archive = made('all.zip', '--days', '3');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function made(name: string, ...more: string[]) {
  const file = join(folder, name);
  const ran = cli(['diagnose', '--out', file, '--yes', '--json', ...at, ...more]);
  expect(ran.stderr).toBe('');
  const files = unzipSync(readFileSync(file));
  return { ...ran, file, files, output: diagnoseOutput.parse(JSON.parse(ran.stdout)) };
}

describe('the archive', () => {
  test('holds every announced part, is private, and holds no key or name', () => {
    const { file, files, output } = archive;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'contents.txt',
        'description.md',
        'next-steps.txt',
        'events.db',
        'timeline.html',
        'state/app-sso.txt',
        'state/observation.json',
        'state/extensiblesso.plist',
        'state/password-policy.txt',
        'settings.json',
        'versions.json',
        'doctor.json',
        'agent.log',
        'capture.ndjson',
      ]),
    );
    expect(output.parts.filter(({ missing }) => missing !== null)).toEqual([]);

    const planted = [
      who.local,
      who.domain,
      who.tenant,
      who.deviceId,
      who.organisation,
      deleted,
      helpdesk,
      'wide-world',
      'importeure',
      "o'neil",
      'jörg',
    ];
    const keys = [firstKey, secondKey, thirdKey].flatMap((key) => [
      key.slice(0, 16),
      key.slice(8, 24),
      key.slice(24, 40),
    ]);
    const page = strFromU8(files['timeline.html'] ?? new Uint8Array());
    const inPage = Buffer.from(dataIn(page));
    expect(inPage.includes('registration')).toBe(true);
    const polled = { ...files, 'timeline.html': Buffer.from(withoutData(page)), 'in timeline.html': inPage };
    for (const [name, bytes] of Object.entries(polled)) {
      // The strings in memory, for every encoding.
      const text = Buffer.from(bytes).toString('latin1').toLowerCase();
      const read = Buffer.from(bytes).toString('utf8').toLowerCase();
      for (const secret of [...planted, ...keys]) {
        for (const form of formsOf(secret)) {
          const raw = Buffer.from(form).toString('latin1').toLowerCase();
          if (text.includes(raw) || read.includes(form.toLowerCase())) expect.fail(`${name} holds ${secret}`);
        }
      }
      for (const [, user] of text.matchAll(/\/users\/([^/\s"']*)/g))
        expect(user, name).toMatch(/^name-[0-9a-f]{8}/);
    }
  });

  test('an identity has the same stand-in in every file', () => {
    const { files } = archive;
    const capture = strFromU8(files['capture.ndjson'] ?? new Uint8Array());
    const observed = JSON.parse(strFromU8(files['state/observation.json'] ?? new Uint8Array()));
    const { deviceId } = observed.appSso.value.device;
    expect(deviceId).toMatch(/^[0-9a-f-]{36}$/);
    const path = join(folder, 'same.db');
    writeFileSync(path, files['events.db'] ?? new Uint8Array());
    const reader = openReader({ path });
    const registered = reader.events({ kinds: ['re-registered'] });
    reader.close();
    expect(registered[0]?.to_state).toBe(deviceId);
    const principal = /name-\w+(?=\\\\\\\\@org-)/.exec(capture)?.[0];
    expect(principal).toBeDefined();
    expect(strFromU8(files['agent.log'] ?? new Uint8Array())).toContain(principal);
  });

  test('the history is a readable database of these days without identities', () => {
    const { files } = archive;
    const path = join(folder, 'days.db');
    writeFileSync(path, files['events.db'] ?? new Uint8Array());
    const raw = new Database(path, { readonly: true });
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(raw.pragma('freelist_count', { simple: true })).toBe(0);
    expect(raw.prepare('SELECT count(*) AS n FROM memory').get()).toEqual({ n: 0 });
    raw.close();
    const reader = openReader({ path });
    expect(reader.events({}).map(({ kind }) => kind)).toEqual([
      'macos-updated',
      're-registered',
      'settings-invalid',
      'source-failed',
      'notification-shown',
    ]);
    expect(reader.events({ kinds: ['macos-updated'] })[0]?.summary).toBe('macOS 15.6 now; it was 15.5.');
    expect(reader.issues()).toMatchObject([{ issue: 'registration-needs-repair', status: 'open' }]);
    expect(reader.sync()).toHaveLength(1);
    expect(reader.state().map(({ key }) => key)).toEqual(['headline', 'method']);
    reader.close();
  });

  test('replay runs the capture', async () => {
    const { files } = archive;
    const scenario = parseScenario(strFromU8(files['capture.ndjson'] ?? new Uint8Array()));
    expect((await replay(scenario)).polls).toBeGreaterThan(1);
  });

  test('the description holds the known facts and marks the blanks', () => {
    const { files } = archive;
    const text = strFromU8(files['description.md'] ?? new Uint8Array());
    for (const part of [
      'FILL IN',
      'incident ID',
      '`registration-needs-repair` since',
      'https://learn.microsoft.com',
      'macOS 15.6 now; it was 15.5.',
      'Work sign-in needs a repair',
      'macOS: 15.6',
      'Steps to reproduce',
    ])
      expect(text).toContain(part);
    expect(cli(['diagnose', '--describe', ...at]).stdout).toContain('## Open issues');
  });
});

describe('a part that fails', () => {
  test.each([
    ['no history', () => {}, /events\.db.*There is no history yet/s],
    [
      'a damaged history',
      (dir: string) => writeFileSync(join(dir, 'events.db'), Buffer.alloc(8192, 'x')),
      /events\.db.*The history at/s,
    ],
  ])('is listed with the reason, and the others are made: %s', (_, prepare, says) => {
    const dir = mkdtempSync(join(tmpdir(), 'psso-monitor-parts-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const data = join(dir, 'data');
    mkdirSync(data);
    prepare(data);
    const out = join(dir, 'x.zip');
    const { status, stdout } = cli([
      'diagnose',
      '--yes',
      '--out',
      out,
      '--sysroot',
      join(folder, 'mac'),
      '--data-dir',
      data,
    ]);
    expect(status).toBe(0);
    const files = unzipSync(readFileSync(out));
    expect(strFromU8(files['contents.txt'] ?? new Uint8Array())).toMatch(says);
    expect(stdout).toContain('without events.db');
    for (const name of ['capture.ndjson', 'state/app-sso.txt', 'description.md', 'next-steps.txt'])
      expect(files).toHaveProperty([name]);
  });
});

describe('psso-monitor diagnose', () => {
  test('lists the contents and makes nothing without a terminal', () => {
    const out = join(folder, 'no-terminal.zip');
    const { status, stdout, stderr } = cli(['diagnose', '--out', out, ...at]);
    expect(status).toBe(2);
    for (const part of [
      'description.md',
      'events.db',
      'agent.log',
      'capture.ndjson',
      'It holds no password, key',
      out,
    ])
      expect(stdout).toContain(part);
    expect(stderr).toContain('--yes');
    expect(existsSync(out)).toBe(false);
  });

  test('prints the next steps with the commands for an admin', () => {
    const { stdout } = cli(['diagnose', '--yes', '--out', join(folder, 'next.zip'), ...at]);
    const order = [
      'sudo log config --mode "level:debug,persist:debug" --subsystem "com.apple.AppSSO"',
      'Help > Send diagnostic report',
      'incident ID BEFORE',
      'sudo sysdiagnose',
      'sudo log config --reset --subsystem "com.apple.AppSSO"',
      'description.md, with the incident ID',
    ].map((part) => stdout.lastIndexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('never overwrites without --force', () => {
    const out = join(folder, 'mine.zip');
    writeFileSync(out, 'mine');
    const { status, stderr } = cli(['diagnose', '--yes', '--out', out, ...at]);
    expect(status).toBe(2);
    expect(stderr).toContain('--force');
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(cli(['diagnose', '--yes', '--force', '--out', out, ...at]).status).toBe(0);
  });

  test.each([
    [['--days', '0'], '--days takes a whole number'],
    [['--json'], '--yes'],
  ])('names the mistake in %j', (args, says) => {
    const { status, stderr } = cli(['diagnose', ...args, ...at]);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
  });
});
