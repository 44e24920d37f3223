import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'plist';
import { describe, expect, test } from 'vitest';
import type { ScratchMac } from '../pkg-build/scratch-mac.ts';
import {
  alex,
  broken,
  healthy,
  idle,
  macWithCommand,
  printed,
  recorded,
  sam,
  scripts,
  tool,
} from './pulled-mac.ts';

describe('Support App', () => {
  const id = 'psso_monitor_status';
  /** The values in Support App's preferences: the last write of each key. */
  function shown(mac: ScratchMac): Record<string, string | undefined> {
    idle(mac, '/usr/bin/defaults');
    expect(printed(mac, 'supportapp/psso_monitor_extension.sh')).toBe('');
    const writes = mac.calls('defaults');
    for (const [, verb, file] of writes)
      expect([verb, file]).toEqual(['write', '/Library/Preferences/nl.root3.support.plist']);
    return Object.fromEntries(writes.map(([, , , key = '', type, value]) => [key, `${type} ${value}`]));
  }
  const tile = (text: string, alert: boolean) => ({
    [id]: `-string ${text}`,
    [`${id}_alert`]: `-bool ${alert}`,
    [`${id}_loading`]: '-bool false',
  });

  test.each([
    ['a healthy Mac', healthy, 60, 'Works', false],
    ['an open issue', broken, 60, 'Needs attention', true],
    ['a silent agent', healthy, 2 * 86_400, 'Not checked lately', true],
  ])('%s', async (_what, life, ago, text, alert) => {
    const mac = macWithCommand();
    await recorded(mac, alex, life, ago);
    expect(shown(mac)).toEqual(tile(text, alert));
  });

  test('the issue of another user is not shown to the console user', async () => {
    const mac = macWithCommand({ sessions: [alex, sam] });
    await recorded(mac, alex, healthy);
    await recorded(mac, sam, broken);
    expect(shown(mac)).toEqual(tile('Works', false));
  });

  test.each([
    ['ok', 'Works', false],
    ['exempt', 'Not needed', false],
    ['needs-attention', 'Needs attention', true],
    ['not-registered', 'Not set up completely', true],
    ['not-configured', 'Not set up', false],
    ['silent', 'Not checked lately', true],
    ['none', 'Not checked yet', false],
    ['unknown', 'Not known', true],
    ['$(touch evil)', 'Not known', true],
  ])('%s is shown as: %s', (headline, text, alert) => {
    const mac = macWithCommand();
    mac.write(tool, `#!/bin/sh\necho '${headline}'\n`, 0o755);
    expect(shown(mac)).toEqual(tile(text, alert));
  });

  test('a failing command is shown as not known; at the login window nothing is written', () => {
    const mac = macWithCommand();
    mac.write(tool, '#!/bin/sh\necho ok; exit 1\n', 0o755);
    expect(shown(mac)).toEqual(tile('Not known', true));
    expect(shown(macWithCommand({ sessions: [] }))).toEqual({});
  });

  test('the item on its page is valid for Support App 3, and has the id of the script', () => {
    const page = readFileSync(join(scripts, '../docs/admin/pulling-with-supportapp.md'), 'utf8');
    const [, rows = ''] = /```xml\n([\s\S]*?)```/.exec(page) ?? [];
    const [, itsId] =
      /:-([\w.-]+)\}/.exec(readFileSync(join(scripts, 'supportapp/psso_monitor_extension.sh'), 'utf8')) ?? [];
    // Key-value observing reads a dot as a path, and does not see a change of such a key.
    expect(itsId).toMatch(/^\w+$/);
    expect(parse(`<plist version="1.0"><dict>${rows}</dict></plist>`)).toEqual({
      Rows: [
        {
          Items: [
            expect.objectContaining({
              Type: 'Extension',
              ExtensionID: itsId,
              OnAppearAction: '/usr/local/bin/psso_monitor_extension.sh',
            }),
          ],
        },
      ],
    });
  });
});
