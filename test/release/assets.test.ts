import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync, inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { version } from '../../agent/shared/version.ts';
import type { PackageArchitecture } from '../../pkg-build/architecture.ts';
import { flatPackage, type PayloadForm } from '../../pkg-build/flat-package.ts';
import { isSigned } from '../../pkg-build/formats/xar.ts';
import { addForAdmins, addText, type PackageFiles } from '../../pkg-build/package-files.ts';
import { packageName } from '../../pkg-build/package-name.ts';
import { payloadEntries, scriptEntries } from '../../pkg-build/payload.ts';
import { profiles } from '../../pkg-build/profiles/profiles.ts';
import { projectAddress } from '../../pkg-build/project-address.ts';
import { releaseAssets } from '../../scripts/release/assets.ts';
import { realTool } from '../pkg-build/real-tool.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const builtAt = 1_795_900_000;
const architectures: readonly PackageArchitecture[] = ['arm64', 'x86_64', 'universal'];

/** A package with the files for admins that a build has, and without programs. */
function small(
  architecture: PackageArchitecture,
  payloadForm: PayloadForm = 'gzip',
): { name: string; bytes: Uint8Array } {
  const files: PackageFiles = new Map();
  addForAdmins(files, root);
  for (const [name, text] of profiles({ changedAt: builtAt })) addText(files, `share/profiles/${name}`, text);
  addText(files, 'share/licences/psso-monitor.cdx.json', `{"of": "${architecture}"}`);
  const payload = payloadEntries(files, builtAt);
  const scripts = scriptEntries(new Map(), builtAt);
  return {
    name: packageName(version, architecture),
    bytes: flatPackage({ payload, scripts, version, architecture, payloadForm, builtAt }).bytes,
  };
}

let packages: ReturnType<typeof small>[];
beforeAll(() => {
  packages = architectures.map((one) => small(one));
});

