import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, buildBinary } from 'plist';
import { describe, expect, it } from 'vitest';
import { commands } from '../../agent/mac/commands.ts';
import { SystemFiles } from '../../agent/mac/system-files.ts';
import { SystemRunner } from '../../agent/mac/system-runner.ts';
import { createObserver, observeOnce } from '../../agent/observe/observe.ts';
import type { Clock } from '../../agent/shared/clock.ts';
import { entraFloor } from '../../agent/shared/idp-password-policy.ts';
import { sourceNames } from '../../agent/shared/observation.ts';
import { observationShape } from '../../agent/shared/observation-shape.ts';
import { fullPoll } from '../../agent/shared/poll-plan.ts';
import { installFile, installScript, temporarySysroot } from './temporary-sysroot.ts';

const clock: Clock = {
  now: () => Date.UTC(2025, 5, 16, 12),
  monotonic: () => 4242,
  monotonicCountsSleep: true,
};
const who = { name: 'alex', home: '/Users/alex' };
const keychain = `${who.home}/Library/Keychains/login.keychain-db`;

function poll(sysroot: string) {
  const runner = new SystemRunner({ sysroot, home: who.home, user: who.name });
  return observeOnce({ runner, files: new SystemFiles(sysroot), who, clock });
}

/** An executable that prints a text when it gets exactly these arguments, and fails otherwise. */
async function answers(sysroot: string, command: keyof typeof commands, args: string[], text: string) {
  const path = commands[command];
  await installFile(sysroot, `${path}.txt`, text);
  const wanted = args.map((argument) => `[${argument}]`).join('');
  await installScript(
    sysroot,
    path,
    `got=""; for argument; do got="$got[$argument]"; done\n[ "$got" = '${wanted}' ] || exit 64\ncat "$0.txt"`,
  );
}

const consoleUsers = (more: string) =>
  `+-o Root\n    {\n      "IOConsoleUsers" = ({"kCGSSessionOnConsoleKey"=Yes,"kCGSSessionUserNameKey"="alex"${more}})\n    }\n`;

async function healthyMac(): Promise<string> {
  const sysroot = await temporarySysroot();
  const nothing =
    'Time: 2025-06-16 12:00:00 +0000\n\nDevice Configuration:\n (null)\n\nLogin Configuration:\n (null)\n\nUser Configuration:\n (null)\n\n';
  await answers(sysroot, 'appSso', ['platform', '-s'], nothing);
  await answers(
    sysroot,
    'dscl',
    [
      '-plist',
      '.',
      '-read',
      '/Users/alex',
      'accountPolicyData',
      'AltSecurityIdentities',
      'AuthenticationAuthority',
    ],
    build({
      'dsAttrTypeNative:accountPolicyData': [
        build({ creationTime: 1700000000, passwordLastSetTime: 1750000000 }),
      ],
      'dsAttrTypeStandard:AltSecurityIdentities': ['PlatformSSO:alex@example.com'],
    }),
  );
  const rule = {
    policyContent: "policyAttributePassword matches '.{4,}+'",
    policyIdentifier: 'com.apple.defaultpasswordpolicy.fde',
  };
  const policy = `Getting global account policies\n${build({ policyCategoryPasswordContent: [rule] })}`;
  await answers(sysroot, 'pwpolicy', ['-getaccountpolicies'], policy);
  await answers(sysroot, 'ioreg', ['-n', 'Root', '-d1', '-w', '4096'], consoleUsers(''));
  await answers(
    sysroot,
    'sysctl',
    ['kern.boottime', 'kern.sleeptime', 'kern.waketime', 'hw.model', 'kern.bootsessionuuid'],
    'kern.boottime: { sec = 1750000000, usec = 0 } x\nkern.sleeptime: { sec = 0, usec = 0 } x\nkern.waketime: { sec = 0, usec = 0 } x\nhw.model: Mac14,2\n',
  );
  await answers(sysroot, 'swVers', ['-productVersion'], '15.6\n');
  await answers(
    sysroot,
    'scutil',
    ['--nwi'],
    'Network information\n\n   REACH : flags 0x00000002 (Reachable)\n',
  );
  await answers(
    sysroot,
    'pluginkit',
    ['-m'],
    '     com.microsoft.CompanyPortalMac.ssoextension(5.2504.0)\n-    com.microsoft.CompanyPortalMac.Mac-Autofill-Extension(5.2504.0)\n',
  );
  await answers(sysroot, 'csrutil', ['status'], 'System Integrity Protection status: enabled.\n');
  await answers(
    sysroot,
    'profiles',
    ['status', '-type', 'enrollment'],
    'MDM enrollment: Yes (User Approved)\n',
  );
  await installScript(
    sysroot,
    commands.security,
    `echo "$@" >> "$0.calls"
case "$*" in
  "find-certificate -a -Z ${keychain}") exit 0 ;;
  "find-generic-password -a com.microsoft.workplacejoin.thumbprint ${keychain}") exit 44 ;;
esac
exit 1`,
  );
  const info = build({ CFBundleShortVersionString: '5.2504.0' });
  await installFile(sysroot, '/Applications/Company Portal.app/Contents/Info.plist', info);
  const payload = {
    ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
    PlatformSSO: { AuthenticationMethod: 'Password' },
  };
  await installFile(
    sysroot,
    '/Library/Managed Preferences/com.apple.extensiblesso.plist',
    buildBinary(payload),
  );
  await installFile(
    sysroot,
    '/Users/alex/Library/DoNotDisturb/DB/Assertions.json',
    '{"data":[{"storeAssertionRecords":[]}]}',
  );
  return sysroot;
}

