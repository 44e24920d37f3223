import { expect, test } from 'vitest';
import { codesign, identitiesFrom, packageSigning, signingProblem } from '../../pkg-build/signing.ts';

const all = {
  APP_IDENTITY: 'Developer ID Application: Example GmbH (ABCDE12345)',
  INSTALLER_IDENTITY: 'Developer ID Installer: Example GmbH (ABCDE12345)',
  NOTARY_PROFILE: 'example',
};

test('without identities nothing is signed, anywhere', () => {
  const none = identitiesFrom({});
  expect(signingProblem(none, 'linux')).toBeNull();
  expect(packageSigning(none, 'in.pkg', 'out.pkg')).toEqual([]);
});

test('on a Mac the package is signed, sent to Apple, stapled and judged, in this order', () => {
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

test('programs are signed with a timestamp and the hardened runtime, as notarization wants it', () => {
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

test('what can not work is named before anything is built', () => {
  expect(signingProblem(identitiesFrom(all), 'linux')).toContain('needs a Mac');
  expect(signingProblem(identitiesFrom({ RESIGN_NODE: '1' }), 'darwin')).toContain('needs APP_IDENTITY');
  expect(signingProblem(identitiesFrom({ NOTARY_PROFILE: 'x' }), 'darwin')).toContain('needs APP_IDENTITY');
});

test('the team is read from the identity, for the login items profile', () => {
  expect(identitiesFrom(all).team).toBe('ABCDE12345');
  expect(identitiesFrom({ APP_IDENTITY: '0123456789ABCDEF' }).team).toBeNull();
});
