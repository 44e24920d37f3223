import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SystemFiles } from '../../agent/mac/system-files.ts';
import { createObserver } from '../../agent/observe/observe.ts';
import { rereadWhenChanged } from '../../agent/observe/reread-when-changed.ts';
import { entraFloor } from '../../agent/shared/idp-password-policy.ts';
import { fullPoll } from '../../agent/shared/poll-plan.ts';
import { failed, type Reading, read } from '../../agent/shared/reading.ts';
import { hour, minute } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';

const macos = '/System/Library/CoreServices/SystemVersion.plist';
const own = '/Library/thing';

describe('a source that is read again only when it may have changed', () => {
  let root: string;
  let said: Reading<string>;
  let asked: number;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'psso-monitor-reuse-'));
    for (const path of [macos, own]) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), 'one');
    }
    said = read('a');
    asked = 0;
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const source = () => {
    let now = 0;
    const files = new SystemFiles(root);
    const read = rereadWhenChanged<Reading<string>>({ clock: { now: () => now } }, own, async () => {
      asked++;
      return said;
    });
    return (at: number) => {
      now = at;
      return read(files);
    };
  };
  const touch = (path: string) => {
    writeFileSync(join(root, path), 'other');
    utimesSync(join(root, path), 1, 1);
  };

  test('is read twice until confirmed, and then not for an hour', async () => {
    const poll = source();
    for (let at = 0; at < 2 * hour; at += 5 * minute) expect(await poll(at)).toEqual(read('a'));
    // At 0, 5 and 65 minutes.
    expect(asked).toBe(3);
  });

  test.each([
    ['its file', own],
    ['macOS', macos],
  ])('%s changed: the new reading is returned at once, and read twice', async (_what, path) => {
    const poll = source();
    for (const at of [0, 1, 2]) await poll(at * minute);
    touch(path);
    said = read('b');
    for (const at of [3, 4, 5]) expect(await poll(at * minute)).toEqual(read('b'));
    expect(asked).toBe(4);
  });

  test('an unconfirmed reading and a failure are read again each time', async () => {
    const poll = source();
    await poll(0);
    said = read('garbled');
    expect(await poll(1)).toEqual(read('garbled'));
    said = read('a');
    expect(await poll(2)).toEqual(read('a'));
    said = failed('timeout', 'no answer');
    expect(await poll(3)).toEqual(said);
    said = failed('timeout', 'no answer');
    for (const at of [4, 5, 6]) expect(await poll(at)).toEqual(said);
    expect(asked).toBe(7);
  });

  test('where a file is not there, nothing is skipped', async () => {
    rmSync(join(root, macos));
    const poll = source();
    for (const at of [0, 1, 2, 3]) await poll(at);
    expect(asked).toBe(4);
  });

  test('a clock that is set back does not make a cached reading last', async () => {
    const poll = source();
    for (const at of [10, 11, 12]) await poll(at * hour);
    const before = asked;
    await poll(hour);
    expect(asked).toBe(before + 1);
  });

  test('a change of the file is read by the next poll', async () => {
    const steps = fc.array(
      fc.record({ changes: fc.boolean(), value: fc.constantFrom('a', 'b'), wait: fc.nat(90) }),
      {
        maxLength: 25,
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        let stamp = 0;
        let at = 0;
        let value = 'a';
        const stamps = { stamp: async () => String(stamp) };
        const source = rereadWhenChanged<Reading<string>>({ clock: { now: () => at } }, own, async () =>
          read(value),
        );
        for (const step of given) {
          at += step.wait * minute;
          if (step.changes) {
            stamp++;
            value = step.value;
          }
          expect(await source(stamps)).toEqual(read(value));
        }
      }),
    );
  });
});

const request = { plan: fullPoll, idp: entraFloor };

describe('the processes that a full poll starts', () => {
  test('in an hour most sources that hardly change are not read', async () => {
    const mac = new VirtualMac({ start: Date.UTC(2026, 2, 2, 8), macos: '15.6', user: 'alex' });
    const calls = new Map<string, number>();
    const observe = createObserver({
      files: mac.files,
      who: mac.who,
      clock: mac.clock,
      runner: {
        run: (command, args) => {
          calls.set(command, (calls.get(command) ?? 0) + 1);
          return mac.runner.run(command, args);
        },
      },
    });
    for (let poll = 0; poll < 12; poll++) {
      mac.advanceTo(poll * 5 * minute);
      await observe(request);
    }
    expect(Object.fromEntries(calls)).toEqual({
      appSso: 12,
      dscl: 12,
      ioreg: 12,
      sysctl: 12,
      scutil: 12,
      swVers: 2,
      profiles: 2,
      pwpolicy: 2,
      security: 2,
      // Read once a day.
      pluginkit: 1,
      fdesetup: 1,
      csrutil: 1,
    });
    mac.apply({ macos: '15.7' });
    expect((await observe(request)).macos).toEqual(read('15.7'));
  });
});
