import { mkdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { until } from '../helpers/until.ts';
import { collectingMac, collector, exportsOnly, kept, left, received, trust } from './collecting-mac.ts';
import { type Cutter, cutter, type UploadServer, uploadServer } from './upload-server.ts';

needsRoot();
needsLinux('nginx, and the users of a Mac by chown');

let server: UploadServer;
let other: UploadServer;
beforeAll(async () => {
  [server, other] = await Promise.all([uploadServer(), uploadServer()]);
});
afterAll(async () => {
  await Promise.all([server?.end(), other?.end()]);
});

/** Too large for the buffers of a connection, also when it is packed. */
const large = Buffer.from(crypto.getRandomValues(new Uint8Array(48 * 1024))).toString('base64');
const two = { alex: large, sam: 'the history of sam' };

function macFor(name: string, port = server.port) {
  const mac = collectingMac(`https://127.0.0.1:${port}/${name}/`, server);
  exportsOnly(mac, two);
  return mac;
}

async function cut(...[given]: [Parameters<typeof cutter>[1]]): Promise<Cutter> {
  const between = await cutter(server.port, given);
  onTestFinished(() => between.end());
  return between;
}

const whole = { 'C02ABC/501/events.db.gz': two.alex, 'C02ABC/502/events.db.gz': two.sam };
const at = (name: string) => received(join(server.files, name));

test('a connection that is cut in the middle is tried again, with longer pauses, and no part stays', async () => {
  const between = await cut({ bytes: 20_000, times: 3, how: 'cut' });
  const mac = macFor('open/cut', between.port);
  expect(await mac.startPuller(collector, ['--now']).ended).toMatchObject({ status: 0, stderr: '' });
  expect(at('open/cut')).toEqual(whole);
  expect(mac.calls('sleep').map(([, seconds]) => seconds)).toEqual(['10', '30', '90']);
});

test('a server that is never reached is left after five attempts; the next run sends all', async () => {
  const between = await cut({ bytes: 20_000, times: 5, how: 'cut' });
  const mac = macFor('open/never', between.port);
  const said = await mac.startPuller(collector, ['--now']).ended;
  expect(said).toMatchObject({ status: 1, stderr: '' });
  expect(said.stdout).toMatch(
    /not sent to 127\.0\.0\.1:\d+: the connection was cut .* The next run sends it\.\n$/,
  );
  expect(between.connections()).toBe(5);
  expect(at('open/never')).toEqual({});
  expect(left(mac)).toEqual(['acknowledged', 'curl.conf']);
  // Also without --now: the last run was not complete.
  expect(await mac.startPuller(collector, ['--jitter', '0']).ended).toMatchObject({ status: 0 });
  expect(at('open/never')).toEqual(whole);
});

test.each([
  ['busy', 'the server answered 503', 5],
  ['denied', 'the server answered 403: the right to write is missing or has expired', 1],
  ['page', 'the server answered with a web page, as a sign-in does', 1],
  ['to-page', 'the server answered with a web page, as a sign-in does', 1],
])('an answer of a server: /%s/', (name, reason, attempts) => {
  const mac = macFor(name);
  const { status, stdout } = mac.runPuller(collector, ['--now']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining(`${reason}. The next`) });
  expect(mac.calls('curl')).toHaveLength(attempts);
});

test('a server whose disk is full has not received it', () => {
  const disk = smallDisk(join(server.files, 'full'), 'size=8k');
  onTestFinished(() => disk.unmount());
  const mac = macFor('full');
  expect(mac.runPuller(collector, ['--now'])).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('the server answered 5'),
  });
  // nginx keeps parts there, under names that `fleet` does not read.
  expect(Object.keys(at('full')).filter((name) => name.endsWith('.gz'))).toEqual([]);
  expect(left(mac)).not.toContain('complete');
});

test('a certificate of another authority gets nothing, and no second attempt', () => {
  const mac = macFor('open/wrong', server.port);
  trust(mac, other);
  expect(mac.runPuller(collector, ['--now'])).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('the certificate is not trusted'),
  });
  expect(mac.calls('curl')).toHaveLength(1);
  expect(at('open/wrong')).toEqual({});
});

