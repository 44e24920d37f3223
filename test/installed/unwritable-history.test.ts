import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runFilePath } from '../../agent/store/run-file.ts';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { until } from '../helpers/until.ts';
import { otherUser, SmallDiskAgent } from './small-disk-agent.ts';

/** The agent continues while its history can't be written, for any reason (docs/reliability.md). */

needsRoot();
needsLinux('a small disk is a tmpfs');

let here: SmallDiskAgent;

beforeEach(async () => {
  here = await SmallDiskAgent.install();
});
afterEach(() => here.end());

/** A run that starts without the history, sees the registration lost meanwhile, and gets the history back. */
async function runWithout(take: () => void, giveBack: () => void): Promise<void> {
  take();
  const run = here.start();
  await here.polls(3);
  here.lose();
  await here.polls(3);
  expect(run.child.exitCode).toBeNull();
  giveBack();
  await until(() => here.count('issue-opened') === 1, 'the issue');
  await here.stop(run);
}

describe('a history that cannot be written', () => {
  test.each<[string, () => void, () => void]>([
    ['a read-only volume', () => here.disk.remount('ro'), () => here.disk.remount('rw')],
    [
      'a folder without permissions',
      () => chmodSync(here.agent.dataDir, 0),
      () => chmodSync(here.agent.dataDir, 0o700),
    ],
    [
      'a read-only folder',
      () => chmodSync(here.agent.dataDir, 0o500),
      () => chmodSync(here.agent.dataDir, 0o700),
    ],
    [
      'a read-only database',
      () => chmodSync(join(here.agent.dataDir, 'events.db'), 0o400),
      () => chmodSync(join(here.agent.dataDir, 'events.db'), 0o600),
    ],
    [
      'files of another user',
      () => {
        for (const name of readdirSync(here.agent.dataDir)) chownSync(join(here.agent.dataDir, name), 0, 0);
      },
      () => {
        for (const name of readdirSync(here.agent.dataDir))
          chownSync(join(here.agent.dataDir, name), otherUser, otherUser);
      },
    ],
  ])('%s at the start: the agent stays, and records everything afterwards', async (_, take, giveBack) => {
    await here.earlierRun();
    await runWithout(take, giveBack);
    expect(here.milestones()).toEqual([
      ...['agent-started', 'agent-stopped', 'agent-started'],
      ...['registration-lost', 'issue-opened', 'agent-stopped'],
    ]);
    here.nothingTwice();
  });

  test.each<[string, () => void, () => void]>([
    ['a read-only volume', () => here.disk.remount('ro'), () => here.disk.remount('rw')],
    ['a full disk', () => here.disk.fill(), () => here.disk.free()],
  ])(
    '%s with a first page that is damaged: the agent stays, and salvages later',
    async (_, take, giveBack) => {
      await here.earlierRun();
      const before = here.ids();
      const opened = openSync(join(here.agent.dataDir, 'events.db'), 'r+');
      writeSync(opened, Buffer.alloc(4096, 0xa5), 0, 4096, 0);
      closeSync(opened);
      await runWithout(take, giveBack);
      expect(here.ids()).toEqual(expect.arrayContaining(before));
      expect(here.count('store-recovered')).toBe(1);
      expect(here.count('agent-crashed')).toBe(0);
      here.nothingTwice();
    },
  );

  test.each<[string, () => void, () => void]>([
    ['a read-only volume', () => here.disk.remount('ro'), () => here.disk.remount('rw')],
    [
      'a folder without permissions',
      () => chmodSync(here.agent.dataDir, 0),
      () => chmodSync(here.agent.dataDir, 0o700),
    ],
  ])('%s from the start to the end: a clean stop, and no crash afterwards', async (_, take, giveBack) => {
    await here.earlierRun();
    take();
    const run = here.start();
    await here.polls(3);
    await here.stop(run);
    giveBack();
    const next = here.start();
    await until(() => here.count('agent-started') === 2, 'the next start');
    await here.stop(next);
    expect(here.kinds()).not.toContain('agent-crashed');
    expect(existsSync(join(here.temporary, `psso-monitor-${otherUser}`, 'agent.json'))).toBe(false);
    expect(statSync(runFilePath(here.agent.dataDir)).mode & 0o777).toBe(0o600);
  });
});
