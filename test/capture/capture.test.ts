import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { captureOf } from '../../agent/capture/capture.ts';
import { takeSnapshot } from '../../agent/capture/mac-snapshot.ts';
import {
  changesSince,
  type RecordedHistory,
  readRecordedHistory,
} from '../../agent/capture/recorded-history.ts';
import { captureOutput } from '../../agent/cli/output/capture.ts';
import type { MacChange } from '../../agent/mac/simulated/model.ts';
import { loadScenario } from '../../agent/simulation/load-scenario.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';
import { cli } from '../helpers/cli.ts';
import { scenarioFile } from '../helpers/scenario-file.ts';
import { byProfile, matches, policyText } from '../mac/sources/password-policy/policy-text.ts';
import { seeded } from './judged.ts';

const start = '2026-11-23T09:00:00Z';
const hour = 3_600_000;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'psso-monitor-capture-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function openAfter(text: string): Promise<string[]> {
  return [...(await replay(parseScenario(text))).openIssues].sort();
}

async function captureAt(mac: VirtualMac, history: RecordedHistory | null, since?: number) {
  const { runner, files, who, clock } = mac;
  const snapshot = await takeSnapshot({ runner, files, who, clock, computerName: 'alexs-mac' });
  const redactor = seeded();
  return await captureOf({ snapshot, history }, { redactor, ...(since === undefined ? {} : { since }) });
}

const workplaceJoin = (deviceId: string) => ({
  text: `keychain: "/Users/alex/Library/Keychains/login.keychain-db"\nattributes:\n    "alis"<blob>="${deviceId}"\n    "issu"<blob>="MS-ORGANIZATION-ACCESS"\n    "labl"<blob>="${deviceId}"\n`,
});

const ssoProfile = (keys: string) =>
  `<plist version="1.0"><dict><key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string><key>TeamIdentifier</key><string>UBF8T346G9</string><key>Type</key><string>Redirect</string><key>URLs</key><array><string>https://login.microsoftonline.com</string></array>${keys}</dict></plist>`;