test('a full disk of the Mac: nothing is sent, and nothing is left', () => {
  const mac = macFor('open/full');
  const disk = smallDisk(mac.path('/private/var/db'), 'size=64k');
  onTestFinished(() => disk.unmount());
  expect(mac.runPuller(collector, ['--now']).stdout).toContain('less than 200 MB of the disk are free');
  // The space goes while it works.
  mac.write('/bin/df', "#!/bin/sh\nprintf 'Filesystem\\n/dev/disk1 1 1 900000 1%% /\\n'\n", 0o755);
  const { status, stdout } = mac.runPuller(collector, ['--now']);
  expect(status).toBe(1);
  expect(stdout).toMatch(/the export failed|can't be written|could not be compressed/);
  expect(left(mac)).toEqual(['acknowledged']);
  expect(at('open/full')).toEqual({});
});

test('a second run at the same time sends nothing; after a SIGKILL the next run takes over', async () => {
  const between = await cut({ bytes: 20_000, times: 1, how: 'hold' });
  const mac = macFor('open/killed', between.port);
  const first = mac.startPuller(collector, ['--now']);
  await until(() => between.connections() === 1, 'a connection');
  expect(await mac.startPuller(collector, ['--now']).ended).toEqual({
    status: 0,
    stdout: 'PSSO Monitor: another run is sending.\n',
    stderr: '',
  });
  process.kill(-(first.child.pid ?? 0), 'SIGKILL');
  await first.ended;
  expect(left(mac).map((name) => name.replace(/\..*/, ''))).toEqual([
    'acknowledged',
    'curl',
    'lock',
    'spool',
  ]);
  expect(await mac.startPuller(collector, ['--now']).ended).toMatchObject({ status: 0, stderr: '' });
  expect(at('open/killed')).toEqual(whole);
  expect(left(mac)).toEqual(['acknowledged', 'complete', 'curl.conf']);
});

test('a lock is broken after two hours, although another process has the number by then', () => {
  const mac = macFor('open/lock');
  mac.write(`${kept}/lock/pid`, `${process.pid}\n`);
  expect(mac.runPuller(collector, ['--now']).stdout).toContain('another run is sending');
  rmSync(mac.path(`${kept}/lock/pid`));
  expect(mac.runPuller(collector, ['--now']).stdout).toContain('another run is sending');
  mac.write(`${kept}/lock/pid`, `${process.pid}\n`);
  const threeHoursAgo = Date.now() / 1000 - 3 * 3600;
  utimesSync(mac.path(`${kept}/lock`), threeHoursAgo, threeHoursAgo);
  expect(mac.runPuller(collector, ['--now'])).toMatchObject({ status: 0, stderr: '' });
  expect(at('open/lock')).toEqual(whole);
});

test('a lock and a complete run of the future, from before the clock was set back, stop no run', () => {
  const mac = macFor('open/future');
  const nextYear = Date.now() / 1000 + 365 * 86_400;
  const setBack = (name: string) => utimesSync(mac.path(`${kept}/${name}`), nextYear, nextYear);
  mac.write(`${kept}/lock/pid`, `${process.pid}\n`);
  setBack('lock');
  expect(mac.runPuller(collector, ['--jitter', '0'])).toMatchObject({ status: 0, stderr: '' });
  expect(at('open/future')).toEqual(whole);
  setBack('complete');
  expect(mac.runPuller(collector, ['--jitter', '0']).stdout).toContain('nothing has changed');
});

test('a run whose lock another one has broken leaves that one its files', async () => {
  const between = await cut({ bytes: 20_000, times: 1, how: 'hold' });
  const mac = macFor('open/broken', between.port);
  const first = mac.startPuller(collector, ['--now']);
  await until(() => between.connections() === 1, 'a connection');
  mac.write(`${kept}/lock/pid`, '99999999\n');
  mac.write(`${kept}/spool.other/histories/sam.db`, 'of another run');
  between.end();
  await first.ended;
  expect(left(mac)).toEqual(expect.arrayContaining(['lock', 'spool.other']));
  expect(left(mac).filter((name) => name.startsWith('spool.'))).toEqual(['spool.other']);
});

test('a digest that can not be made is no unchanged history', () => {
  const mac = macFor('open/digest');
  mac.breakCommand('openssl');
  expect(mac.runPuller(collector, ['--now'])).toMatchObject({ status: 0 });
  expect(at('open/digest')).toEqual(whole);
});

test('of an account with a copy of its home, the home whose agent polled last is sent', () => {
  const mac = macFor('open/copy');
  exportsOnly(mac, { 'alex (old)': 'the history of an older Mac', 'a.copy': 'another copy' });
  const polled = (home: string, minutesAgo: number) => {
    const record = `/Users/${home}/Library/Application Support/PSSO Monitor/agent.json`;
    mac.write(record, '{}');
    mac.own(501, `/Users/${home}`);
    const at = Date.now() / 1000 - minutesAgo * 60;
    utimesSync(mac.path(record), at, at);
  };
  polled('alex', 1);
  polled('alex (old)', 50_000);
  mkdirSync(mac.path('/Users/a.copy'));
  mac.own(501, '/Users/a.copy');
  for (const unchanged of [0, 2])
    expect(mac.runPuller(collector, ['--now'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        unchanged === 0 ? /left out\.\n.*sent to .*: 2, / : /left out\.\n.*nothing has changed/,
      ),
    });
  expect(at('open/copy')).toEqual(whole);
});

test('a history that can not be read is named without its user, and the others are sent', () => {
  const mac = macFor('open/skipped');
  mac.write(
    '/Library/Application Support/PSSO Monitor/bin/psso-monitor',
    `#!/bin/sh
PATH='${process.env.PATH ?? ''}'
for out; do :; done
mkdir "$out" && cp '${mac.root}/.scratch/exports/sam.db' "$out"
echo 'alex: skipped: it could not be read (it is a symbolic link)'
exit 1
`,
    0o755,
  );
  expect(mac.runPuller(collector, ['--now'])).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(
      /^PSSO Monitor: a history was skipped: it could not be read .*\nPSSO Monitor: sent to .*: 1, in 1 kB/,
    ),
  });
  expect(at('open/skipped')).toEqual({ 'C02ABC/502/events.db.gz': two.sam });
  expect(left(mac)).not.toContain('complete');
});

test('a run that takes too long stops, and the next one continues', () => {
  const mac = macFor('open/slow');
  const clock = mac.path('/.scratch/clock');
  mac.write('/.scratch/clock', '0\n');
  // A thousand seconds pass with each history.
  mac.write(
    '/bin/date',
    `#!/bin/sh\nread -r now <'${clock}'\necho $((now + 1000)) >'${clock}'\necho "$now"\n`,
    0o755,
  );
  expect(mac.runPuller(collector, ['--now', '--jitter', '0'])).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/the run takes too long\. The next one continues\.\n.*: 1, in/),
  });
  expect(Object.keys(at('open/slow'))).toEqual(['C02ABC/501/events.db.gz']);
  expect(mac.runPuller(collector, ['--now', '--jitter', '0']).stdout).toContain(
    ': 1, in 1 kB; unchanged: 1.',
  );
  expect(at('open/slow')).toEqual(whole);
});
