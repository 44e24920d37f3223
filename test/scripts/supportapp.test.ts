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
  /** What the script leaves in Support App's preferences: the last write of each key. */
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
    ['in order', healthy, 60, 'Works', false],
    ['an open issue', broken, 60, 'Needs attention', true],
    ['a silent agent', healthy, 2 * 86_400, 'Not checked lately', true],
  ])('%s', async (_what, life, ago, text, alert) => {
    const mac = macWithCommand();
    await recorded(mac, alex, life, ago);
    expect(shown(mac)).toEqual(tile(text, alert));
  });

  test("another person's trouble is not shown to the one at the Mac", async () => {
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
  ])('says of %s: %s', (headline, text, alert) => {
    const mac = macWithCommand();
    mac.write(tool, `#!/bin/sh\necho '${headline}'\n`, 0o755);
    expect(shown(mac)).toEqual(tile(text, alert));
  });

  test('a command that fails is no good news; at the login window nothing is written', () => {
    const mac = macWithCommand();
    mac.write(tool, '#!/bin/sh\necho ok; exit 1\n', 0o755);
    expect(shown(mac)).toEqual(tile('Not known', true));
    expect(shown(macWithCommand({ sessions: [] }))).toEqual({});
  });

  test('the item on its page is what Support App 3 reads, with the id of the script', () => {
    const page = readFileSync(join(scripts, '../docs/admin/pulling-with-supportapp.md'), 'utf8');
    const [, rows = ''] = /```xml\n([\s\S]*?)```/.exec(page) ?? [];
    const [, itsId] =
      /:-([\w.-]+)\}/.exec(readFileSync(join(scripts, 'supportapp/psso_monitor_extension.sh'), 'utf8')) ?? [];
    // Key-value observing takes a dot for a path, so that a change of such a key is not seen.
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
