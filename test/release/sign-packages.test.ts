import { mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callRecorder } from '../../agent/simulation/recorded-calls.ts';
import { type ScratchMac, scratchMac } from '../pkg-build/scratch-mac.ts';

const secrets = {
  APPLICATION_P12: 'application',
  INSTALLER_P12: 'installer',
  P12_PASSWORD: 'secret of the certificates',
  NOTARY_KEY: 'secret key',
  NOTARY_KEY_ID: 'KEYID',
  NOTARY_ISSUER: 'issuer',
};

/** A runner's Mac with the tools that sign; `security` has the two certificates after both imports. */
function signingMac(identities = ['Application', 'Installer']): ScratchMac {
  const mac = scratchMac();
  const calls = mac.path('/.scratch/calls');
  const record = (name: string) =>
    `#!/bin/sh\nPATH='${process.env.PATH ?? ''}'\n${callRecorder(calls, name)}`;
  const found = identities.map(
    (kind, at) => `echo '  ${at + 1}) 0A1B "Developer ID ${kind}: Example GmbH (ABCDE12345)"'`,
  );
  mac.write(
    '/usr/bin/security',
    `${record('security')}case $1 in
  list-keychains) [ "$4" = -s ] || echo '    "/Users/runner/Library/Keychains/login.keychain-db"' ;;
  find-identity) ${found.join('; ') || ':'} ;;
esac\n`,
    0o755,
  );
  mac.write('/usr/bin/openssl', `${record('openssl')}echo 0123abcd\n`, 0o755);
  mac.write('/usr/bin/base64', `${record('base64')}cat\n`, 0o755);
  mac.write('/usr/bin/xcrun', record('xcrun'), 0o755);
  // What the build would see of the identities and of the secrets.
  mac.write(
    '/usr/bin/npm',
    `${record('npm')}set -- "$APP_IDENTITY" "$INSTALLER_IDENTITY" "$NOTARY_PROFILE" "$NOTARY_KEYCHAIN" "secrets:$P12_PASSWORD$NOTARY_KEY"\n${callRecorder(calls, 'environment')}`,
    0o755,
  );
  mkdirSync(mac.path('/runner'));
  mac.write('/.scratch/build/ci/linux/psso-monitor-1.0.0.pkg', 'unsigned');
  return mac;
}
const step = (mac: ScratchMac, env: Readonly<Record<string, string>>) =>
  mac.runStep('sign-packages.sh', ['build/ci/linux'], { RUNNER_TEMP: mac.path('/runner'), ...env });
const verbs = (mac: ScratchMac) => mac.calls('security').map(([, verb]) => verb);

describe('sign-packages.sh', () => {
  test('keeps the unsigned packages where there are no secrets, and says so', () => {
    const mac = signingMac();
    const { status, stdout } = step(mac, {});
    expect([status, mac.calls('security'), mac.calls('npm')]).toEqual([0, [], []]);
    expect(stdout).toContain('::warning::There are no secrets');
    expect(readdirSync(mac.path('/.scratch/build/ci/finished'))).toEqual(['psso-monitor-1.0.0.pkg']);
  });

  test('builds and signs each package with the identities of a keychain that it removes', () => {
    const mac = signingMac();
    const { status, stderr, stdout } = step(mac, secrets);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(verbs(mac)).toEqual([
      ...['create-keychain', 'set-keychain-settings', 'unlock-keychain', 'import', 'import'],
      ...['set-key-partition-list', 'list-keychains', 'list-keychains', 'find-identity', 'find-identity'],
      'delete-keychain',
    ]);
    const keychain = mac.calls('security').at(-1)?.[2] ?? '';
    expect(
      mac
        .calls('security')
        .filter((call) => call[1] === 'list-keychains')
        .at(-1)
        ?.slice(4),
    ).toEqual(['-s', keychain, '/Users/runner/Library/Keychains/login.keychain-db']);
    expect(mac.calls('xcrun')).toEqual([
      [
        ...['xcrun', 'notarytool', 'store-credentials', 'psso-monitor', '--key'],
        expect.stringMatching(/\/notary\.p8$/),
        ...['--key-id', 'KEYID', '--issuer', 'issuer', '--keychain', keychain],
      ],
    ]);
    expect(mac.calls('npm').map((call) => call.slice(3).join(' '))).toEqual(
      ['arm64', 'x86_64', 'universal'].map(
        (architecture) => `build:pkg -- --arch ${architecture} --out build/ci/finished`,
      ),
    );
    expect(mac.calls('environment')[0]?.slice(1)).toEqual([
      'Developer ID Application: Example GmbH (ABCDE12345)',
      'Developer ID Installer: Example GmbH (ABCDE12345)',
      'psso-monitor',
      keychain,
      'secrets:',
    ]);
    expect(stdout).not.toContain('secret');
    // Nothing of the keys is left.
    expect(readdirSync(mac.path('/runner'))).toEqual([]);
  });

  test('fails when only some secrets are there, and names the others', () => {
    const { NOTARY_KEY: _, ...some } = secrets;
    const mac = signingMac();
    expect(step(mac, some)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('missing: NOTARY_KEY.'),
    });
    expect(mac.calls('security')).toEqual([]);
  });

  test('fails when a certificate is of another kind, and still removes the keychain', () => {
    const mac = signingMac(['Application']);
    expect(step(mac, secrets)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('hold no "Developer ID Application" and "Developer ID Installer"'),
    });
    expect(verbs(mac).at(-1)).toBe('delete-keychain');
    expect(mac.calls('npm')).toEqual([]);
  });
});
