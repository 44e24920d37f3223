import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { placeMistake } from '../../agent/settings/collection-place.ts';
import { eventfulDay, live, query, testFolder, update } from '../fleet-store/store-of.ts';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { shells } from '../pkg-build/scratch-mac.ts';
import {
  choose,
  collectingMac,
  collector,
  exportsOnly,
  kept,
  left,
  received,
  trust,
} from './collecting-mac.ts';
import { alex, giveTo, sam } from './pulled-mac.ts';
import { type UploadServer, uploadServer } from './upload-server.ts';

needsRoot();
needsLinux('nginx, and the users of a Mac by chown');

let server: UploadServer;
const folder = testFolder();
beforeAll(async () => {
  server = await uploadServer();
});
afterAll(async () => {
  await server?.end();
});
const at = (path: string, port = server.port) => `https://127.0.0.1:${port}${path}`;
const here = () => join(server.files, 'open', crypto.randomUUID());
const two = { alex: 'the history of alex', sam: 'the history of sam' };

describe('from the Macs to the store, by the product itself', () => {
  test('a Mac that was away for 60 days arrives whole, each event once, without a name', async () => {
    const place = here();
    const mac = collectingMac(at(`/open/${place.split('/').at(-1)}/`), server);
    const store = folder.path('store');
    const data = (user: string) => mac.path(`/Users/${user}/Library/Application Support/PSSO Monitor`);
    const days = async (who: typeof alex, start: string) => {
      await live(data(who.user), start, eventfulDay);
      giveTo(mac.path(`/Users/${who.user}`), who.uid);
    };
    await days(alex, '2026-03-02T08:00:00Z');
    await days(sam, '2026-03-02T09:00:00Z');
    expect(mac.runPuller(collector, ['--now'])).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^PSSO Monitor: sent to 127\.0\.0\.1:\d+: 2, in \d+ kB; unchanged: 0\.\n$/,
      ),
      stderr: '',
    });
    expect(Object.keys(received(place)).sort()).toEqual([
      'C02ABC/501/events.db.gz',
      'C02ABC/502/events.db.gz',
    ]);
    expect(update(place, store).summary).toMatchObject({ macs: 1, users: 2 });

    for (const day of ['2026-03-03', '2026-04-05', '2026-05-02']) await days(alex, `${day}T08:00:00Z`);
    const again = mac.runPuller(collector, ['--now']);
    expect(again.stdout).toMatch(/: 1, in \d+ kB; unchanged: 1\./);
    expect(update(place, store)).toMatchObject({ status: 0, summary: { macs: 1, users: 2 } });
    const [ids] = await query(
      store,
      `SELECT count(*)::INTEGER AS n, count(DISTINCT id)::INTEGER AS ids, max(id)::INTEGER AS last,
        (max("at") > TIMESTAMP '2026-05-01') AS recent FROM events WHERE "user" = '501'`,
    );
    expect(ids).toMatchObject({ recent: true });
    expect(ids?.n).toBe(ids?.last);
    expect(ids?.ids).toBe(ids?.last);
    expect(mac.runPuller(collector, ['--now']).stdout).toBe(
      'PSSO Monitor: nothing has changed since the last run.\n',
    );
    expect(left(mac)).toEqual(['acknowledged', 'complete', 'curl.conf']);
    expect(JSON.stringify(mac.calls('curl'))).not.toMatch(/alex|sam/);
  });
});

const places = [
  'https://files.example.com/psso/',
  'https://acme.blob.core.windows.net/psso?sv=2024-11-04&sp=c&sig=a%2Fb%3D',
  'file:///Volumes/PSSO%20Monitor/macs',
  'http://files.example.com/psso/',
  'sftp://files.example.com/',
  'files.example.com',
  'https://',
  'https://?sig=1',
  'https://jo:secret@files.example.com/',
  'https://files.example.com/a"b',
  'https://files.example.com/a\nurl = "file:///etc/passwd"',
  'https://files.example.com/#part',
  'https://files.example.com/$(id)',
  `https://files.example.com/${'a'.repeat(2000)}`,
  'file:///Users/Shared',
  'file:///Volumes/',
  'file:///Volumes//x',
  'file:///Volumes/psso/../../etc',
  'file:///Volumes/psso%2F',
];