describe('a poll of a Mac', () => {
  it('reads every source, from the commands as they are really called', async () => {
    const seen = await poll(await healthyMac());
    expect(seen).toMatchObject({
      at: '2025-06-16T12:00:00Z',
      monotonic: 4242,
      appSso: { ok: true, value: { status: 'notConfigured' } },
      account: { ok: true, value: { passwordLastSetAt: '2025-06-15T15:06:40Z', platformSsoLinked: true } },
      passwordPolicy: { ok: true, value: { minLength: 4, stricterThanIdp: false } },
      session: { ok: true, value: { screen: 'unlocked', console: 'active' } },
      power: {
        ok: true,
        value: { bootedAt: '2025-06-15T15:06:40Z', sleptAt: null, wokeAt: null, model: 'Mac14,2' },
      },
      network: { ok: true, value: 'online' },
      focus: { ok: true, value: 'off' },
      macos: { ok: true, value: '15.6' },
      companyPortal: { ok: true, value: '5.2504.0' },
      ssoProfile: { ok: true, value: { method: 'password', platformSso: true } },
      enrollment: { ok: true, value: { enrolled: true, userApproved: true } },
      workplaceJoin: { ok: true, value: { leftovers: [] } },
      screenUnlock: { ok: true, value: null },
      chromeHost: { ok: true, value: null },
      extensions: { ok: true, value: { sso: 'known', autoFill: 'ignored' } },
      passwordTools: { ok: true, value: [] },
      systemIntegrity: { ok: true, value: true },
    });
    expect(observationShape.parse(seen)).toEqual(seen);
    expect(JSON.stringify(seen)).not.toContain('example.com');
  });

  it('of an empty Mac has named failures, and null for the apps and the profile', async () => {
    const seen = await poll(await temporarySysroot());
    const { companyPortal, oktaVerify, ssoProfile, workplaceJoin, ...rest } = seen;
    const { screenUnlock, chromeHost, passwordTools, fileVault, ...rare } = rest;
    const { fingerprints, smartCards, hosts, ...others } = rare;
    for (const reading of [screenUnlock, chromeHost]) expect(reading).toEqual({ ok: true, value: null });
    expect(passwordTools).toEqual({ ok: true, value: [] });
    // Without app-sso the method is unknown.
    for (const reading of [fileVault, fingerprints, smartCards, hosts])
      expect(reading).toMatchObject({ ok: false, reason: 'off' });
    expect(companyPortal).toEqual({ ok: true, value: null });
    expect(oktaVerify).toEqual({ ok: true, value: null });
    expect(ssoProfile).toEqual({ ok: true, value: null });
    expect(workplaceJoin).toMatchObject({ ok: false, reason: 'off' });
    for (const name of sourceNames.filter((source) => source in others)) {
      expect(seen[name]).toMatchObject({ ok: false, reason: 'missing' });
    }
  });

  it('distinguishes a command that failed, printed nothing, or printed nonsense', async () => {
    const sysroot = await healthyMac();
    await installScript(sysroot, commands.appSso, `cat "$0.txt"; exit 1`);
    await installScript(sysroot, commands.dscl, 'exit 0');
    await installScript(sysroot, commands.pwpolicy, 'echo hello');
    await installScript(sysroot, commands.ioreg, 'kill -9 $$');
    await installFile(sysroot, commands.swVers, '', 0o644);
    await installFile(sysroot, '/Library/Managed Preferences/com.apple.extensiblesso.plist', 'bplist00');
    await installFile(
      sysroot,
      '/Applications/Company Portal.app/Contents/Info.plist',
      build({ CFBundleName: 'x' }),
    );
    const seen = await poll(sysroot);
    expect(seen.appSso).toMatchObject({ ok: false, reason: 'exit' });
    expect(seen.account).toMatchObject({ ok: false, reason: 'empty' });
    expect(seen.passwordPolicy).toMatchObject({ ok: false, reason: 'malformed' });
    expect(seen.session).toMatchObject({ ok: false, reason: 'exit' });
    expect(seen.macos).toMatchObject({ ok: false, reason: 'denied' });
    expect(seen.ssoProfile).toMatchObject({ ok: false, reason: 'malformed' });
    expect(seen.companyPortal).toMatchObject({ ok: false, reason: 'malformed' });
    expect(seen.network).toEqual({ ok: true, value: 'online' });
  });

  it('calls an answer of app-sso that it does not understand by the reason', async () => {
    const sysroot = await healthyMac();
    await installScript(sysroot, commands.appSso, 'echo "Error Domain=com.apple.PlatformSSO Code=-1001"');
    expect((await poll(sysroot)).appSso).toMatchObject({ ok: false, reason: 'malformed' });
    await installScript(sysroot, commands.appSso, 'echo');
    expect((await poll(sysroot)).appSso).toMatchObject({ ok: false, reason: 'empty' });
  });

  it('takes the profile of the user where the device has none', async () => {
    const sysroot = await healthyMac();
    await rm(join(sysroot, '/Library/Managed Preferences/com.apple.extensiblesso.plist'));
    const payload = build({ PlatformSSO: { AuthenticationMethod: 'SmartCard' } });
    await installFile(sysroot, '/Library/Managed Preferences/alex/com.apple.extensiblesso.plist', payload);
    expect((await poll(sysroot)).ssoProfile).toMatchObject({ ok: true, value: { method: 'smartCard' } });
  });

  it('sees what changed since the last one', async () => {
    const sysroot = await healthyMac();
    expect((await poll(sysroot)).passwordPolicy).toMatchObject({ value: { minLength: 4 } });
    const rule = { policyContent: "policyAttributePassword matches '.{12,}'" };
    await installFile(sysroot, `${commands.pwpolicy}.txt`, build({ policyCategoryPasswordContent: [rule] }));
    expect((await poll(sysroot)).passwordPolicy).toMatchObject({
      value: { minLength: 12, stricterThanIdp: true },
    });
  });

  it('reads the list of extensions again when Company Portal was updated, and not before', async () => {
    const sysroot = await healthyMac();
    const runner = new SystemRunner({ sysroot, home: who.home, user: who.name });
    const observe = createObserver({ runner, files: new SystemFiles(sysroot), who, clock });
    const extensions = async () => (await observe({ plan: fullPoll, idp: entraFloor })).extensions;
    const known = { value: { sso: 'known' } };
    expect(await extensions()).toMatchObject(known);
    const used = '+    com.microsoft.CompanyPortalMac.ssoextension(5.2602.0)\n';
    await installFile(sysroot, `${commands.pluginkit}.txt`, used);
    expect(await extensions()).toMatchObject(known);
    const info = build({ CFBundleShortVersionString: '5.2602.0', CFBundleName: 'Company Portal' });
    await installFile(sysroot, '/Applications/Company Portal.app/Contents/Info.plist', info);
    expect(await extensions()).toMatchObject({ value: { sso: 'used' } });
  });

  it('finds that an account is not linked, by either stream of dscl', async () => {
    const sysroot = await healthyMac();
    const record = build({ 'dsAttrTypeNative:accountPolicyData': [build({ creationTime: 1700000000 })] });
    await installFile(sysroot, `${commands.dscl}.txt`, record);
    await installScript(sysroot, commands.dscl, 'cat "$0.txt"');
    expect((await poll(sysroot)).account).toMatchObject({ value: { platformSsoLinked: null } });
    await installScript(
      sysroot,
      commands.dscl,
      'echo "No such key: AltSecurityIdentities" >&2; cat "$0.txt"',
    );
    expect((await poll(sysroot)).account).toMatchObject({ value: { platformSsoLinked: false } });
  });

  it('knows a Mac without any network, on which scutil fails', async () => {
    const sysroot = await healthyMac();
    await installScript(sysroot, commands.scutil, 'echo "No network information"; exit 1');
    expect((await poll(sysroot)).network).toEqual({ ok: true, value: 'offline' });
  });
});