/** The package with a signature in its table of contents, as productsign writes one. */
function withSignature(bytes: Uint8Array): Uint8Array {
  const header = Buffer.from(bytes.subarray(0, 28));
  const end = 28 + Number(header.readBigUInt64BE(8));
  const contents = inflateSync(bytes.subarray(28, end)).toString();
  const signed = contents.replace(
    '</checksum>',
    '</checksum><signature style="RSA"><size>256</size></signature>',
  );
  expect(signed).not.toBe(contents);
  const packed = deflateSync(signed);
  header.writeBigUInt64BE(BigInt(packed.length), 8);
  header.writeBigUInt64BE(BigInt(signed.length), 16);
  const checksum = createHash('sha1').update(packed).digest();
  return Buffer.concat([header, packed, checksum, bytes.subarray(end + checksum.length)]);
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const sh = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync('sh', [join(root, 'scripts/ci', script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

describe('the files of a release', () => {
  test('are the packages, what each is made of, what admins load elsewhere, and their checksums', () => {
    const names = [...releaseAssets(packages, { version, builtAt }).keys()];
    expect(names.sort()).toEqual(
      [
        ...packages.map(({ name }) => name),
        ...packages.map(({ name }) => name.replace('.pkg', '.cdx.json')),
        ...['profiles', 'schemas', 'scripts', 'queries'].map((what) => `psso-monitor-${version}-${what}.zip`),
        ...['io.github.psso-monitor.jamf.json', 'io.github.psso-monitor.plist', 'SHA256SUMS'],
      ].sort(),
    );
  });

  test('are the same of packages with a pbzx payload', () => {
    realTool('xz');
    const shared = (of: typeof packages) =>
      [...releaseAssets(of, { version, builtAt })].filter(([name]) => !/\.pkg$|SHA256SUMS/.test(name));
    expect(shared(architectures.map((one) => small(one, 'pbzx')))).toEqual(shared(packages));
  });

  test('are the same each time, in every time zone', () => {
    const zone = process.env.TZ;
    onTestFinished(() => {
      process.env.TZ = zone;
    });
    const made = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'].map((tz) => {
      process.env.TZ = tz;
      return Buffer.from(releaseAssets(packages, { version, builtAt }).get('SHA256SUMS') ?? []).toString();
    });
    expect(new Set(made).size).toBe(1);
  });

  test('have archives that other programs read, with scripts that can be run', () => {
    const folder = emptyFolder();
    const assets = releaseAssets(packages, { version, builtAt });
    const listed = (what: string) => {
      const file = join(folder, `${what}.zip`);
      writeFileSync(file, assets.get(`psso-monitor-${version}-${what}.zip`) ?? '');
      return spawnSync(realTool('bsdtar'), ['-tvf', file], { encoding: 'utf8' }).stdout;
    };
    expect(listed('profiles')).toContain(' profiles/login-items.mobileconfig\n');
    expect(listed('schemas')).toContain(' schemas/status.v1.json\n');
    expect(listed('queries')).toMatch(/ queries\/silent-macs\.sql\n/);
    expect(listed('scripts')).toMatch(/^-rwxr-xr-x .* uninstall\.sh$/m);
    expect(listed('scripts')).toMatch(/ scripts\/munki\/.+\n/);
  });

  test('are refused when a package lacks what a build has', () => {
    const [payload, scripts] = [scriptEntries(new Map(), builtAt), scriptEntries(new Map(), builtAt)];
    const empty = flatPackage({
      payload,
      scripts,
      version,
      architecture: 'arm64',
      payloadForm: 'gzip',
      builtAt,
    });
    expect(() => releaseAssets([{ name: 'a.pkg', bytes: empty.bytes }], { version, builtAt })).toThrow(
      'share/licences/psso-monitor.cdx.json is not in a.pkg',
    );
  });

  test('tell a signed package from an unsigned one', () => {
    expect(packages.map(({ bytes }) => isSigned(bytes))).toEqual([false, false, false]);
    expect(isSigned(withSignature(packages[0]?.bytes ?? new Uint8Array()))).toBe(true);
  });
});

describe('release:check', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts/release-check.ts'), ...args], { encoding: 'utf8' });

  test('makes the release of finished packages, and says what is missing and what only a Mac can do', () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'in'));
    for (const { name, bytes } of packages) writeFileSync(join(folder, 'in', name), bytes);
    const out = join(root, 'build/ci/release');
    const { status, stdout, stderr } = sh('release-assets.sh', [join(folder, 'in')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(out, 'assets')).length).toBe(13);
    expect(readFileSync(join(out, 'notes.md'), 'utf8')).toContain(`# PSSO Monitor ${version}\n`);
    expect(stdout).toContain(`psso-monitor-${version}.pkg: OK\n`);
    expect(stdout).toMatch(/\nDone:\n {2}- 13 files in .*\n[\s\S]*\nNot done here:\n[\s\S]*notarization/);
    if (projectAddress === null)
      expect(stdout).toMatch(/is not releasable yet:\n[\s\S]*The address of the project is unset/);

    // The steps of the workflow that follow take it.
    expect(sh('verify-checksums.sh', [join(out, 'assets')])).toMatchObject({ status: 0 });
    cpSync(join(out, 'assets'), join(folder, 'changed'), { recursive: true });
    writeFileSync(join(folder, 'changed/planted.pkg'), '');
    expect(sh('verify-checksums.sh', [join(folder, 'changed')])).toMatchObject({
      status: 1,
      stderr: 'planted.pkg is not in SHA256SUMS.\n',
    });
    publishes(folder, out);
  });

  test('fails for a release while the project has no address, or the tag is another one', () => {
    for (const args of [
      ['--tag', 'v9.9.9'],
      ['--tag', 'v9.9.9', '--conditions'],
    ]) {
      const { status, stdout, stderr } = run(...args);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(`The tag v9.9.9 is not v${version}`);
    }
    if (projectAddress !== null) return;
    expect(run('--release')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('The address of the project is unset'),
    });
    expect(run('--conditions')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('The address of the project is unset'),
    });
  });

  test('asks the conditions of the tag that started the workflow, and of a branch none', () => {
    const started = (env: NodeJS.ProcessEnv) => sh('release-conditions.sh', [], env);
    expect(started({ GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' })).toMatchObject({ status: 0 });
    expect(started({ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v9.9.9' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('The tag v9.9.9 is not'),
    });
  });

  test('refuses a folder without all packages, damaged ones, and unknown options', () => {
    const folder = emptyFolder();
    expect(run('--packages', folder, '--skip-tests', '--out', join(folder, 'out'))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^release:check: There is no psso-monitor-.*-arm64\.pkg in /),
    });
    for (const { name } of packages) writeFileSync(join(folder, name), 'no package');
    expect(run('--packages', folder, '--skip-tests', '--out', join(folder, 'out'))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^release:check: .+\n$/),
    });
    expect(run('--nonsense')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage:') });
  });
});

/** publish-release.sh, with a `gh` that records its calls. */
function publishes(folder: string, release: string): void {
  const calls = join(folder, 'calls');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin/gh'),
    `#!/bin/sh\necho "$*" >>'${calls}'\ncase $2 in view) echo true ;; esac\n`,
    {
      mode: 0o755,
    },
  );
  const PATH = `${join(folder, 'bin')}:${process.env.PATH ?? ''}`;
  const publish = (type: string, name: string) =>
    sh('publish-release.sh', [release], { PATH, GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name });
  expect(publish('branch', 'main')).toMatchObject({ status: 1, stderr: 'Only a tag can be released.\n' });
  expect(publish('tag', 'v1.0.0-rc.1')).toMatchObject({ status: 0, stderr: '' });
  const [viewed, deleted, created, published] = readFileSync(calls, 'utf8').split('\n');
  expect([viewed, deleted]).toEqual([
    'release view v1.0.0-rc.1 --json isDraft --jq .isDraft',
    'release delete v1.0.0-rc.1 --yes',
  ]);
  expect(created).toMatch(
    /^release create v1\.0\.0-rc\.1 --draft --verify-tag --prerelease --title PSSO Monitor 1\.0\.0-rc\.1 --notes-file .*\/notes\.md .*\/SHA256SUMS/,
  );
  expect(created).toContain(`/assets/psso-monitor-${version}.pkg`);
  expect(published).toBe('release edit v1.0.0-rc.1 --draft=false');
}
