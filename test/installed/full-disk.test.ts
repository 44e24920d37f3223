import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRunFile } from '../../agent/store/run-file.ts';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { SmallDiskAgent } from './small-disk-agent.ts';

/** The agent continues on a full disk (docs/reliability.md). */

needsRoot();
needsLinux('a small disk is a tmpfs');

let here: SmallDiskAgent;

beforeEach(async () => {
  here = await SmallDiskAgent.install();
});
afterEach(() => here.end());

describe('a disk that is full', () => {
  test('while the agent runs: every refresh is recorded, in order, when there is room', async () => {
    const run = here.start();
    await until(() => here.count('agent-started') === 1, 'the start');
    await here.polls(2);
    here.disk.fill();
    // SQLite first uses up the room in its files.
    let applied = 0;
    while (readRunFile(here.agent.dataDir)?.unwritten == null && applied++ < 40) await here.refresh(1);
    await here.refresh(4);
    const refreshed = () => here.count('token-refreshed');
    expect(refreshed()).toBeLessThan(applied);
    expect(JSON.parse(here.agent.command(['status', '--json']).stdout).agent.text).toContain(
      "The history can't be written since",
    );
    const doctor = here.agent.command([
      'doctor',
      '--json',
      '--sysroot',
      join(here.agent.folder, 'Mac'),
    ]).stdout;
    expect(JSON.parse(doctor).checks).toContainEqual(
      expect.objectContaining({
        id: 'database',
        verdict: 'fail',
        message: expect.stringContaining('events wait in the agent'),
      }),
    );
    here.disk.free();
    await until(() => refreshed() === applied + 4, 'all refreshes');
    await until(() => readRunFile(here.agent.dataDir)?.unwritten === null, 'the note is gone');
    here.nothingTwice();
    expect(recordedEvents(here.agent.dataDir).map(({ at }) => at)).toEqual(
      recordedEvents(here.agent.dataDir)
        .map(({ at }) => at)
        .sort(),
    );
    await here.stop(run);
    expect(here.kinds().at(-1)).toBe('agent-stopped');
    expect(here.milestones()).not.toContain('gap');
  });

  test('at the start: the agent watches, and records its start and what it saw when there is room', async () => {
    await here.earlierRun();
    rmSync(join(here.agent.dataDir, 'events.db.reserve'));
    here.disk.fill();
    const run = here.start();
    await here.polls(3);
    here.lose();
    await here.polls(3);
    here.gain();
    await here.polls(3);
    expect(run.child.exitCode).toBeNull();
    here.disk.free();
    await until(() => here.count('issue-resolved') === 1, 'the end of the issue');
    await here.stop(run);
    expect(here.milestones()).toEqual([
      ...['agent-started', 'agent-stopped', 'agent-started'],
      ...['registration-lost', 'issue-opened', 'registration-completed', 'issue-resolved', 'agent-stopped'],
    ]);
    here.nothingTwice();
  });

  test('at the first start of all: the agent watches, and begins the history when there is room', async () => {
    here.disk.fill();
    const killed = here.start();
    await here.polls(3);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const run = here.start();
    await here.polls(2);
    here.lose();
    await here.polls(3);
    expect(run.child.exitCode).toBeNull();
    here.disk.free();
    await until(() => here.count('issue-opened') === 1, 'the issue');
    await here.stop(run);
    expect(here.milestones()).toEqual([
      ...['agent-crashed', 'gap', 'agent-started', 'registration-lost', 'issue-opened', 'agent-stopped'],
    ]);
    expect(readdirSync(here.agent.dataDir).filter((name) => name.includes('corrupt'))).toEqual([]);
    here.nothingTwice();
  });

  test('at the end: exit status 0, the last events are recorded, and no crash afterwards', async () => {
    await here.earlierRun();
    const run = here.start();
    await until(() => here.count('agent-started') === 2, 'the start');
    here.disk.fill();
    await here.refresh(3);
    here.lose();
    await here.polls(3);
    await here.stop(run);
    expect(readRunFile(here.agent.dataDir)).toMatchObject({ cleanStop: true, unwritten: null });
    expect(here.kinds().at(-1)).toBe('agent-stopped');
    expect(here.count('registration-lost')).toBe(1);
    here.disk.free();
    const next = here.start();
    await until(() => here.count('agent-started') === 3, 'the next start');
    await here.polls(2);
    await here.stop(next);
    expect(here.kinds()).not.toContain('agent-crashed');
    expect(here.count('registration-lost')).toBe(1);
    here.nothingTwice();
  });

  test('at the end, without the reserve: what is lost is counted, and detected again', async () => {
    await here.earlierRun();
    rmSync(join(here.agent.dataDir, 'events.db.reserve'));
    here.disk.fill();
    const run = here.start();
    await here.polls(2);
    here.lose();
    await here.polls(3);
    await here.stop(run);
    const { unwritten = null } = readRunFile(here.agent.dataDir) ?? {};
    expect(unwritten?.events).toBeGreaterThan(2);
    here.disk.free();
    const next = here.start();
    await until(() => here.count('registration-lost') === 1, 'the loss');
    await here.stop(next);
    expect(here.kinds()).not.toContain('agent-crashed');
    const gap = recordedEvents(here.agent.dataDir).find(({ detail }) => detail.includes('notWritten'));
    expect(gap).toMatchObject({
      severity: 'low',
      summary: `${unwritten?.events} events of the previous run were not recorded: the history could not be written.`,
      detail: JSON.stringify({ reason: 'notWritten', from: unwritten?.since, events: unwritten?.events }),
    });
    here.nothingTwice();
  });

  test('kill -9 loses only what waited: the next run detects it again, and nothing is recorded twice', async () => {
    await here.earlierRun();
    here.disk.fill();
    const run = here.start();
    await here.polls(2);
    here.lose();
    await here.polls(3);
    run.child.kill('SIGKILL');
    await run.ended;
    here.disk.free();
    const next = here.start();
    await until(() => here.count('registration-lost') === 1, 'the loss');
    await here.stop(next);
    expect(here.count('agent-crashed')).toBe(1);
    here.nothingTwice();
  });

  test('keeps the back-off after quick deaths', async () => {
    await here.earlierRun();
    here.disk.fill();
    for (let death = 1; death <= 3; death++) {
      const run = here.start();
      await here.polls(1);
      run.child.kill('SIGKILL');
      await run.ended;
      expect(readRunFile(here.agent.dataDir)?.quickDeaths).toBe(death - 1);
    }
    const run = here.start();
    await until(() => run.output.stderr.includes('3 runs in a row'), 'the wait');
    await here.stop(run);
  });
});
