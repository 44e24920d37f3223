import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandName } from '../../agent/mac/commands.ts';
import { createObserver, type Wanted } from '../../agent/observe/observe.ts';
import { hour, minute } from '../../agent/types/time.ts';
import type { MacChange } from '../mac/model.ts';
import { VirtualMac } from '../mac/virtual-mac.ts';

const start = Date.UTC(2026, 2, 2, 8);
const whole = ['appSso', 'dscl', 'ioreg', 'scutil', 'sysctl'];
const nothingNew = { nothingNew: () => true };

describe('what a quiet look asks', () => {
  let mac: VirtualMac;
  let asked: string[];
  let stamps: Map<string, string | null>;
  let at: number;
  let failing: CommandName | null;
  let look: (wanted?: Wanted) => Promise<string[]>;

  beforeEach(async () => {
    mac = new VirtualMac({ start, macos: '15.6', user: 'alex' });
    asked = [];
    stamps = new Map();
    failing = null;
    at = 0;
    const observe = createObserver({
      who: mac.who,
      clock: mac.clock,
      // Stamps that say nothing by themselves: what follows must not depend on them.
      files: {
        read: mac.files.read,
        stamp: async (path) => stamps.get(path) ?? (stamps.has(path) ? null : 'the same'),
      },
      runner: {
        run: async (command, args) => {
          asked.push(command);
          return command === failing ? { kind: 'timeout' } : await mac.runner.run(command, args);
        },
      },
    });
    look = async (wanted = nothingNew) => {
      mac.advanceTo(at);
      at += 5 * minute;
      asked = [];
      await observe(wanted);
      return [...new Set(asked)].sort();
    };
    // The sources that change with a file are believed once they have said the same twice.
    await look({});
    await look({});
  });

  test('is app-sso, and whether somebody is at the Mac', async () => {
    expect(await look()).toEqual(['appSso', 'ioreg']);
  });

  test('is everything where all is not well', async () => {
    expect(await look({})).toEqual(whole);
  });

  test('is everything as soon as app-sso says something new, and at the same look', async () => {
    expect(await look({ nothingNew: () => false })).toEqual(whole);
    expect(await look()).toEqual(['appSso', 'ioreg']);
  });

  test('is everything once an hour', async () => {
    const looks: string[][] = [];
    for (let count = 0; count < 24; count++) looks.push(await look());
    const wholeAt = looks.flatMap((sources, index) => (sources.includes('dscl') ? [index] : []));
    expect(wholeAt).toEqual([11, 23]);
  });

  test('is everything after an hour also where looks are seldom', async () => {
    at += hour;
    expect(await look()).toEqual(expect.arrayContaining(whole));
  });

  test.each<[string, MacChange]>([
    ['macOS was updated', { macos: '15.7' }],
    ['Company Portal was updated', { companyPortal: '5.2506.0' }],
    ['Company Portal was removed', { companyPortal: null }],
    ['the profile was changed', { profile: null }],
  ])('is everything when %s', async (_what, change) => {
    mac.apply(change);
    stamps.set('/System/Library/CoreServices/SystemVersion.plist', 'another');
    expect(await look()).toEqual(expect.arrayContaining(whole));
  });

  test('is the account too when the login keychain was written to, and everything if the password is another', async () => {
    const keychain = '/Users/alex/Library/Keychains/login.keychain-db';
    stamps.set(keychain, 'written to by whatever keeps something there');
    expect(await look()).toEqual(['appSso', 'dscl', 'ioreg']);
    expect(await look()).toEqual(['appSso', 'ioreg']);
    mac.apply({ passwordLastSetAt: start + 10 * minute });
    stamps.set(keychain, 'written to by a new password');
    expect(await look()).toEqual(whole);
    expect(await look()).toEqual(['appSso', 'ioreg']);
  });

  test('is everything where the login keychain can not be looked at', async () => {
    stamps.set('/Users/alex/Library/Keychains/login.keychain-db', null);
    expect(await look({})).toEqual(expect.arrayContaining(whole));
    expect(await look()).toEqual(expect.arrayContaining(whole));
  });

  test.each(['dscl', 'sysctl', 'scutil', 'ioreg'] as const)(
    'is everything after a look at which %s did not answer',
    async (command) => {
      failing = command;
      await look({});
      failing = null;
      expect(await look()).toEqual(expect.arrayContaining(whole));
    },
  );
});

test('a quiet look says what the look before said, and its own moment', async () => {
  const mac = new VirtualMac({ start, macos: '15.6', user: 'alex' });
  const observe = createObserver({ files: mac.files, who: mac.who, clock: mac.clock, runner: mac.runner });
  // In its first minute the login keychain is left alone.
  mac.advanceTo(5 * minute);
  const before = await observe({});
  mac.advanceTo(10 * minute);
  const quiet = await observe(nothingNew);
  expect({ ...quiet, appSso: null }).toEqual({
    ...before,
    appSso: null,
    at: '2026-03-02T08:10:00Z',
    monotonic: 10 * minute,
  });
});
