import { readFileSync, rmSync } from 'node:fs';
import { parse } from 'plist';
import { describe, expect, test } from 'vitest';
import { alex, answers, broken, idle, macWithCommand, printed, recorded, tool } from './pulled-mac.ts';

describe('Munki', () => {
  const items = '/Library/Managed Installs/ConditionalItems.plist';

  test('the condition adds its keys, and keeps other keys', async () => {
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

  test.each([
    ['by the MDM', '/Library/Managed Preferences/ManagedInstalls.plist'],
    ["by Munki's own preferences", '/Library/Preferences/ManagedInstalls.plist'],
  ])('the condition writes into the folder that is set %s', (_how, preferences) => {
    const mac = macWithCommand();
    const setTo = (folder: string) =>
      '<plist version="1.0"><dict><key>ManagedInstallDir</key>' +
      `<string>${mac.path(folder)}</string></dict></plist>`;
    mac.write('/Library/Preferences/ManagedInstalls.plist', setTo('/Elsewhere'));
    mac.write(preferences, setTo('/Managed'));
    mac.write('/Managed/keep', '');
    mac.write(tool, answers, 0o755);
    expect(printed(mac, 'munki/psso_monitor_condition.sh')).toBe('');
    expect(parse(readFileSync(mac.path('/Managed/ConditionalItems.plist'), 'utf8'))).toMatchObject({
      psso_monitor_headline: 'ok',
    });
  });

  test('a missing and a failing command give "not-installed" and "unknown", never "ok"', () => {
    const mac = macWithCommand();
    idle(mac, '/usr/bin/defaults', '/usr/bin/plutil');
    const written = () => {
      mac.forgetCalls();
      printed(mac, 'munki/psso_monitor_condition.sh');
      const writes = mac.calls('defaults').filter(([, verb]) => verb === 'write');
      return new Set(writes.map((call) => call.at(-1)));
    };
    mac.write(tool, '#!/bin/sh\necho ok; exit 1\n', 0o755);
    expect(written()).toEqual(new Set(['unknown']));
    rmSync(mac.path(tool));
    expect(written()).toEqual(new Set(['not-installed']));
  });
});
