import { describe, expect, test } from 'vitest';
import { alex, broken, healthy, macWithCommand, printed, recorded, sam, tool } from './pulled-mac.ts';

describe('Intune', () => {
  test('custom attributes print one line', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    expect(printed(mac, 'intune/custom-attribute-summary.sh')).toBe(
      'needs-attention since 2026-03-02T09:00:00Z: registration-needs-repair',
    );
    expect(printed(mac, 'intune/custom-attribute-last-confirmed-good.sh')).toBe('2026-03-02T08:00:00Z');
  });

  test.each(['headline', 'summary', 'last-confirmed-good'])('%s prints the output of the command', (name) => {
    const mac = macWithCommand();
    mac.write(tool, '#!/bin/sh\necho "$*"\n', 0o755);
    expect(printed(mac, `intune/custom-attribute-${name}.sh`)).toBe(`attribute ${name}`);
    mac.write(tool, '#!/bin/sh\necho ok; exit 1\n', 0o755);
    expect(printed(mac, `intune/custom-attribute-${name}.sh`)).toBe(name.startsWith('last') ? '' : 'unknown');
  });

  test('detection: a running agent is not restarted', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, healthy);
    mac.startAgent(alex.uid);
    expect(printed(mac, 'intune/detect.sh')).toBe('PSSO Monitor: the agent is running');
    expect(mac.starts(alex.uid)).toBe(0);
  });

  test('detection reads the agent of the console user only, not of a logged-out user', async () => {
    const mac = macWithCommand({ sessions: [alex, sam] });
    await recorded(mac, alex, healthy);
    await recorded(mac, sam, healthy, 2 * 86_400);
    mac.startAgent(alex.uid);
    expect(printed(mac, 'intune/detect.sh')).toBe('PSSO Monitor: the agent is running');
    const asked = mac.calls('sudo').map((call) => call.slice(0, 4));
    expect(asked).toEqual([['sudo', '-H', '-u', '#501']]);
  });

  test('detection and remediation: an unloaded agent is started, and a silent one restarted', async () => {
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

  test('at the login window no agent is expected and none is started', () => {
    const mac = macWithCommand({ sessions: [] });
    expect(printed(mac, 'intune/detect.sh')).toBe('PSSO Monitor: nobody is logged in');
    expect(printed(mac, 'intune/remediate.sh')).toBe('PSSO Monitor: nobody is logged in');
  });

  test('detect-and-remediate calls the two scripts of the package', async () => {
    const mac = macWithCommand();
    expect(printed(mac, 'intune/detect-and-remediate.sh', 1)).toBe('PSSO Monitor: not installed');
    for (const name of ['detect.sh', 'remediate.sh']) mac.installPuller(`intune/${name}`);
    await recorded(mac, alex, healthy);
    expect(printed(mac, 'intune/detect-and-remediate.sh')).toBe(
      'PSSO Monitor: the agent is not loaded\nPSSO Monitor: the agent was started',
    );
    expect(printed(mac, 'intune/detect-and-remediate.sh')).toBe('PSSO Monitor: the agent is running');
  });
});
