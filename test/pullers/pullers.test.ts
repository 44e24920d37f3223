import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'plist';
import { describe, expect, test } from 'vitest';
import { realTool } from '../pkg-build/real-tool.ts';
import type { ScratchMac, Shell } from '../pkg-build/scratch-mac.ts';
import { alex, macWithCommand, recorded, sam } from './pulled-mac.ts';

const scripts = join(import.meta.dirname, '../../scripts');
const folders = ['intune', 'jamf', 'munki', 'supportapp', 'swiftdialog'];
const pullers = folders.flatMap((folder) =>
  readdirSync(join(scripts, folder)).map((name) => `${folder}/${name}`),
);
const healthy = {
  lines: [
    { at: '+1h', psso: { receivedAt: '+1h' } },
    { at: '+2h', end: true },
  ],
};
const broken = {
  lines: [
    { at: '+1h', psso: { registered: false, userPresent: false } },
    { at: '+2h', end: true },
  ],
};
const shells: Shell[] = ['dash', 'busybox sh', 'bash --posix'];

/** What a script prints; it must have ended as `status` says, and complained of nothing. */
function printed(mac: ScratchMac, script: string, status = 0): string {
  const ran = mac.runPuller(script);
  expect({ ...ran, stdout: '' }).toEqual({ status, stdout: '', stderr: '' });
  return ran.stdout.trimEnd();
}

test('every script is clean by shellcheck, and may be run', () => {
  const files = pullers.map((name) => join(scripts, name));
  execFileSync(realTool('shellcheck'), ['-s', 'sh', ...files], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const file of files)
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/bin\/sh\n# .*\n(?:# .*\n)*# docs\/admin\/\S+\.md\n/);
});

test('each script names a page that is there, and the page names the script', () => {
  for (const name of pullers) {
    const [, page = ''] = /^# (docs\/admin\/\S+\.md)$/m.exec(readFileSync(join(scripts, name), 'utf8')) ?? [];
    expect(readFileSync(join(scripts, '..', page), 'utf8'), name).toContain(name.split('/').at(-1) ?? '');
  }
});

describe.each(shells)('Jamf Pro, in %s', (shell) => {
  test('an extension attribute each: in order', async () => {
    const mac = macWithCommand({ shell });
    await recorded(mac, alex, healthy);
    const of = (name: string) => printed(mac, `jamf/extension-attribute-${name}.sh`);
    expect(of('headline')).toBe('<result>ok</result>');
    expect(of('open-issues')).toBe('<result>none</result>');
    expect(of('agent')).toBe('<result>running</result>');
    expect(of('last-confirmed-good')).toBe('<result>2026-03-02 09:00:00</result>');
    expect(of('summary')).toMatch(/^<result>ok since 2026-03-02T08:00:00Z<\/result>$/);
  });
});

describe('Jamf Pro', () => {
  test('an open issue', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>needs-attention</result>');
    expect(printed(mac, 'jamf/extension-attribute-open-issues.sh')).toBe(
      '<result>registration-needs-repair</result>',
    );
  });

  test('of several people, the one who is worst off', async () => {
    const mac = macWithCommand({ sessions: [alex, sam] });
    await recorded(mac, alex, healthy);
    await recorded(mac, sam, broken);
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>needs-attention</result>');
  });

  test('an agent that has not looked for two days is silent, whatever it said last', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, healthy, 2 * 86_400);
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>silent</result>');
    expect(printed(mac, 'jamf/extension-attribute-agent.sh')).toBe('<result>silent</result>');
  });

  test('nobody has a history; not installed; and a command that fails', async () => {
    const mac = macWithCommand();
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>none</result>');
    expect(printed(mac, 'jamf/extension-attribute-last-confirmed-good.sh')).toBe('<result></result>');
    const tool = '/Library/Application Support/PSSO Monitor/bin/psso-monitor';
    mac.write(tool, '#!/bin/sh\necho half; exit 1\n', 0o755);
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>unknown</result>');
    rmSync(mac.path(tool));
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>not installed</result>');
    expect(printed(mac, 'jamf/extension-attribute-last-confirmed-good.sh')).toBe('<result></result>');
  });

  test('a history that its user damaged, or made a link of, is one of which nothing is known', async () => {
    const mac = macWithCommand();
    const folder = await recorded(mac, alex, healthy);
    writeFileSync(join(folder, 'events.db'), 'x'.repeat(4096));
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>unknown</result>');
    rmSync(join(folder, 'events.db'));
    symlinkSync('/etc/passwd', join(folder, 'events.db'));
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>unknown</result>');
  });
});

