import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Linux only: what /proc says of a process. */

export interface Memory {
  /** KiB; shared pages count in part. */
  readonly pss: number;
  /** KiB; the nearest to what macOS's Activity Monitor shows. */
  readonly privateDirty: number;
}

export function memoryOf(pid: number): Memory {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const value = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? Number.NaN);
  return { pss: value('Pss'), privateDirty: value('Private_Dirty') };
}

/** Seconds of processor time so far: of the running threads (exact to 1 ns), and of ended children. */
export function processorTimeOf(pid: number): { own: number; children: number } {
  const own = readdirSync(`/proc/${pid}/task`)
    .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]))
    .reduce((sum, nanoseconds) => sum + nanoseconds, 0);
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  const ticks = 100;
  const at = (index: number) => (fields[index] ?? 0) / ticks;
  return { own: own / 1e9, children: at(13) + at(14) };
}

/** How often any of its threads has waited for something so far. */
export function wakeUpsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'))
    .reduce((sum, status) => sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0), 0);
}

/** Runs something beside a process, and ends the process. */
export async function beside<T>(
  command: readonly string[],
  environment: Record<string, string>,
  use: (pid: number, child: ChildProcess) => Promise<T>,
): Promise<T> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env: environment, stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    return await use(child.pid ?? 0, child);
  } finally {
    child.kill('SIGTERM');
    await Promise.race([gone, sleep(5000)]);
  }
}

/** Wall-clock milliseconds of a command, from its start to its end. Its output is read, as a script does. */
export async function timed(
  command: readonly string[],
  environment: Record<string, string>,
): Promise<number> {
  const [program = '', ...args] = command;
  const began = process.hrtime.bigint();
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.resume();
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return Number(process.hrtime.bigint() - began) / 1e6;
}
