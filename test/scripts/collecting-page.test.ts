import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { shellCommand } from '../pkg-build/scratch-mac.ts';
import { asOnTheMac, inScratch } from '../pkg-build/scratch-paths.ts';
import { snippets } from '../shell/shell-texts.ts';
import { choose, collectingMac, collector, exportsOnly, kept, received } from './collecting-mac.ts';
import { type UploadServer, uploadServer } from './upload-server.ts';

needsRoot();
needsLinux('nginx, and the users of a Mac by chown');

let server: UploadServer;
const page = 'docs/admin/collecting.md';
/** A group that does not have to exist. */
const readers = 54_321;
/** The location of the page. The folders of the server are below another one, as the page makes them. */
const location = (folder: string) => {
  for (const name of ['psso', 'psso-incoming']) {
    const path = join(folder, 'files', name);
    mkdirSync(path);
    chownSync(path, 0, readers);
    chmodSync(path, 0o2750);
  }
  const block = snippets().find((one) => one.page === page && one.text.startsWith('location /psso/'));
  return (block?.text ?? '')
    .replaceAll('/srv', join(folder, 'files'))
    .replace('/etc/nginx/psso-users', join(folder, 'users'));
};
beforeAll(async () => {
  server = await uploadServer(location);
});
afterAll(async () => {
  await server?.end();
});

test('the page, followed word for word, brings the histories to the server that it shows', () => {
  const blocks = snippets().filter(
    (one) => one.page === page && one.mark === 'test/scripts/collecting-page.test.ts',
  );
  const mac = collectingMac(null, null);
  mac.installPuller(collector);
  exportsOnly(mac, { alex: 'the history of alex', sam: 'the history of sam' });
  choose(mac, `https://127.0.0.1:${server.port}/psso/`);
  const [program, ...options] = shellCommand('dash');
  const path = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'].map(mac.path).join(':');
  const said = blocks.map(({ text }, at) => {
    const ran = spawnSync(program, [...options, '-e', '-c', inScratch(text, mac.root)], {
      cwd: mac.root,
      env: { PATH: path },
      encoding: 'utf8',
    });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    // The page writes the password; the authority of this server is the test's.
    if (at === 0) appendFileSync(mac.path(`${kept}/curl.conf`), `cacert = "${server.authority}"\n`);
    return asOnTheMac(ran.stdout, mac.root);
  });
  expect(said).toEqual([
    '',
    expect.stringMatching(/^PSSO Monitor: sent to 127\.0\.0\.1:\d+: 2, in 1 kB; unchanged: 0\.\n$/),
    expect.stringContaining('the last complete run was less than 20 hours ago'),
  ]);
  expect(Object.values(received(join(server.files, 'psso')))).toEqual([
    'the history of alex',
    'the history of sam',
  ]);
  // `fleet` runs as another user of the group.
  const written = readdirSync(join(server.files, 'psso'), { recursive: true, encoding: 'utf8' });
  for (const name of written) {
    const stat = statSync(join(server.files, 'psso', name));
    expect([name, stat.gid, stat.mode & 0o777]).toEqual([name, readers, stat.isDirectory() ? 0o750 : 0o640]);
  }
});