describe('Intune', () => {
  test('custom attributes: one line', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    expect(printed(mac, 'intune/custom-attribute-headline.sh')).toBe('needs-attention');
    expect(printed(mac, 'intune/custom-attribute-summary.sh')).toMatch(
      /^needs-attention since 2026-03-02T09:01:00Z: registration-needs-repair$/,
    );
    expect(printed(mac, 'intune/custom-attribute-last-confirmed-good.sh')).toBe('2026-03-02T08:00:00Z');
  });

  test('detection: an agent at work is left alone', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, healthy);
    mac.startAgent(alex.uid);
    expect(printed(mac, 'intune/detect.sh')).toBe('PSSO Monitor: the agent is running');
    expect(mac.starts(alex.uid)).toBe(0);
  });

  test('detection and remediation: one that is not loaded is started, and one that is silent started anew', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, healthy, 2 * 86_400);
    expect(printed(mac, 'intune/detect.sh', 1)).toBe('PSSO Monitor: the agent is not loaded');
    expect(printed(mac, 'intune/remediate.sh')).toBe('PSSO Monitor: the agent was started');
    expect(mac.isLoaded(alex.uid)).toBe(true);
    expect(printed(mac, 'intune/detect.sh', 1)).toBe('PSSO Monitor: the agent is silent');
    const before = mac.starts(alex.uid);
    expect(printed(mac, 'intune/remediate.sh')).toBe('PSSO Monitor: the agent was started');
    expect(mac.starts(alex.uid)).toBe(before + 1);
  });

  test('remediation: an agent that its user switched off stays off', () => {
    const mac = macWithCommand();
    mac.launchdOf(alex.uid, { disabled: 'disabled' });
    expect(printed(mac, 'intune/remediate.sh', 1)).toContain('psso-monitor doctor');
    expect(mac.isLoaded(alex.uid)).toBe(false);
  });

  test('at the login window there is nothing to detect and nothing to start', () => {
    const mac = macWithCommand({ sessions: [] });
    expect(printed(mac, 'intune/detect.sh')).toBe('PSSO Monitor: nobody is logged in');
    expect(printed(mac, 'intune/remediate.sh')).toBe('PSSO Monitor: nobody is logged in');
  });

  test('the two in one, as the package brings them', async () => {
    const mac = macWithCommand();
    expect(printed(mac, 'intune/detect-and-remediate.sh', 1)).toBe('PSSO Monitor: not installed');
    for (const name of ['detect.sh', 'remediate.sh']) {
      mac.runPuller(`intune/${name}`);
      mac.write(
        `/Library/Application Support/PSSO Monitor/share/scripts/intune/${name}`,
        readFileSync(join(mac.root, '.scratch/scripts/intune', name), 'utf8'),
        0o755,
      );
    }
    await recorded(mac, alex, healthy);
    rmSync(join(mac.root, '.scratch/launchd/loaded/501'), { force: true });
    expect(printed(mac, 'intune/detect-and-remediate.sh')).toBe(
      'PSSO Monitor: the agent is not loaded\nPSSO Monitor: the agent was started',
    );
    expect(printed(mac, 'intune/detect-and-remediate.sh')).toBe('PSSO Monitor: the agent is running');
  });
});

