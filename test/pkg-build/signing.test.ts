import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BuildError } from '../../pkg-build/build-error.ts';
import { finishPackage } from '../../pkg-build/finish-package.ts';
import {
  codesign,
  identitiesFrom,
  packageSigning,
  signingProblem,
  type Tool,
} from '../../pkg-build/signing.ts';

const all = {
  APP_IDENTITY: 'Developer ID Application: Example GmbH (ABCDE12345)',
  INSTALLER_IDENTITY: 'Developer ID Installer: Example GmbH (ABCDE12345)',
  NOTARY_PROFILE: 'example',
};

test('without identities nothing is signed', () => {
  const none = identitiesFrom({});
  expect(signingProblem(none, 'linux')).toBeNull();
  expect(packageSigning(none, 'in.pkg', 'out.pkg')).toEqual([]);
});

test('on a Mac the package is signed, notarized, stapled and assessed, in this order', () => {
  const identities = identitiesFrom(all);
  expect(signingProblem(identities, 'darwin')).toBeNull();
  expect(
    packageSigning(identities, 'in.pkg', 'out.pkg').map(({ command, args }) => [command, args[0]]),
  ).toEqual([
    ['/usr/bin/productsign', '--timestamp'],
    ['/usr/sbin/pkgutil', '--check-signature'],
    ['/usr/bin/xcrun', 'notarytool'],
    ['/usr/bin/xcrun', 'stapler'],
    ['/usr/sbin/spctl', '--assess'],
  ]);
});

/** A fake of Apple's tools: productsign writes another file, stapler appends to it. */
function appleTool({ command, args }: Tool): void {
  const files = args.filter((argument) => argument.startsWith('/'));
  for (const file of files) if (!file.endsWith('.pkg')) throw new BuildError(`${file} is no package`);
  if (command.endsWith('/productsign')) {
    copyFileSync(files[0] ?? '', files[1] ?? '');
    appendFileSync(files[1] ?? '', ', signed');
  } else if (args[0] === 'stapler') appendFileSync(files[0] ?? '', ', stapled');
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-signing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('the signed package is the only file, with the usual name, and its bytes are returned', () => {
  const folder = emptyFolder();
  const how = { folder, name: 'psso-monitor-1.0.0.pkg', identities: identitiesFrom(all) };
  const { file, bytes, signed } = finishPackage(Buffer.from('package'), how, appleTool);
  expect(readdirSync(folder)).toEqual(['psso-monitor-1.0.0.pkg']);
  expect(file).toBe(join(folder, 'psso-monitor-1.0.0.pkg'));
  expect(readFileSync(file, 'utf8')).toBe('package, signed, stapled');
  expect(Buffer.from(bytes).toString()).toBe('package, signed, stapled');
  expect(signed).toBe(true);
});

test('a package that Apple refused is deleted', () => {
  const folder = emptyFolder();
  const how = { folder, name: 'psso-monitor-1.0.0.pkg', identities: identitiesFrom(all) };
  const refused = (tool: Tool) => {
    if (tool.args[0] === 'notarytool') throw new BuildError('refused');
    appleTool(tool);
  };
  expect(() => finishPackage(Buffer.from('package'), how, refused)).toThrow('refused');
  expect(readdirSync(folder)).toEqual([]);
});

test('without identities the package is written unchanged', () => {
  const folder = emptyFolder();
  const how = { folder, name: 'psso-monitor-1.0.0.pkg', identities: identitiesFrom({}) };
  const { file, signed } = finishPackage(Buffer.from('package'), how);
  expect(readFileSync(file, 'utf8')).toBe('package');
  expect(signed).toBe(false);
});

test('programs are signed with a timestamp and the hardened runtime, which notarization requires', () => {
  expect(codesign('me', '/tmp/a', null).args).toEqual([
    '--force',
    '--timestamp',
    '--options',
    'runtime',
    '--sign',
    'me',
    '/tmp/a',
  ]);
  expect(codesign('me', '/tmp/a', '/tmp/e').args).toContain('--entitlements');
});

test('an impossible combination is reported before the build', () => {
  expect(signingProblem(identitiesFrom(all), 'linux')).toContain('needs a Mac');
  expect(signingProblem(identitiesFrom({ RESIGN_NODE: '1' }), 'darwin')).toContain('needs APP_IDENTITY');
  expect(signingProblem(identitiesFrom({ NOTARY_PROFILE: 'x' }), 'darwin')).toContain('needs APP_IDENTITY');
});

test('the team is read from the identity, for the login items profile', () => {
  expect(identitiesFrom(all).team).toBe('ABCDE12345');
  expect(identitiesFrom({ APP_IDENTITY: '0123456789ABCDEF' }).team).toBeNull();
});