describe('a capture of a Mac without a history', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['that works', '15.6', {}],
    ['not configured', '15.6', { psso: null }],
    ['not registered', '15.6', { psso: { registered: false, userPresent: false } }],
    ['registered without its user', '26.1', { psso: { userPresent: false } }],
    ['in need of a repair', '15.6', { psso: { state: 2 } }],
    ['in need of a new registration on macOS 13', '13.6', { psso: { state: 5, method: 'secureEnclaveKey' } }],
    ['never registered on macOS 13', '13.6', { psso: { registered: false, userPresent: false } }],
    ['that waits for the new password', '15.6', { psso: { state: 1, receivedAt: '-6h' } }],
    ['with expired tokens', '15.6', { psso: { receivedAt: '-20d' } }],
    [
      'with stricter rules',
      '15.6',
      {
        passwordPolicy: {
          text: policyText({ content: [{ content: matches('.{14,}'), identifier: byProfile('minLength') }] }),
        },
      },
    ],
    [
      'with stricter rules and a key in the Secure Enclave',
      '15.6',
      {
        psso: { method: 'secureEnclaveKey' },
        passwordPolicy: { text: policyText({ content: [{ content: matches('.{14,}') }] }) },
      },
    ],
    [
      'with a certificate of another device',
      '15.6',
      { workplaceJoin: workplaceJoin('0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0') },
    ],
    [
      'with a separate certificate',
      '15.6',
      { workplaceJoin: workplaceJoin('739b523e-1b0f-4b9e-817b-537d32bfb52b') },
    ],
    ['whose app-sso hangs', '15.6', { appSso: { fail: 'timeout' } }],
    ['whose app-sso prints garbage', '15.0', { appSso: { text: 'Device Configuration:\n {\n  "alex" : ' } }],
    ['whose rules can not be read', '15.6', { passwordPolicy: { fail: 'exit' } }],
    [
      'without a profile, offline, locked',
      '15.6',
      { profile: null, network: 'offline', screen: 'locked', psso: { state: 2 } },
    ],
    [
      'with OpenID, and Touch ID that is required',
      '27.0',
      {
        psso: {
          method: 'openId',
          loginPolicy: 'RequireAuthentication (2)',
          unlockPolicy: 'RequireTouchID (32)',
        },
      },
    ],
    [
      'with the end of a grace period',
      '15.6',
      {
        psso: {
          userPresent: false,
          loginPolicy: 'RequireAuthentication, AllowAuthenticationGracePeriod (10)',
          requireAuthGracePeriod: '4 weeks, 2 days, and 5 hours',
        },
      },
    ],
    [
      'whose profiles come by both channels',
      '15.6',
      {
        psso: { registered: false, userPresent: false },
        profile: {
          text: ssoProfile(
            '<key>PlatformSSO</key><dict><key>AuthenticationMethod</key><string>Password</string></dict>',
          ),
          userText: ssoProfile('<key>RegistrationToken</key><string>{{DEVICEREGISTRATION}}</string>'),
        },
      },
    ],
    [
      'that left its MDM, without Company Portal',
      '15.6',
      { enrolled: false, companyPortal: null, psso: { registered: false } },
    ],
  ])('%s opens the same issues as the agent on that Mac', async (_, macos, changes) => {
    const head = { scenario: 'x', start, macos, user: 'alex', settings: {} };
    const lines = (end: object[]) =>
      [head, { at: '+0s', ...changes }, ...end].map((line) => JSON.stringify(line)).join('\n');
    const there = await openAfter(lines([{ at: '+10m', end: true }]));

    const scenario = parseScenario(lines([]));
    const mac = new VirtualMac(scenario);
    for (const step of scenario.steps) mac.apply(step.change);
    const { text, openIssues } = await captureAt(mac, null);
    expect(openIssues).toEqual(there);
    expect(await openAfter(text)).toEqual(there);
    expect(text).not.toMatch(/alex|contoso|3577df12|739b523e|0f1e2d3c/i);
  });

  test('keeps the extension of another identity provider, before a loss too', async () => {
    const extensionIdentifier = 'com.okta.mobile.auth-service-extension';
    const mac = new VirtualMac({ start: Date.parse(start), macos: '15.6', user: 'alex', settings: {} });
    const lost = { extensionIdentifier, registered: false, userPresent: false };
    mac.apply({ psso: lost, companyPortal: null });
    const openIssues = ['registration-needs-repair'];
    const history = { openIssues, everRegistered: true, method: 'password', events: [] };
    const { text } = await captureAt(mac, history);
    expect(text).toContain(`"psso":{"method":"password","extensionIdentifier":"${extensionIdentifier}"}`);
    expect(text).not.toMatch(/microsoft/i);
  });

  test('keeps what each source found', async () => {
    const found = {
      screen: 'locked',
      console: 'switchedOut',
      network: 'offline',
      focus: 'on',
      enrolled: false,
      companyPortal: '5.2402.0',
      oktaVerify: '9.1.0',
      ssoExtension: 'ignored',
      autoFill: 'absent',
      screenUnlockMode: 1,
      chrome: { version: '134.0', host: false },
      fileVault: false,
      systemIntegrity: false,
    } as const;
    const mac = new VirtualMac({ start: Date.parse(start), macos: '15.6', user: 'alex', settings: {} });
    mac.apply({ ...found, passwordLastSetAt: Date.parse('2026-02-20T10:00:00Z') });
    const { text } = await captureAt(mac, null);
    const passwordLastSetAt = expect.stringMatching(/^2026-02-20T10:00:00/);
    expect(JSON.parse(text.split('\n')[1] ?? '')).toMatchObject({ ...found, passwordLastSetAt });
  });

  test('keeps the settings that decide, and none that an admin wrote in own words', async () => {
    const mac = new VirtualMac({
      start: Date.parse(start),
      macos: '15.6',
      user: 'alex',
      settings: {
        IdpMinimumPasswordLength: 12,
        IgnoredIssues: ['psso-not-registered', 'alex'],
        IdentityHashKey: 'a secret of Contoso',
      },
    });
    const { text } = await captureAt(mac, null);
    expect(JSON.parse(text.split('\n')[0] ?? '').settings).toEqual({
      IdpMinimumPasswordLength: 12,
      IgnoredIssues: ['psso-not-registered'],
    });
    expect(text).not.toMatch(/alex|contoso/i);
  });
});

