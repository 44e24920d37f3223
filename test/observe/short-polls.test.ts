import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandName } from '../../agent/mac/commands.ts';
import { macosItself, managedPreferences } from '../../agent/mac/reread-rule.ts';
import type { MacChange } from '../../agent/mac/simulated/model.ts';
import { companyPortalFile } from '../../agent/mac/sources/company-portal/source.ts';
import { deviceProfile } from '../../agent/mac/sources/sso-profile/profile-files.ts';
import { createObserver } from '../../agent/observe/observe.ts';
import { entraFloor } from '../../agent/shared/idp-password-policy.ts';
import type { Observation } from '../../agent/shared/observation.ts';
import { fullPoll, type PollPlan } from '../../agent/shared/poll-plan.ts';
import { minute } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';

const start = Date.UTC(2026, 2, 2, 8);
const everything = ['appSso', 'dscl', 'ioreg', 'scutil', 'sysctl'];
const keychain = '/Users/alex/Library/Keychains/login.keychain-db';

const shortAfter = ({ account, power, network }: Observation): PollPlan => ({
  kind: 'short',
  keep: { account, power, network },
});

describe('a poll', () => {
  let mac: VirtualMac;
  let asked: CommandName[];
  let stamps: Map<string, string | null>;
  let at: number;
  let last: Observation;
  let poll: (plan: PollPlan) => Promise<CommandName[]>;

  beforeEach(async () => {
    mac = new VirtualMac({ start, macos: '15.6', user: 'alex' });
    asked = [];
    stamps = new Map();
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
          return await mac.runner.run(command, args);
        },
      },
    });
    poll = async (plan) => {
      mac.advanceTo(at);
      at += 5 * minute;
      asked = [];
      last = await observe({ plan, idp: entraFloor });
      return [...new Set(asked)].sort();
    };
    // The sources that change with a file are confirmed by two equal readings.
    await poll(fullPoll);
    await poll(fullPoll);
  });
  const short = () => poll(shortAfter(last));

  test('that is full reads everything', async () => {
    expect(await poll(fullPoll)).toEqual(everything);
  });

  test('that is short reads app-sso and the session', async () => {
    expect(await short()).toEqual(['appSso', 'ioreg']);
  });

  test('that is short returns the cached readings, and its own time', async () => {
    const before = last;
    await short();
    expect({ ...last, appSso: null }).toEqual({
      ...before,
      appSso: null,
      at: '2026-03-02T08:10:00Z',
      monotonic: 10 * minute,
    });
  });

  test.each<[string, string, MacChange, Partial<Observation>]>([
    ['the version of macOS', macosItself, { macos: '15.7' }, { macos: { ok: true, value: '15.7' } }],
    [
      'the version of Company Portal',
      companyPortalFile,
      { companyPortal: '5.2506.0' },
      { companyPortal: { ok: true, value: '5.2506.0' } },
    ],
    ['the profile', deviceProfile, { profile: null }, { ssoProfile: { ok: true, value: null } }],
    [
      'the enrollment',
      managedPreferences,
      { enrolled: false },
      { enrollment: { ok: true, value: { enrolled: false, userApproved: null } } },
    ],
  ])('that is short sees that %s has changed', async (_what, path, change, seen) => {
    mac.apply(change);
    stamps.set(path, 'another');
    await short();
    expect(last).toMatchObject(seen);
  });

  test('that is short reads the account when the login keychain was written to', async () => {
    stamps.set(keychain, 'written to');
    mac.apply({ passwordLastSetAt: start + 10 * minute });
    expect(await short()).toEqual(['appSso', 'dscl', 'ioreg']);
    expect(last.account).toMatchObject({ value: { passwordLastSetAt: '2026-03-02T08:10:00.500Z' } });
    expect(await short()).toEqual(['appSso', 'ioreg']);
  });

  test('that is short reads the account each time without a change stamp of the login keychain', async () => {
    stamps.set(keychain, null);
    expect(await short()).toEqual(['appSso', 'dscl', 'ioreg']);
    expect(await short()).toEqual(['appSso', 'dscl', 'ioreg']);
  });
});
