import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  type Stats,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { skipTest } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { type InstalledAgent, installedAgent } from './installed-agent.ts';

/** What has the name of one of the agent's own files (docs/reliability.md). */

const kinds: Readonly<Record<string, (path: string) => void>> = {
  'a FIFO': (path) => execFileSync('mkfifo', [path]),
  'a link to /dev/zero': (path) => symlinkSync('/dev/zero', path),
  'a device': (path) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) skipTest('needs root on Linux: mknod');
    execFileSync('mknod', [path, 'c', '1', '5']);
  },
  'a folder': (path) => mkdirSync(join(path, 'with a file'), { recursive: true }),
  '200 MB': (path) => {
    writeFileSync(path, '');
    truncateSync(path, 200 * 1024 * 1024);
  },
};

/** Without these files the agent records everything. */
const spared = [
  ...['settings.json', 'silences.json', 'state.plist', 'agent.log', 'identity.key'],
  ...['events.db.reserve', 'events.db.suspect', 'events.db.salvage.partial'],
];
const needed = [
  ...['agent.json', 'agent.lock', 'agent.lock-journal'],
  ...['events.db', 'events.db-wal', 'events.db-shm', 'events.db-journal'],
];
const agentsAtOnce = 4;

/** An agent whose folder has this in the place of the file. */
async function agentWith(kind: string, file: string): Promise<InstalledAgent> {
  const agent = await installedAgent();
  onTestFinished(() => agent.end());
  mkdirSync(agent.dataDir, { recursive: true, mode: 0o700 });
  if (file === 'identity.key')
    writeFileSync(join(agent.dataDir, 'settings.json'), JSON.stringify({ StoredIdentity: 'hashed' }));
  kinds[kind]?.(join(agent.dataDir, file));
  return agent;
}

/** Runs a check for each file, several at once. An error names the file. */
async function forEach(files: readonly string[], check: (file: string) => Promise<void>): Promise<void> {
  const left = [...files];
  const lane = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      try {
        await check(file);
      } catch (error) {
        throw new Error(`as ${file}: ${String(error)}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: agentsAtOnce }, lane));
}

/** Linux only. A reader of an endless file grows by gigabytes. */
function peakMegabytes(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Before the first poll, the time of the run record is 1970. */
function isHeartbeat(file: Stats): boolean {
  return file.isFile() && file.size < 65_536 && file.mtimeMs > 0;
}

describe.each(Object.keys(kinds))('%s in the place of a file of the agent', (kind) => {
  test('that it can spare: it watches and records', () =>
    forEach(spared, async (file) => {
      const agent = await agentWith(kind, file);
      const run = agent.run();
      const record = join(agent.dataDir, 'agent.json');
      await until(() => existsSync(record) && isHeartbeat(statSync(record)), 'the first poll');
      agent.mac.apply({ psso: { registered: false, userPresent: false } });
      await until(
        () => recordedEvents(agent.dataDir).some(({ kind }) => kind === 'registration-lost'),
        'registration-lost',
      );
      expect(peakMegabytes(run.child.pid)).toBeLessThan(200);
      run.child.kill('SIGTERM');
      expect({ ...(await run.ended), ...run.output }).toMatchObject({ status: 0, signal: null });
    }));

  test('that it needs: it polls, or ends with one sentence', () =>
    forEach(needed, async (file) => {
      const agent = await agentWith(kind, file);
      const run = agent.run();
      let ended = false;
      run.ended.then(() => {
        ended = true;
      });
      // Where the history can't be written, the agent polls on without it.
      const polls = () => {
        try {
          return (
            isHeartbeat(statSync(join(agent.dataDir, 'agent.json'))) ||
            recordedEvents(agent.dataDir).length > 0
          );
        } catch {
          return false;
        }
      };
      await until(() => ended || polls(), 'the first poll or the end');
      expect(peakMegabytes(run.child.pid)).toBeLessThan(200);
      run.child.kill('SIGTERM');
      const { status, signal } = await run.ended;
      expect({ signal }).toEqual({ signal: null });
      expect([0, 1]).toContain(status);
      expect(run.output.stderr.trim().split('\n').length).toBe(1);
      expect(run.output.stderr).not.toContain('unexpected');
    }));
});
