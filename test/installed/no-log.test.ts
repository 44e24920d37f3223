import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { type InstalledAgent, installedAgent } from './installed-agent.ts';

/** The agent continues without a log, for any reason why it can't be opened (docs/reliability.md). */

let agent: InstalledAgent;
let log: string;
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

beforeEach(async () => {
  agent = await installedAgent();
  log = join(agent.dataDir, 'agent.log');
});
afterEach(() => agent.end());

const events = () => recordedEvents(agent.dataDir).map(({ kind }) => kind);

function giveToNobody(): void {
  for (const path of [agent.folder, agent.dataDir]) chownSync(path, nobody, nobody);
}

/** Starts the agent, waits until it has recorded a change of the Mac, and ends it. */
async function watchesOn(options: { uid?: number } = {}): Promise<string> {
  const run = agent.run(options);
  await until(() => events().includes('agent-started'), 'the start');
  await until(() => existsSync(join(agent.dataDir, 'state.plist')), 'the first poll');
  agent.mac.apply({ psso: { registered: false, userPresent: false } });
  await until(() => events().includes('registration-lost'), 'registration-lost');
  run.child.kill('SIGTERM');
  expect(await run.ended).toEqual({ status: 0, signal: null });
  expect(run.output.stdout).toBe('');
  return run.output.stderr;
}

const once = (why: RegExp) => new RegExp(`^psso-monitor: no log is kept: [^\\n]*${why.source}[^\\n]*\\n$`);

describe('the installed agent without a log', () => {
  test('polls with a folder in the place of the log, and reports it once', async () => {
    mkdirSync(log, { recursive: true });
    expect(await watchesOn()).toMatch(once(/EISDIR/));
  });

  test('neither hangs nor ignores SIGTERM with a FIFO in the place of the log', async () => {
    mkdirSync(agent.dataDir, { recursive: true });
    execFileSync('mkfifo', [log]);
    expect(await watchesOn()).toMatch(once(/ENXIO/));
  });

  test('a log that belongs to root: it watches as its user', async () => {
    if (!isRoot) skipTest('needs root');
    mkdirSync(agent.dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(log, '', { mode: 0o600 });
    giveToNobody();
    expect(await watchesOn({ uid: nobody })).toMatch(once(/EACCES/));
  });

  test('a full disk below the log', async () => {
    if (process.platform !== 'linux') skipTest('needs Linux: a small disk is a tmpfs');
    if (!isRoot) skipTest('needs root');
    const small = join(agent.folder, 'small');
    mkdirSync(small);
    mkdirSync(agent.dataDir, { recursive: true, mode: 0o700 });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=64k,uid=${nobody},gid=${nobody}`, 'tmpfs', small]);
    try {
      // Only the log is on the full disk. Root would follow no link.
      spawnSync('dd', ['if=/dev/zero', `of=${join(small, 'fill')}`, 'bs=1k']);
      symlinkSync(join(small, 'agent.log'), log);
      giveToNobody();
      expect(await watchesOn({ uid: nobody })).toMatch(once(/ENOSPC/));
    } finally {
      execFileSync('umount', [small]);
    }
  });

  test('opens the log as soon as possible; until then doctor reports that there is none', async () => {
    mkdirSync(log, { recursive: true });
    const run = agent.run();
    await until(() => events().includes('agent-started'), 'the start');
    const doctor = () =>
      JSON.parse(
        cli(['doctor', '--json', '--sysroot', join(agent.folder, 'Mac'), '--data-dir', agent.dataDir]).stdout,
      ).checks.find(({ id }: { id: string }) => id === 'log');
    expect(doctor()).toMatchObject({ verdict: 'warn', message: expect.stringContaining('There is no log') });
    rmSync(log, { recursive: true });
    expect(doctor()).toMatchObject({ verdict: 'pass' });
    run.child.kill('SIGTERM');
    await run.ended;
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'Stopped.',
      'The log could not be written for a while; lines are missing.',
    ]);
  });

  test('waits after quick deaths without a log too', async () => {
    mkdirSync(log, { recursive: true });
    const now = new Date().toISOString();
    const died = { pid: 1, startedAt: now, version: '0.0.1', cleanStop: false, quickDeaths: 8 };
    writeFileSync(join(agent.dataDir, 'agent.json'), JSON.stringify(died));
    const run = agent.run();
    await until(() => run.output.stderr.includes('9 runs in a row'), 'the wait');
    run.child.kill('SIGTERM');
    expect(await run.ended).toEqual({ status: 0, signal: null });
  });
});
