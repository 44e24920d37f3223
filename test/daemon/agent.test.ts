import { expect, test } from 'vitest';
import { Agent } from '../../agent/daemon/agent.ts';
import type { AgentActivity, AgentDependencies } from '../../agent/daemon/agent-dependencies.ts';
import type { Runner } from '../../agent/mac/runner.ts';
import { createNotifier } from '../../agent/notify/channel-notifier.ts';
import { createObserver } from '../../agent/observe/observe.ts';
import { createSettingsReader } from '../../agent/settings/read-settings.ts';
import { minute } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';
import { openReader } from '../../agent/store/reader.ts';
import { connection, databaseIn, noon, opened, temporaryFolder } from '../store/samples.ts';

const broken = { psso: { registered: false, userPresent: false } };
const well = { psso: { registered: true, userPresent: true } };

/** An agent on a virtual Mac, with a real database. Nothing polls but `polls`. */
function started(change: Partial<Pick<AgentDependencies, 'onActivity' | 'publish' | 'record'>> = {}) {
  const mac = new VirtualMac({ start: noon, macos: '15.6', user: 'alex' });
  const path = databaseIn(temporaryFolder());
  const store = opened(path, { busyTimeout: 0 });
  const { files, who, clock } = mac;
  const logged: string[] = [];
  const log = (_: object, message: string) => logged.push(message);
  const notifications = { possible: true };
  const runner: Runner = {
    run: async (command, ...rest) =>
      command === 'osascript' && !notifications.possible
        ? { kind: 'missing' }
        : mac.runner.run(command, ...rest),
  };
  const agent = new Agent({
    run: 'test',
    version: '1.2.3',
    clock,
    observe: createObserver({ runner, files, who, clock }),
    logEvidence: async () => null,
    settings: createSettingsReader({ files, who }),
    silences: () => ({}),
    store,
    notifier: createNotifier({ runner, preferred: () => 'automatic' }),
    language: () => 'en',
    identity: async () => ({ user: '', device: '' }),
    record: { previous: null, beat() {}, end() {} },
    log: { info: log, warn: log, error: log },
    ...change,
  });
  agent.start({ events: [], power: null }, 300);
  return {
    agent,
    mac,
    path,
    logged,
    notifications,
    async polls(count: number) {
      for (let poll = 0; poll < count; poll++) {
        mac.advanceTo(mac.elapsed + 5 * minute);
        await agent.poll();
      }
    },
    kinds() {
      const reader = openReader({ path });
      const found = reader.events({}).map(({ kind }) => kind);
      reader.close();
      return found;
    },
  };
}

function fails(): never {
  throw new Error('it does not work');
}

test('a failing watcher, state file or heartbeat changes no record', async () => {
  const recordedKinds = async ({ mac, polls, agent, kinds }: ReturnType<typeof started>) => {
    await polls(3);
    mac.apply(broken);
    await polls(12);
    mac.apply(well);
    await polls(6);
    agent.finish('SIGTERM');
    return kinds();
  };
  const failing = started({
    onActivity: fails,
    publish: fails,
    record: { previous: null, beat: fails, end: fails },
  });
  const recorded = await recordedKinds(started());
  expect(recorded).toContain('notification-shown');
  expect(await recordedKinds(failing)).toEqual(recorded);
  expect([...new Set(failing.logged)].sort()).toEqual([
    'The clean stop could not be recorded; the next run records a crash.',
    'The heartbeat failed; the next poll tries again.',
    'The state file failed; the next poll tries again.',
    'The watcher of the agent failed: Error: it does not work',
  ]);
});

test('an undelivered notification is kept in memory when it cannot be written at once', async () => {
  let locking = false;
  const notified: Extract<AgentActivity, { type: 'notification' }>[] = [];
  const { mac, path, notifications, polls, kinds } = started({
    onActivity: (what) => {
      // After the write of the poll, and before the notification.
      if (what.type === 'polled' && locking) other.exec('BEGIN IMMEDIATE');
      if (what.type === 'notification') notified.push(what);
    },
  });
  const other = connection(path);

  await polls(3);
  mac.apply(broken);
  notifications.possible = false;
  locking = true;
  while (notified.length === 0) {
    await polls(1);
    other.exec('ROLLBACK');
  }
  expect(notified).toMatchObject([{ shown: false, notification: { purpose: 'problem', suppressed: null } }]);
  expect(kinds()).not.toContain('notification-failed');

  // The user saw no problem notification, so no solved notification follows.
  notifications.possible = true;
  locking = false;
  mac.apply(well);
  await polls(12);
  expect(kinds()).toContain('issue-resolved');
  expect(notified).toHaveLength(1);
});

test('while the database is locked, the user is notified; then all events are recorded in order', async () => {
  const notified: Extract<AgentActivity, { type: 'notification' }>[] = [];
  const observed = started({ onActivity: (what) => what.type === 'notification' && notified.push(what) });
  const { mac, path, polls, kinds, agent, logged } = observed;
  const other = connection(path);
  await polls(3);
  other.exec('BEGIN IMMEDIATE');
  mac.apply(broken);
  await polls(12);
  mac.apply(well);
  await polls(6);
  expect(notified.map(({ shown, notification }) => [shown, notification.purpose])).toEqual([
    [true, 'problem'],
    [true, 'solved'],
  ]);
  expect(kinds()).toEqual(['agent-started']);
  expect(agent.unwritten).toMatchObject({ since: expect.stringMatching(/^2026-/) });
  other.exec('ROLLBACK');
  await polls(1);
  expect(agent.unwritten).toBeNull();
  agent.finish('SIGTERM');

  const undisturbed = started();
  await undisturbed.polls(3);
  undisturbed.mac.apply(broken);
  await undisturbed.polls(12);
  undisturbed.mac.apply(well);
  await undisturbed.polls(7);
  undisturbed.agent.finish('SIGTERM');
  const rows = ({ path: database }: { path: string }) => {
    const reader = openReader({ path: database });
    // The id of a history is random.
    const state = reader.state().filter(({ key }) => key !== 'history');
    const all = [reader.events({}), reader.issues(), reader.sync(), state];
    reader.close();
    return all;
  };
  expect(rows({ path })).toEqual(rows(undisturbed));
  expect(logged).toEqual([
    'The history could not be written; events wait in memory.',
    'The history can be written again; what waited is recorded.',
  ]);
});
