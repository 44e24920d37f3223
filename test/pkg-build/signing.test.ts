import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BuildError } from '../../pkg-build/build-error.ts';
import { finishPackage } from '../../pkg-build/finish-package.ts';
import { identitiesFrom, type RunTool, runTool, signingProblem } from '../../pkg-build/signing.ts';
import { accepted, allIdentities as all, appleTools, well } from './apple-tools.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-signing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function finish(environment: NodeJS.ProcessEnv, run: RunTool) {
  const folder = emptyFolder();
  const how = { folder, name: 'psso-monitor-1.0.0.pkg', identities: identitiesFrom(environment) };
  const done = () => finishPackage(Buffer.from('package'), how, run);
  return { folder, done };
}

describe('a package', () => {
  test('is written unchanged without identities', () => {
    const { calls, run } = appleTools();
    const { file, signed } = finish({}, run).done();
    expect([readFileSync(file, 'utf8'), signed, calls]).toEqual(['package', false, []]);
  });

  test('is signed, notarized, stapled and assessed, in this order, and then gets its name', () => {
    const { calls, run } = appleTools();
    const { folder, done } = finish(all, run);
    const { file, bytes, signed } = done();
    const [unsigned, unfinished] = ['unsigned', 'unfinished'].map((what) =>
      join(folder, `psso-monitor-1.0.0-${what}.pkg`),
    );
    expect(calls).toEqual([
      `/usr/bin/productsign --timestamp --sign ${all.INSTALLER_IDENTITY} ${unsigned} ${unfinished}`,
      `/usr/sbin/pkgutil --check-signature ${unfinished}`,
      `/usr/bin/xcrun notarytool submit ${unfinished} --wait --keychain-profile example --output-format json`,
      `/usr/bin/xcrun stapler staple ${unfinished}`,
      `/usr/sbin/spctl --assess -vv --type install ${unfinished}`,
    ]);
    expect(readdirSync(folder)).toEqual(['psso-monitor-1.0.0.pkg']);
    expect(readFileSync(file, 'utf8')).toBe('package, signed, stapled');
    expect([Buffer.from(bytes).toString(), signed]).toEqual(['package, signed, stapled', true]);
  });

  test('is notarized with credentials from the keychain of a run', () => {
    const { calls, run } = appleTools();
    finish({ ...all, NOTARY_KEYCHAIN: '/tmp/a.keychain-db' }, run).done();
    expect(calls.find((call) => call.includes('submit'))).toContain(
      '--keychain-profile example --keychain /tmp/a.keychain-db',
    );
  });

  test.each([
    [
      'Invalid',
      { status: 0, stdout: accepted.replace('Accepted', 'Invalid') },
      /says "Invalid".*not signed/s,
    ],
    [
      'Rejected',
      { status: 1, stdout: accepted.replace('Accepted', 'Rejected') },
      /says "Rejected".*not signed/s,
    ],
    ['no verdict', { status: 69, stdout: 'Error: HTTP status code: 403.' }, /status 69 and no verdict.*403/s],
    ['nothing', well, /no verdict on the package. It printed: nothing/],
  ])('is deleted when the notary says %s, whatever the exit status is', (_what, verdict, said) => {
    const { calls, run } = appleTools(verdict);
    const { folder, done } = finish(all, run);
    expect(done).toThrow(said);
    expect(readdirSync(folder)).toEqual([]);
    expect(calls.filter((call) => call.includes('stapler'))).toEqual([]);
    expect(calls.some((call) => call.includes('notarytool log 2efe2717 --keychain-profile example'))).toBe(
      verdict.stdout.startsWith('{'),
    );
  });

  test('is accepted by the status of the answer, not by the exit status', () => {
    const { run } = appleTools({ status: 1, stdout: accepted });
    expect(finish(all, run).done().signed).toBe(true);
  });

  test('is deleted when a tool fails, or is not there', () => {
    const { folder, done } = finish(all, () => ({ status: 1, stdout: '' }));
    expect(done).toThrow('/usr/bin/productsign --timestamp ended with status 1');
    expect(readdirSync(folder)).toEqual([]);
    const missing = { command: '/nowhere/codesign', args: [] };
    expect(() => runTool(missing)).toThrow('/nowhere/codesign could not be started');
  });
});

describe('the identities', () => {
  test('are none in an empty environment', () => {
    expect(signingProblem(identitiesFrom({}), 'linux')).toBeNull();
    expect(signingProblem(identitiesFrom(all), 'darwin')).toBeNull();
  });

  test('that can not be used are reported before the build', () => {
    expect(signingProblem(identitiesFrom(all), 'linux')).toContain('needs a Mac');
    expect(signingProblem(identitiesFrom({ NOTARY_PROFILE: 'x' }), 'darwin')).toContain('needs APP_IDENTITY');
  });

  test('name their team, which the login items profile and library validation need', () => {
    expect(identitiesFrom(all).application?.team).toBe('ABCDE12345');
    expect(() => identitiesFrom({ APP_IDENTITY: '0123456789ABCDEF' })).toThrow(BuildError);
  });
});