describe('Munki', () => {
  const items = '/Library/Managed Installs/ConditionalItems.plist';

  test('the condition adds its keys, and leaves those of others', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    mac.write(items, '<plist version="1.0"><dict><key>others</key><string>stay</string></dict></plist>');
    expect(printed(mac, 'munki/psso_monitor_condition.sh')).toBe('');
    expect(parse(readFileSync(mac.path(items), 'utf8'))).toEqual({
      others: 'stay',
      psso_monitor_headline: 'needs-attention',
      psso_monitor_open_issues: 'registration-needs-repair',
      psso_monitor_last_confirmed_good: '2026-03-02T08:00:00Z',
      psso_monitor_agent: 'running',
    });
  });

  test('where Munki keeps its things elsewhere, there', async () => {
    const mac = macWithCommand();
    mac.write(
      '/Library/Preferences/ManagedInstalls.plist',
      `<plist version="1.0"><dict><key>ManagedInstallDir</key><string>${mac.path('/Managed')}</string></dict></plist>`,
    );
    mac.write('/Managed/keep', '');
    expect(printed(mac, 'munki/psso_monitor_condition.sh')).toBe('');
    expect(parse(readFileSync(mac.path('/Managed/ConditionalItems.plist'), 'utf8'))).toMatchObject({
      psso_monitor_headline: 'none',
    });
  });
});

describe('Support App', () => {
  const shown = (mac: ScratchMac) =>
    parse(readFileSync(mac.path('/Library/Preferences/nl.root3.support.plist'), 'utf8'));

  test.each([
    ['in order', healthy, 60, 'Works', false],
    ['an open issue', broken, 60, 'Needs attention', true],
    ['a silent agent', healthy, 2 * 86_400, 'Not checked lately', true],
  ])('%s', async (_what, life, ago, text, alert) => {
    const mac = macWithCommand();
    mac.write('/Library/Preferences/keep', '');
    await recorded(mac, alex, life, ago);
    expect(printed(mac, 'supportapp/psso_monitor_extension.sh')).toBe('');
    expect(shown(mac)).toEqual({
      'io.github.psso-monitor.status': text,
      'io.github.psso-monitor.status_alert': alert,
      'io.github.psso-monitor.status_loading': false,
    });
  });
});

describe('swiftDialog: "Why can\'t I sign in?"', () => {
  const script = 'swiftdialog/why_cant_i_sign_in.sh';

  test('shows what to do, in the words of the catalogue, and leaves nothing behind', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    expect(printed(mac, script)).toBe('');
    const [call] = mac.calls('dialog');
    expect(call?.slice(0, 2)).toEqual(['dialog', '--jsonfile']);
    expect(readdirSync(mac.path('/tmp'))).toEqual([]);
    expect(mac.calls('launchctl').every(([, verb, uid]) => verb === 'asuser' && uid === '501')).toBe(true);
    expect(mac.calls('sudo').every(([, ...words]) => words.slice(0, 3).join(' ') === '-H -u #501')).toBe(
      true,
    );
  });

  test('the second button puts a report for IT on the Desktop, and shows it', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    mac.write('/Users/alex/Desktop/keep', '');
    mac.write('/.scratch/button', '2\n');
    const { status } = mac.runPuller(script);
    expect(status).toBe(0);
    const made = readdirSync(mac.path('/Users/alex/Desktop')).filter((name) => name.endsWith('.zip'));
    expect(made).toHaveLength(1);
    expect(mac.calls('open')).toEqual([['open', '-R', `/Users/alex/Desktop/${made[0]}`]]);
  });

  test('without swiftDialog macOS shows it, with the text as an argument', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    rmSync(mac.path('/usr/local/bin/dialog'));
    expect(printed(mac, script)).toBe('');
    const [call] = mac.calls('osascript');
    expect(call?.at(-1)).toContain('Click “Edit”, then “Repair”.');
    expect(call?.join(' ')).toContain('item 1 of argv');
  });

  test('at the login window there is nobody to tell', () => {
    const mac = macWithCommand({ sessions: [] });
    expect(printed(mac, script, 1)).toBe('PSSO Monitor: nobody is logged in');
    expect(existsSync(mac.path('/usr/local/bin/dialog'))).toBe(true);
    expect(mac.calls('dialog')).toEqual([]);
  });
});
