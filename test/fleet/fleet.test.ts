import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FleetSummary, fleetOutput } from '../../agent/fleet/fleet-output.ts';
import { cli } from '../helpers/cli.ts';
import { dataIn } from '../report/histories.ts';
import { pulled } from './pulled.ts';

let folder: string;
let fleetFolder: string;
let summary: FleetSummary;

const broken = { psso: { registered: false, userPresent: false } };
const repaired = (at: string) => ({
  at,
  psso: { registered: true, userPresent: true, state: 0, receivedAt: at },
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor fleet '));
  fleetFolder = join(folder, 'pulled');
  mkdirSync(fleetFolder);
  await pulled(fleetFolder, 'healthy.db', {
    lines: [
      { at: '+4h', psso: { receivedAt: '+4h' } },
      { at: '+6h', end: true },
    ],
  });
  // Breaks an hour after an update of Company Portal, and is repaired.
  await pulled(fleetFolder, 'broke/events.db', {
    start: '2026-03-02T08:03:07Z',
    lines: [
      { at: '+1h', companyPortal: '5.2602.0' },
      { at: '+2h', ...broken },
      repaired('+3h'),
      { at: '+6h', end: true },
    ],
  });
  // Is still broken, without any change before.
  await pulled(fleetFolder, 'lab/jo/events.db', {
    start: '2026-03-02T08:05:11Z',
    macos: '15.5',
    lines: [
      { at: '+2h', ...broken },
      { at: '+6h', end: true },
    ],
  });
  // Silent: the newest event of the fleet is five days later.
  await pulled(fleetFolder, 'quiet.db', { start: '2026-02-25T08:01:00Z', lines: [{ at: '+2h', end: true }] });
  // The same Mac, pulled again.
  copyFileSync(join(fleetFolder, 'broke/events.db'), join(fleetFolder, 'broke-again.db'));
  writeFileSync(join(fleetFolder, 'notes.txt'), 'not a database');
  writeFileSync(join(fleetFolder, 'text.db'), 'not a database either');
  const bytes = readFileSync(join(fleetFolder, 'healthy.db'));
  writeFileSync(join(fleetFolder, 'cut.db'), bytes.subarray(0, bytes.byteLength / 2));
  const foreign = new Database(join(fleetFolder, 'other-program.db'));
  foreign.exec('CREATE TABLE event (id INTEGER)');
  foreign.close();
  symlinkSync('/etc/passwd', join(fleetFolder, 'link.db'));
  const ran = cli(['fleet', fleetFolder, '--json']);
  expect(ran).toMatchObject({ status: 1, stderr: '' });
  summary = fleetOutput.parse(JSON.parse(ran.stdout));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the report of a fleet', () => {
  test('counts each Mac once, by the name of its file', () => {
    expect(summary).toMatchObject({ macs: 4, reporting: 3, freshness: 'ended' });
    expect(summary.list.map(({ headline, was }) => `${headline} ${was}`).sort()).toEqual([
      'unknown needs-attention',
      'unknown ok',
      'unknown ok',
      'unknown ok',
    ]);
    expect(summary.list.map(({ mac }) => mac)).toEqual(['broke', 'healthy', 'lab/jo', 'quiet']);
    expect(summary.files.duplicates).toEqual([{ mac: 'broke-again', sameAs: 'broke' }]);
    expect(summary.headlines).toEqual([
      { headline: 'ok', text: 'Platform SSO works.', macs: 2 },
      { headline: 'needs-attention', text: 'Platform SSO needs attention.', macs: 1 },
    ]);
  });

  test('names the broken Mac with its cause, in the text too', () => {
    expect(summary.list.map(({ mac, cause }) => [mac, cause !== ''])).toEqual([
      ['broke', false],
      ['healthy', false],
      ['lab/jo', true],
      ['quiet', false],
    ]);
    const jo = summary.list.find(({ mac }) => mac === 'lab/jo');
    expect(jo?.cause).toMatch(/^(?:Most likely|Possible): /);
    const { stdout } = cli(['fleet', fleetFolder]);
    expect(stdout).toMatch(/Macs that needed attention\n {2}Mac +For +Issue +Cause\n {2}lab\/jo /);
    expect(stdout).toMatch(/registration-needs-repair .* lab\/jo\n/);
    expect(stdout).toMatch(/Silent\n.*State then.*\n {2}quiet .* ok /);
  });

  test('writes a page of each Mac, and links to it', () => {
    const pages = join(folder, 'pages');
    expect(cli(['fleet', fleetFolder, '--pages', pages]).status).toBe(1);
    expect(readdirSync(pages).sort()).toEqual([
      'broke.html',
      'healthy.html',
      'index.html',
      'lab_jo.html',
      'quiet.html',
    ]);
    const html = readFileSync(join(pages, 'index.html'), 'utf8');
    expect(JSON.parse(dataIn(html))).toMatchObject({ pages: { 'lab/jo': 'lab_jo.html' } });
    expect(readFileSync(join(pages, 'lab_jo.html'), 'utf8')).toContain(
      '<title>Platform SSO on lab/jo</title>',
    );
    expect(cli(['fleet', fleetFolder, '--pages', pages])).toMatchObject({ status: 2, stdout: '' });
    const report = join(folder, 'linked.html');
    expect(cli(['fleet', fleetFolder, '--pages', pages, '--html', report, '--force']).status).toBe(1);
    expect(dataIn(readFileSync(report, 'utf8'))).toContain('"lab/jo":"pages/lab_jo.html"');
  });

  test('keeps no copy of a database for a page that is written', async () => {
    const many = join(folder, 'many');
    for (let hour = 10; hour < 22; hour++)
      await pulled(many, `mac-${hour}.db`, {
        start: `2026-03-02T${hour}:00:00Z`,
        lines: [{ at: '+5m', end: true }],
      });
    // Node warns when more than ten files wait for the end of the process.
    expect(cli(['fleet', many, '--pages', join(folder, 'pages-of-many')])).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test('names skipped files with the reason, and reads the others', () => {
    expect(summary.files).toMatchObject({ found: 8, read: 5 });
    const skipped = summary.files.skipped
      .map(({ file, reason }) => `${file.split('/').at(-1)}: ${reason}`)
      .sort();
    expect(skipped).toEqual([
      expect.stringMatching(/^cut\.db: it is damaged/),
      expect.stringMatching(/^other-program\.db: it is not a database of PSSO Monitor/),
      expect.stringMatching(/^text\.db: it is not an SQLite database/),
    ]);
  });

  test('has the issues with the number of Macs and the first time', () => {
    expect(summary.issues).toEqual([
      {
        issue: 'registration-needs-repair',
        title: 'The registration needs to be repaired',
        severity: 'high',
        macsOpen: 1,
        macsEver: 2,
        episodes: 2,
        firstOpenedAt: expect.stringMatching(/^2026-03-02T10:0/),
        openSince: expect.stringMatching(/^2026-03-02T10:0/),
        medianOpenSeconds: expect.any(Number),
      },
    ]);
  });

  test('has breaks by version and after changes, with the Macs that did not break', () => {
    expect(summary.breaks).toMatchObject({ count: 2, macs: 2 });
    expect(summary.breaks.byMacos).toEqual([
      { version: '15.6', macs: 3, macsWithBreak: 1, breaks: 1 },
      { version: '15.5', macs: 1, macsWithBreak: 1, breaks: 1 },
    ]);
    expect(summary.breaks.byCompanyPortal[0]).toEqual({
      version: '5.2602.0',
      macs: 1,
      macsWithBreak: 1,
      breaks: 1,
    });
    expect(summary.breaks.afterChanges).toContainEqual({
      kind: 'company-portal-updated',
      to: '5.2602.0',
      macs: 1,
      macsWithBreak: 1,
    });
  });

  test('has silent Macs, measured from the newest event of the fleet', () => {
    expect(summary.silent.map(({ mac }) => mac)).toEqual(['quiet']);
    expect(
      fleetOutput.parse(JSON.parse(cli(['fleet', fleetFolder, '--json', '--silent-after', '30d']).stdout))
        .silent,
    ).toEqual([]);
  });

  test('has the lag of password syncs', async () => {
    const waited = join(folder, 'waited');
    mkdirSync(waited);
    await pulled(waited, 'one.db', {
      lines: [
        { at: '+1h', psso: { state: 1 } },
        { at: '+2h', psso: { state: 0, receivedAt: '+2h' } },
        { at: '+3h', end: true },
      ],
    });
    const ran = cli(['fleet', waited, '--json']);
    expect(ran.status).toBe(0);
    const { sync } = fleetOutput.parse(JSON.parse(ran.stdout));
    expect(sync.cycles).toBe(1);
    expect(sync.lagSeconds).toMatchObject({ n: 1 });
    expect(sync.lagSeconds?.p50).toBeGreaterThan(3000);
    expect(sync.lagSeconds?.p50).toBeLessThanOrEqual(3600);
  });

  test('leaves out what ended before --since', () => {
    const ran = cli(['fleet', fleetFolder, '--json', '--since', '2026-03-02T12:00:00Z']);
    const later = fleetOutput.parse(JSON.parse(ran.stdout));
    expect(later.issues[0]).toMatchObject({ macsOpen: 1, macsEver: 1 });
    expect(later.breaks.afterChanges).toEqual([]);
  });

  test('starts with the headline as text, then tables, then skipped files', () => {
    const { stdout, status } = cli(['fleet', fleetFolder]);
    expect(status).toBe(1);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(
      /^Not known since 2026-03-02 \d\d:\d\d \(was: Platform SSO works on 2 of 3 Macs that report\)$/,
    );
    expect(lines[1]).toBe('1 needs attention.');
    expect(stdout).toContain('1 Mac recorded nothing for 3 d or more.');
    expect(stdout).toMatch(/Company Portal changed to 5\.2602\.0 +1 +1 +100 %/);
    expect(stdout).toMatch(/text\.db: it is not an SQLite database/);
  });

  test('changes no file, and leaves none beside them', () => {
    expect(readdirSync(fleetFolder).sort()).toEqual([
      'broke',
      'broke-again.db',
      'cut.db',
      'healthy.db',
      'lab',
      'link.db',
      'notes.txt',
      'other-program.db',
      'quiet.db',
      'text.db',
    ]);
    expect(readdirSync(join(fleetFolder, 'broke'))).toEqual(['events.db']);
  });
});

describe('the merged database', () => {
  test('has the public views with the Mac of each row, for any reader of SQLite', () => {
    const out = join(folder, 'fleet.db');
    const ran = cli(['fleet', fleetFolder, '--out', out]);
    expect(ran.stdout).toContain(`Written: ${out}`);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('fleet.db'))).toEqual(['fleet.db']);
    const ask = (sql: string) => {
      const asked = spawnSync('sqlite3', ['-readonly', out, sql], { encoding: 'utf8' });
      expect(asked.stderr).toBe('');
      return asked.stdout.trim().split('\n');
    };
    expect(ask("SELECT mac, issue FROM v_issues WHERE status = 'open'")).toEqual([
      'lab/jo|registration-needs-repair',
    ]);
    expect(ask('SELECT DISTINCT mac FROM v_state ORDER BY mac')).toEqual([
      'broke',
      'healthy',
      'lab/jo',
      'quiet',
    ]);
    for (const view of ['v_events', 'v_issues', 'v_sync', 'v_state']) {
      const single = new Database(join(fleetFolder, 'lab/jo/events.db'), { readonly: true });
      const merged = new Database(out, { readonly: true });
      const columns = (db: Database.Database) =>
        db
          .prepare(`SELECT * FROM ${view}`)
          .columns()
          .map(({ name }) => name);
      expect(columns(merged)).toEqual(['mac', ...columns(single)]);
      const rest = columns(single)
        .filter((name) => name !== 'open_seconds')
        .join(', ');
      expect(merged.prepare(`SELECT ${rest} FROM ${view} WHERE mac = 'lab/jo'`).all()).toEqual(
        single.prepare(`SELECT ${rest} FROM ${view}`).all(),
      );
      single.close();
      merged.close();
    }
  });

  test('replaces a file only with --force', () => {
    const out = join(folder, 'there.db');
    writeFileSync(out, 'mine');
    expect(cli(['fleet', fleetFolder, '--out', out])).toMatchObject({ status: 2 });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(cli(['fleet', fleetFolder, '--out', out, '--force']).status).toBe(1);
    expect(readFileSync(out).subarray(0, 6).toString()).toBe('SQLite');
  });
});
