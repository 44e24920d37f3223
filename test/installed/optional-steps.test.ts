import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRunFile, runFilePath } from '../../agent/store/run-file.ts';
import { openStore } from '../../agent/store/sqlite-store.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { batch, manyEvents } from '../store/samples.ts';
import { type InstalledAgent, type InstalledRun, installedAgent } from './installed-agent.ts';

let installed: InstalledAgent;
let dataDir: string;
let database: string;

beforeEach(async () => {
  installed = await installedAgent();
  ({ dataDir } = installed);
  database = join(dataDir, 'events.db');
});

afterEach(() => installed.end());

const kinds = () => recordedEvents(dataDir).map(({ kind }) => kind);
const count = (kind: string) => kinds().filter((one) => one === kind).length;

const once = () => installed.command(['once', '--sysroot', join(installed.folder, 'Mac')]).status;

/** Waits until `count` more polls have ended, or an event of this kind is recorded twice. */
async function polls(wanted: number, kind: string): Promise<void> {
  const seen = new Set<number>();
  await until(() => {
    seen.add(statSync(runFilePath(dataDir)).mtimeMs);
    return seen.size > wanted || count(kind) > 1;
  }, `${wanted} polls`);
}

describe('a failed optional step changes no record', () => {
  test('without checkpoint and state file each change is recorded once, and the agent continues', async () => {
    // The file size limit admits the WAL, and not the end of the database.
    const limit = 512;
    const store = openStore({ path: database, agentVersion: '1.2.3', now: Date.now() });
    store.commit(batch({ events: manyEvents(2 * limit) }));
    store.close();
    expect(statSync(database).size).toBeGreaterThan(limit * 1024);
    mkdirSync(join(dataDir, 'state.plist'));

    const agent = installed.run({ fileLimitKiB: limit });
    await until(() => count('agent-started') > 0, 'the start');
    await polls(2, 'agent-started');
    installed.mac.apply({ psso: { registered: false, userPresent: false } });
    await until(() => count('issue-opened') > 0, 'issue-opened');
    await polls(4, 'issue-opened');
    expect(count('issue-opened')).toBe(1);
    installed.mac.apply({ psso: { registered: true, userPresent: true } });
    await until(() => count('issue-resolved') > 0, 'issue-resolved');
    await polls(2, 'issue-resolved');
    agent.child.kill('SIGTERM');
    const { status } = await agent.ended;
    expect({ status, ...agent.output }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(dataDir, 'agent.log'), 'utf8')).toContain('The checkpoint failed');

    const recorded = kinds().filter((kind) => kind !== 'token-refreshed');
    for (const kind of [
      'agent-started',
      'registration-lost',
      'issue-opened',
      'issue-resolved',
      'agent-stopped',
    ])
      expect(`${kind} ${recorded.filter((one) => one === kind).length}`).toBe(`${kind} 1`);

    // Without the limit no event is recorded again, and no crash is recorded.
    expect(once()).toBe(0);
    expect(kinds().filter((kind) => kind !== 'token-refreshed')).toEqual(recorded);
  });
});

/** The end of the run in `agent.json` and in the log. */
const ended = () => ({
  cleanStop: readRunFile(dataDir)?.cleanStop,
  log: readFileSync(join(dataDir, 'agent.log'), 'utf8'),
});

describe('the end of a run', () => {
  async function stopped(
    before: () => void,
  ): Promise<{ status: number | null; output: InstalledRun['output'] }> {
    const agent = installed.run({ every: 3600 });
    await until(() => readRunFile(dataDir)?.ownUse != null, 'the first poll');
    before();
    agent.child.kill('SIGTERM');
    const { status } = await agent.ended;
    return { status, output: agent.output };
  }

  test('is clean also when the database was moved and cannot be written', async () => {
    const { status, output } = await stopped(() =>
      renameSync(database, join(installed.folder, 'elsewhere.db')),
    );
    expect({ status, output }).toEqual({ status: 0, output: { stdout: '', stderr: '' } });
    expect(ended()).toMatchObject({
      cleanStop: true,
      log: expect.stringContaining('The end of the run could not be written'),
    });
    expect(once()).toBe(0);
    expect(kinds()).not.toContain('agent-crashed');
  });

  test('is in the history also when the run record cannot be written', async () => {
    const { status, output } = await stopped(() => {
      rmSync(runFilePath(dataDir));
      mkdirSync(runFilePath(dataDir));
    });
    expect({ status, output }).toEqual({ status: 0, output: { stdout: '', stderr: '' } });
    expect(ended().log).toContain('The clean stop could not be recorded');
    expect(existsSync(`${database}-wal`)).toBe(false);
    expect(kinds().at(-1)).toBe('agent-stopped');
  });
});