/** The Mac of a scenario at an instant, and the database that its agent has then. */
async function untold(name: string, minutes: number) {
  const scenario = loadScenario(scenarioFile(name));
  const before = scenario.steps.filter(({ at }) => at < minutes * 60_000);
  const dataDir = folder();
  const last = { at: minutes * 60_000, change: {} satisfies MacChange, agent: null, end: true, raw: {} };
  const { openIssues } = await replay({ ...scenario, steps: [...before, last] }, { dataDir });
  const mac = new VirtualMac(scenario);
  for (const step of before) {
    mac.advanceTo(step.at);
    mac.apply(step.change);
  }
  mac.advanceTo(minutes * 60_000);
  return {
    mac,
    history: readRecordedHistory(join(dataDir, 'events.db')),
    openIssues: [...openIssues].sort(),
  };
}

describe('a capture of a Mac with a history', () => {
  test.each<[string, number]>([
    ['registration-needs-repair', 90],
    ['deregister-reregister-macos13', 90],
    ['insufficient-join-permissions-silent', 120],
    ['registration-long-running-macos13', 30],
    ['passcode-policy-complexity-mismatch', 90],
    ['password-change-prompt-pending', 250],
    ['password-change-window-overdue', 300],
    ['sso-tokens-expired', 90],
    ['wpj-key-not-removed-after-migration', 70],
    ['working-day', 20],
  ])('%s ends with the same open issues as on the Mac', async (name, minutes) => {
    const { mac, history, openIssues } = await untold(name, minutes);
    const capture = await captureAt(mac, history);
    expect(capture.openOnMac).toEqual(openIssues);
    expect(capture.openIssues).toEqual(openIssues);
    expect(await openAfter(capture.text)).toEqual(openIssues);
    expect(capture.remarks).toEqual([]);
  });

  test('a registration that was lost is lost in the capture too, not one that never was', async () => {
    const { mac, history } = await untold('registration-needs-repair', 120);
    mac.apply({ psso: { registered: false, userPresent: false } });
    const { openIssues, text } = await captureAt(mac, history);
    expect(openIssues).toEqual(['registration-needs-repair']);
    expect(text.split('\n').filter((line) => line.includes('"appSso"'))).toHaveLength(1);
  });

  test('--keep-since has an event whose detail is damaged with its own time', () => {
    const event = {
      id: '1',
      at: '2026-03-02T10:00:00Z',
      kind: 'token-refreshed',
      issue: '',
      severity: 'info',
      summary: '',
      from_state: '',
      to_state: '',
      detail: '{"receivedAt": "2026-',
      macos: '',
      agent_version: '',
    };
    const { lines } = changesSince([event, { ...event, kind: 'gap' }], 0, seeded());
    const at = Date.parse(event.at);
    expect(lines).toEqual([{ at, changes: { psso: { receivedAt: event.at } } }]);
  });

  test('--keep-since reports what is recorded from then on, in its order and at its time', async () => {
    const { mac, history } = await untold('working-day', 9 * 60);
    const since = mac.clock.now() - 9 * hour;
    const { text } = await captureAt(mac, history, since);
    const lines = text
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => JSON.parse(line));
    expect(Date.parse(lines[0].start)).toBe(since);
    const notified: string[] = [];
    await replay(parseScenario(text), {
      onActivity: (what) => {
        if (what.type === 'event') notified.push(what.event.kind);
      },
    });
    const recorded = history?.events.map(({ kind }) => kind) ?? [];
    for (const kind of ['token-refreshed', 'password-synced'] as const)
      expect(notified.filter((one) => one === kind)).toEqual(recorded.filter((one) => one === kind));
  });
});

