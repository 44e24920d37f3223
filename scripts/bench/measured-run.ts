import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface MeasuredRun {
  /** Processor time of the process and of its children, in seconds. */
  readonly processorSeconds: number;
  readonly seconds: number;
  /** Of the process without its children, in MB. */
  readonly peakMegabytes: number;
}

/** The user of a run; null: the one that runs the bench. */
export type RunUser = { readonly uid: number; readonly gid: number } | null;

/** Runs a command and measures it. bash counts the processor time of children that have ended. */
export async function measuredRun(command: readonly string[], as: RunUser): Promise<MeasuredRun> {
  const began = performance.now();
  const child = spawn('bash', ['-c', '"$@" >/dev/null; times >&2', 'bash', ...command], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, ...childrenOf(child.pid ?? 0).map(peakOf));
  }, 50);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(sampling);
  const [user = 0, system = 0] = [
    ...(printed.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g),
  ].map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds));
  return {
    processorSeconds: user + system,
    seconds: (performance.now() - began) / 1000,
    peakMegabytes: peak / 1024,
  };
}

function childrenOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

function peakOf(pid: string): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
