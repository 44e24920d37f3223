import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetOutput } from '../../../agent/fleet/fleet-output.ts';
import { cli } from '../../helpers/cli.ts';
import { madeMac, synced } from './made-fleet.ts';

const exported = (name: string) => fileURLToPath(new URL(`exports/${name}`, import.meta.url));
const key = 'a key of the admin';

let folder: string;
let pulls: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-changes-'));
  pulls = join(folder, 'pulls');
  const end = { at: '+30h', end: true };
  await madeMac(pulls, 'of-jo', { user: 'jo', lines: [...synced('+5h0m9s'), end] });
  await madeMac(pulls, 'of-bo', {
    user: 'bo',
    settings: { StoredIdentity: 'hashed', IdentityHashKey: key },
    lines: [{ at: '+4h10m', psso: { state: 1 } }, end],
  });
  await madeMac(pulls, 'without-user', { user: 'al', settings: { StoredIdentity: 'none' }, lines: [end] });
  writeFileSync(join(folder, 'key'), `${key}\n`, { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function changesOf(...args: string[]) {
  const { status, stdout, stderr } = cli(['fleet', ...args, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return fleetOutput.parse(JSON.parse(stdout)).passwordChanges;
}

describe('fleet --password-changes', () => {
  test.each(['portal.csv', 'graph.json', 'plain.csv'])('%s: by the name and by the digest', (name) => {
    expect(
      changesOf(pulls, '--password-changes', exported(name), '--identity-key', join(folder, 'key')),
    ).toMatchObject({
      count: 2,
      macsWithoutUser: 1,
      macsWithDigest: 0,
      list: [
        { mac: 'of-jo', outcome: 'reached', lagSeconds: 3 * 3600 + 9 },
        { mac: 'of-bo', outcome: 'not-yet', lagSeconds: null },
      ],
      late: [{ mac: 'of-bo', waitingSeconds: 27.5 * 3600 }],
    });
  });

  test('without the key the Mac with a digest is unknown, and the text says what to do', () => {
    const args = [pulls, '--password-changes', exported('plain.csv')];
    expect(changesOf(...args)).toMatchObject({
      macsWithDigest: 1,
      notKnown: { count: 1, reasons: [{ reason: 'user-unknown' }] },
    });
    const { stdout } = cli(['fleet', ...args]);
    expect(stdout).toContain('1 Mac with a digest instead of a name: give the key with --identity-key FILE.');
    expect(stdout).toContain('1 Mac without a stored user: set StoredIdentity to full or hashed.');
  });

  test('a store says the same as the databases, also without them', () => {
    const store = join(folder, 'store');
    const given = ['--password-changes', exported('plain.csv'), '--identity-key', join(folder, 'key')];
    const read = changesOf(pulls, ...given);
    expect(changesOf(pulls, '--store', store, ...given)).toEqual(read);
    expect(changesOf('--store', store, ...given)).toEqual(read);
  });

  test('--since leaves out earlier changes', () => {
    const args = [pulls, '--password-changes', exported('plain.csv'), '--since', '2026-03-02T10:10:00Z'];
    expect(changesOf(...args)).toMatchObject({ count: 1, file: { before: 1 } });
  });

  test('the page has the same words', () => {
    const page = join(folder, 'fleet.html');
    const args = ['fleet', pulls, '--password-changes', exported('plain.csv'), '--html', page];
    expect(cli(args).status).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('passwordChanges');
  });

  test('nothing of the file is in the output without it', () => {
    expect(changesOf(pulls)).toBeUndefined();
  });

  test.each([
    [['--identity-key', 'key'], '--identity-key belongs to --password-changes FILE.', 2],
    [['--password-changes', '/absent.csv'], "/absent.csv can't be read: there is no such file.", 2],
    [
      ['--password-changes', exported('portal.csv'), '--identity-key', exported('plain.csv')],
      'holds no key',
      2,
    ],
  ])('%j is refused', (args, message, status) => {
    const ran = cli(['fleet', pulls, ...args]);
    expect(ran.stderr).toContain(message);
    expect(ran.status).toBe(status);
  });

  test('a bad file is refused before a database is read', () => {
    const file = join(folder, 'bad.csv');
    writeFileSync(file, 'user,at\njo,soon\n');
    mkdirSync(join(folder, 'out'));
    cpSync(join(pulls, 'of-jo.db'), join(folder, 'out', 'of-jo.db'));
    const out = join(folder, 'merged.db');
    const ran = cli(['fleet', join(folder, 'out'), '--password-changes', file, '--out', out]);
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expect(ran.stderr).toContain('bad.csv, line 2, column "at": "soon" is no time.');
    expect(() => readFileSync(out)).toThrow();
  });
});
