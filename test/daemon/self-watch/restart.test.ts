import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { doctorOutput } from '../../../agent/doctor/doctor-output.ts';
import { statusOutput } from '../../../agent/history/status-output.ts';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { openReader } from '../../../agent/store/reader.ts';
import { readRunFile, runFilePath } from '../../../agent/store/run-file.ts';
import { cli } from '../../helpers/cli.ts';
import { until } from '../../helpers/until.ts';

const script = fileURLToPath(new URL('processes/small-limits.ts', import.meta.url));

test('an agent over its limits records why it ends, is started again by launchd, and continues', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso monitor restart '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [sysroot, dataDir] = [join(folder, 'mac'), join(folder, 'data')];
  const database = join(dataDir, 'events.db');
  installSysroot(sysroot);

  const start = () => {
    const child = spawn(process.execPath, [script, sysroot, dataDir], {
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return { child, ended: once(child, 'close').then(([status]) => ({ status, stderr })) };
  };
  const log = () =>
    existsSync(join(dataDir, 'agent.log')) ? readFileSync(join(dataDir, 'agent.log'), 'utf8') : '';

  // Not 0, so launchd starts it again also with KeepAlive narrowed to failures. No error is printed.
  expect(await start().ended).toEqual({ status: 1, stderr: '' });
  expect(readRunFile(dataDir)).toMatchObject({
    cleanStop: true,
    quickDeaths: 0,
    selfRestart: { because: expect.stringMatching(/^\d+ MB of memory \(limit 1 MB\)$/) },
  });
  expect(log()).toContain('The agent restarts itself: ');
  // Closed cleanly: the one file holds all records and is undamaged.
  expect(existsSync(`${database}-wal`)).toBe(false);
  const db = new Database(database, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();

  // As launchd does: each time the agent ends by itself.
  const starts: ReturnType<typeof start>[] = [];
  let stopping = false;
  const launchd = (async () => {
    while (!stopping) {
      const run = start();
      starts.push(run);
      const ended = await run.ended;
      if (stopping) return ended;
    }
    return null;
  })();
  await until(
    () => log().includes('less than a day ago, so it continues'),
    'the second run to be over its limits',
  );
  const polls = new Set<number>();
  await until(() => polls.add(statSync(runFilePath(dataDir)).mtimeMs).size > 3, 'polls after that');
  expect(starts).toHaveLength(1);

  const status = statusOutput.parse(JSON.parse(cli(['status', '--json', '--data-dir', dataDir]).stdout));
  expect(status.agent).toMatchObject({
    running: true,
    text: expect.stringContaining('It uses more than it should'),
    ownUse: { overLimits: [expect.stringContaining('of memory')] },
    selfRestart: readRunFile(dataDir)?.selfRestart,
  });
  const args = ['doctor', '--json', '--sysroot', sysroot, '--data-dir', dataDir];
  const doctor = doctorOutput.parse(JSON.parse(cli(args).stdout));
  const check = doctor.checks.find(({ id }) => id === 'own-use');
  expect(check?.message).toContain('It restarted itself at');

  stopping = true;
  starts[0]?.child.kill('SIGTERM');
  expect(await launchd).toEqual({ status: 0, stderr: '' });
  const reader = openReader({ path: database });
  const events = reader.events({});
  reader.close();
  // A loaded machine takes long enough between the two runs for a gap.
  expect(events.map(({ kind }) => kind).filter((kind) => kind.startsWith('agent-'))).toEqual([
    ...['agent-started', 'agent-stopped', 'agent-started', 'agent-stopped'],
  ]);
  const why = events.find(({ kind }) => kind === 'agent-stopped');
  expect(why).toMatchObject({
    severity: 'low',
    summary: expect.stringMatching(/^The agent restarts: \d+ MB/),
  });
  expect(JSON.parse(why?.detail ?? '')).toMatchObject({
    reason: 'overItsLimits',
    over: [{ what: 'memory', measured: expect.any(Number), limit: 1_000_000 }],
  });
});
