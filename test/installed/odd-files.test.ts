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
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../helpers/cli.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { type InstalledAgent, installedAgent } from './installed-agent.ts';

/** What has the name of one of the agent's own files (docs/reliability.md). */

let agent: InstalledAgent;
beforeEach(async () => {
  agent = await installedAgent();
  mkdirSync(agent.dataDir, { recursive: true, mode: 0o700 });
}, 300_000);
afterEach(() => agent.end());

const kinds: Readonly<Record<string, (path: string) => void>> = {
  'a FIFO': (path) => execFileSync('mkfifo', [path]),
  'a link to /dev/zero': (path) => symlinkSync('/dev/zero', path),
  'a folder': (path) => mkdirSync(join(path, 'with a file'), { recursive: true }),
  '200 MB': (path) => {
    writeFileSync(path, '');
    truncateSync(path, 200 * 1024 * 1024);
  },
};
const every = (files: readonly string[]) =>
  files.flatMap((file) => Object.keys(kinds).map((kind): [string, string] => [kind, file]));

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

describe('the installed agent', () => {
  test.each(every(['settings.json', 'silences.json']))('watches on with %s as %s', async (kind, file) => {
    kinds[kind]?.(join(agent.dataDir, file));
    const run = agent.run();
    await until(() => existsSync(join(agent.dataDir, 'state.plist')), 'the first poll');
    agent.mac.apply({ psso: { registered: false, userPresent: false } });
    await until(
      () => recordedEvents(agent.dataDir).some(({ kind }) => kind === 'registration-lost'),
      'registration-lost',
    );
    expect(peakMegabytes(run.child.pid)).toBeLessThan(200);
    run.child.kill('SIGTERM');
    expect(await run.ended).toEqual({ status: 0, signal: null });
  });

  test.each(every(['agent.json', 'agent.lock', 'events.db', 'state.plist']))(
    'with %s as %s polls, or ends with one sentence',
    async (kind, file) => {
      kinds[kind]?.(join(agent.dataDir, file));
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
      const { status } = await run.ended;
      expect([0, 1]).toContain(status);
      expect(run.output.stderr.trim().split('\n').length).toBe(1);
      expect(run.output.stderr).not.toContain('unexpected');
    },
  );
});