describe('psso-monitor capture', () => {
  test('refuses without --redact and says why', () => {
    const { status, stdout, stderr } = cli(['capture', '--data-dir', folder()]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/needs --redact: a capture is for other people/);
  });

  test('writes what replay runs, readable by its owner alone, and never over a file', () => {
    const dir = folder();
    const sysroot = join(dir, 'mac');
    installSysroot(sysroot).apply({ psso: { registered: false, userPresent: false } });
    const at = ['--sysroot', sysroot, '--data-dir', join(dir, 'data')];
    const scenario = join(dir, 'before.ndjson');
    const began = new Date(Date.now() - 20 * 60_000).toISOString();
    writeFileSync(
      scenario,
      `{"scenario":"x","start":"${began}"}\n{"at":"+0s","psso":{"registered":false,"userPresent":false}}\n{"at":"+15m","end":true}\n`,
    );
    cli(['replay', scenario, '--data-dir', join(dir, 'data')]);
    const open = JSON.parse(cli(['once', '--json', ...at]).stdout).openIssues;
    expect(open).toEqual(['psso-not-registered']);

    const out = join(dir, 'my mac.ndjson');
    const { status, stdout } = cli(['capture', '--redact', '--out', out, '--json', ...at]);
    expect(status).toBe(0);
    const output = captureOutput.parse(JSON.parse(stdout));
    expect(output).toMatchObject({
      file: out,
      openIssues: open,
      openOnMac: open,
      remarks: [],
      unrecognisedFields: 0,
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const replayed = cli(['replay', out, '--json']);
    expect(JSON.parse(replayed.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'summary',
      openIssues: open,
    });

    writeFileSync(out, 'mine');
    const again = cli(['capture', '--redact', '--out', out, ...at]);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('--force');
    expect(readFileSync(out, 'utf8')).toBe('mine');
    const forced = cli(['capture', '--redact', '--out', out, '--force', ...at]);
    expect(forced.stdout).toContain('as on this Mac, open: psso-not-registered');
    expect(forced.stdout).toContain(`psso-monitor replay '${out}'`);
  });

  test('with a seed the stand-ins are the same ones, without it never', () => {
    const sysroot = join(folder(), 'mac');
    installSysroot(sysroot);
    const stand = (...more: string[]) => {
      const { stdout } = cli([
        'capture',
        '--redact',
        '--sysroot',
        sysroot,
        '--data-dir',
        join(sysroot, 'none'),
        ...more,
      ]);
      return JSON.parse(stdout.split('\n')[0] ?? '').user;
    };
    expect(stand('--seed', 'a secret seed')).toBe(stand('--seed', 'a secret seed'));
    expect(stand()).not.toBe(stand());
  });

  test.each([
    [['--seed', 'short'], 2, 'at least 8'],
    [['--json'], 2, '--out'],
    [['--keep-since', 'soon'], 2, '--keep-since takes'],
    [['--keep-since', '2d'], 1, 'no history'],
    [['--out', '/nowhere/x.ndjson'], 1, 'its folder does not exist'],
  ])('says what is wrong with %j', (args, expected, says) => {
    const dir = folder();
    const { status, stderr } = cli([
      'capture',
      '--redact',
      '--sysroot',
      dir,
      '--data-dir',
      join(dir, 'data'),
      ...args,
    ]);
    expect(status).toBe(expected);
    expect(stderr).toContain(says);
  });
});