describe('the login keychain', () => {
  it.each([
    ['the screen is locked', consoleUsers(',"CGSSessionScreenIsLocked"=Yes')],
    ['another account is at the console', consoleUsers('').replace('=Yes', '=No')],
    ['unknown', 'no console users here'],
  ])('is left alone while %s: asking could raise a dialog', async (_while, session) => {
    const sysroot = await healthyMac();
    await installFile(sysroot, `${commands.ioreg}.txt`, session);
    expect((await poll(sysroot)).workplaceJoin).toMatchObject({ ok: false, reason: 'off' });
    await expect(access(join(sysroot, `${commands.security}.calls`))).rejects.toThrow();
  });

  it('reads attributes only, once for each item', async () => {
    const sysroot = await healthyMac();
    await poll(sysroot);
    const calls = await readFile(join(sysroot, `${commands.security}.calls`), 'utf8');
    expect(calls.trim().split('\n')).toEqual([
      `find-certificate -a -Z ${keychain}`,
      `find-generic-password -a com.microsoft.workplacejoin.thumbprint ${keychain}`,
    ]);
  });

  it('shows what an earlier Workplace Join left', async () => {
    const sysroot = await healthyMac();
    await installScript(
      sysroot,
      commands.security,
      `case "$1" in
find-certificate) printf 'keychain: "x"\\nattributes:\\n    "issu"<blob>="MS-ORGANIZATION-ACCESS"\\n    "labl"<blob>="11111111-2222-3333-4444-555555555555"\\n' ;;
*) printf '    "acct"<blob>="com.microsoft.workplacejoin.thumbprint"\\n' ;;
esac`,
    );
    expect((await poll(sysroot)).workplaceJoin).toEqual({
      ok: true,
      value: {
        leftovers: [
          { kind: 'certificate', deviceId: '11111111-2222-3333-4444-555555555555' },
          { kind: 'thumbprint', deviceId: null },
        ],
      },
    });
  });

  it('that can not be read is a failure, not a clean one', async () => {
    const sysroot = await healthyMac();
    await installScript(sysroot, commands.security, 'exit 36');
    expect((await poll(sysroot)).workplaceJoin).toMatchObject({ ok: false, reason: 'exit' });
  });
});