describe('nothing is sent', () => {
  test('without the setting', () => {
    const mac = collectingMac(null, null);
    expect(mac.runPuller(collector)).toEqual({
      status: 0,
      stdout: 'PSSO Monitor: CollectURL is not set, so nothing is sent.\n',
      stderr: '',
    });
    rmSync(mac.path('/Library/Managed Preferences'), { recursive: true });
    expect(mac.runPuller(collector).status).toBe(0);
    expect(mac.calls('curl')).toEqual([]);
    expect(mac.exists(kept)).toBe(false);
  });

  test('to an invalid place, as psso-monitor config judges it', () => {
    const mac = collectingMac(null, null);
    rmSync(mac.path('/Library/Application Support/PSSO Monitor/bin/psso-monitor'));
    for (const place of places) {
      choose(mac, place);
      const { status, stdout } = mac.runPuller(collector);
      expect(status, place).toBe(1);
      expect(stdout, place).toContain(
        placeMistake(place) === null ? 'the package is not installed' : 'CollectURL is not valid',
      );
    }
  });

  test('by a user, or with wrong options, or credentials that others can read', () => {
    const mac = collectingMac(at('/open/'), server);
    exportsOnly(mac, two);
    expect(mac.runPuller(collector, ['--sometimes']).status).toBe(2);
    for (const jitter of ['soon', '', '0800', '3601'])
      expect(mac.runPuller(collector, ['--jitter', jitter]).status, jitter).toBe(2);
    mac.write(`${kept}/curl.conf`, 'user = "mac:pass word"\n', 0o644);
    expect(mac.runPuller(collector).stdout).toContain('must be a file of root with the mode 600');
    mac.runAs(501);
    expect(mac.runPuller(collector)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('only root'),
    });
    expect(mac.calls('curl')).toEqual([]);
  });
});

describe('an upload', () => {
  test.each(shells)('in %s: each history to its own file, an unchanged one not again', (shell) => {
    const place = here();
    const mac = collectingMac(at(`/open/${place.split('/').at(-1)}`), server, { shell });
    exportsOnly(mac, two);
    expect(mac.runPuller(collector, ['/', 'a Mac', 'alex', '--now'])).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(received(place)).toEqual({
      'C02ABC/501/events.db.gz': two.alex,
      'C02ABC/502/events.db.gz': two.sam,
    });
    exportsOnly(mac, { ...two, sam: 'more of sam' });
    expect(mac.runPuller(collector, ['--now']).stdout).toContain(': 1, in 1 kB; unchanged: 1.');
    expect(received(place)).toMatchObject({ 'C02ABC/502/events.db.gz': 'more of sam' });
  });

  test('of an unchanged history with --all, or to another place', () => {
    const place = crypto.randomUUID();
    const mac = collectingMac(at(`/open/${place}`), server);
    exportsOnly(mac, two);
    expect(mac.runPuller(collector, ['--now']).status).toBe(0);
    expect(mac.runPuller(collector, ['--all']).stdout).toContain(': 2, in 1 kB; unchanged: 0.');
    choose(mac, at(`/open/${place}/other/`));
    expect(mac.runPuller(collector, ['--now']).stdout).toContain(': 2, in');
  });

  test('once in 20 hours, after a random wait, unless --now', () => {
    const mac = collectingMac(at('/open/daily/'), server);
    exportsOnly(mac, two);
    expect(mac.runPuller(collector, ['--jitter', '30']).status).toBe(0);
    expect(mac.seconds()).toBeLessThanOrEqual(30);
    expect(mac.calls('sleep')).toHaveLength(1);
    expect(mac.runPuller(collector).stdout).toContain('less than 20 hours ago');
    expect(mac.calls('sleep')).toHaveLength(1);
  });

  test('to WebDAV that makes no folders, and to a server that needs a password', () => {
    const mac = collectingMac(at('/dav/'), server, { recordsAll: true });
    exportsOnly(mac, two);
    expect(mac.runPuller(collector, ['--now'])).toMatchObject({ status: 0, stderr: '' });
    expect(Object.values(received(join(server.files, 'dav')))).toEqual([two.alex, two.sam]);
    choose(mac, at('/private/'));
    expect(mac.runPuller(collector, ['--now'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('answered 401: the right to write is missing or has expired'),
    });
    trust(mac, server, 'user = "mac:pass word"');
    const said = mac.runPuller(collector, ['--now']);
    expect(said.status).toBe(0);
    expect(Object.values(received(join(server.files, 'private')))).toEqual([two.alex, two.sam]);
    expect(JSON.stringify([said, mac.calls()])).not.toContain('pass word');
  });

  test('to Azure Blob Storage with its header and signature, which are in no log and on no command line', () => {
    const mac = collectingMac('https://acme.blob.core.windows.net/acme?sp=c&sig=secret', server, {
      recordsAll: true,
    });
    trust(mac, server, `connect-to = "acme.blob.core.windows.net:443:127.0.0.1:${server.port}"`);
    exportsOnly(mac, two);
    const said = mac.runPuller(collector, ['--now']);
    expect(said).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('sent to acme.blob.core.windows.net: 2'),
    });
    expect(Object.values(received(join(server.files, 'acme')))).toEqual([two.alex, two.sam]);
    expect(JSON.stringify([said, mac.calls()])).not.toMatch(/secret|acme\.blob[^"]*sig/);
    choose(mac, 'https://acme.blob.core.windows.net/acme?sp=c&sig=another-secret');
    expect(mac.runPuller(collector, ['--now']).stdout).toContain('nothing has changed');
  });

  test('to another place that the server names, by HTTPS only', () => {
    const mac = collectingMac(at('/elsewhere/'), server);
    exportsOnly(mac, two);
    expect(mac.runPuller(collector, ['--now'])).toMatchObject({ status: 0, stderr: '' });
    expect(Object.values(received(join(server.files, 'open/elsewhere')))).toEqual([two.alex, two.sam]);
    choose(mac, at('/downgrade/'));
    expect(mac.runPuller(collector, ['--now'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('curl ended with 1'),
    });
    expect(received(join(server.files, 'open/downgrade'))).toEqual({});
  });
});

describe('a mounted share', () => {
  test('gets whole files; without it nothing is written to the folder where it was', () => {
    const mac = collectingMac('file:///Volumes/PSSO%20Macs', null);
    exportsOnly(mac, two);
    const share = mac.path('/Volumes/PSSO Macs');
    mkdirSync(share);
    const absent = mac.runPuller(collector, ['--now']);
    expect(absent).toMatchObject({ status: 1, stdout: expect.stringContaining('the share is not mounted') });
    expect(received(share)).toEqual({});
    const disk = smallDisk(share);
    onTestFinished(() => disk.unmount());
    expect(mac.runPuller(collector, ['--now'])).toMatchObject({ status: 0, stderr: '' });
    expect(received(share)).toEqual({
      'C02ABC/501/events.db.gz': two.alex,
      'C02ABC/502/events.db.gz': two.sam,
    });
    exportsOnly(mac, { ...two, alex: 'more' });
    disk.fill();
    expect(mac.runPuller(collector, ['--now'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("can't be written, or the share is full. The next run sends it."),
    });
    disk.free();
    expect(received(share)).toMatchObject({ 'C02ABC/501/events.db.gz': two.alex });
    expect(mac.runPuller(collector, ['--now']).status).toBe(0);
    expect(received(share)).toMatchObject({ 'C02ABC/501/events.db.gz': 'more' });
  });
});
