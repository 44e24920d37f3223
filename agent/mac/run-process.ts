import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { OutputCollector } from './output-collector.ts';
import type { CommandOutcome } from './runner.ts';

export interface ProcessToRun {
  /** An absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ProcessLimits {
  /** Milliseconds until SIGTERM. */
  readonly timeoutMs: number;
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly killAfterMs: number;
  /** The most that a process may print, both streams together. */
  readonly limitBytes: number;
}

export interface RunningProcess {
  /** Never rejects. */
  readonly outcome: Promise<CommandOutcome>;
  /** Kills the process and its children; the outcome is then `signalled`. */
  kill(): void;
}

/** How long output may arrive after the exit: children of the process can keep its streams open. */
const lingerMs = 200;

type Stopped = 'timeout' | 'tooMuchOutput' | 'killed';

/**
 * Runs a process in the root folder, without a shell and with nothing on its standard input.
 *
 * The process leads a process group, so that a signal to it reaches its children too. libuv makes the group
 * by setsid, as launchd does for each LaunchAgent. A macOS user session is an audit session and a bootstrap
 * namespace; setsid changes neither.
 *
 * `onEnd` is called when the process itself has ended or could not be started. A process that can't be killed
 * has an outcome before that.
 */
export function runProcess(what: ProcessToRun, limits: ProcessLimits, onEnd: () => void): RunningProcess {
  const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
  const timers: NodeJS.Timeout[] = [];
  const output = new OutputCollector(limits.limitBytes, () => stop('tooMuchOutput', 'SIGKILL'));
  let child: ChildProcessByStdio<null, Readable, Readable> | null = null;
  let exit: { readonly status: number | null; readonly signal: string | null } | null = null;
  let stopped: Stopped | null = null;
  let settled = false;

  const settle = (outcome: CommandOutcome): void => {
    if (settled) return;
    settled = true;
    for (const timer of timers) clearTimeout(timer);
    child?.stdout.destroy();
    child?.stderr.destroy();
    resolve(outcome);
  };
  const settleAsEnded = (): void => {
    if (stopped === 'timeout' || stopped === 'tooMuchOutput') settle({ kind: stopped });
    else if (stopped === 'killed' || exit === null || exit.status === null)
      settle({ kind: 'signalled', signal: exit?.signal ?? 'SIGKILL' });
    else
      settle({
        kind: 'exited',
        status: exit.status,
        stdout: output.text('stdout'),
        stderr: output.text('stderr'),
      });
  };
  const signalGroup = (signal: 'SIGTERM' | 'SIGKILL'): void => {
    if (child?.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // ESRCH: none of the group is left. EPERM: what is left runs as another user.
    }
  };
  const stop = (why: Stopped, signal: 'SIGTERM' | 'SIGKILL'): void => {
    stopped ??= why;
    signalGroup(signal);
    if (signal === 'SIGTERM') timers.push(setTimeout(() => stop(why, 'SIGKILL'), limits.killAfterMs));
    // Not even SIGKILL ends a process that waits inside the kernel.
    else timers.push(setTimeout(settleAsEnded, lingerMs));
  };
  const notStarted = (error: unknown): void => {
    onEnd();
    settle({ kind: isMissing(error) ? 'missing' : 'denied' });
  };

  try {
    child = spawn(what.program, what.args, {
      cwd: '/',
      env: what.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      detached: true,
    });
  } catch (error) {
    // Node throws for arguments that no command can be given, such as one with a NUL.
    notStarted(error);
    return { outcome: promise, kill() {} };
  }
  const started = child;
  for (const name of ['stdout', 'stderr'] as const) {
    started[name].on('data', (chunk: Buffer) => output.take(name, chunk));
    // Output before a stream error is kept. The exit status decides.
    started[name].on('error', () => {});
  }
  started.on('error', (error) => {
    if (started.pid === undefined) notStarted(error);
  });
  started.once('exit', (status, signal) => {
    onEnd();
    exit = { status, signal };
    // The children of a stopped process have no other end: SIGTERM can have ended their parent alone.
    if (stopped !== null) signalGroup('SIGKILL');
    // A late timer can fire before output that already arrived; one more turn of the event loop reads it.
    if (!settled) timers.push(setTimeout(() => setImmediate(settleAsEnded), lingerMs));
  });
  started.once('close', settleAsEnded);
  timers.push(setTimeout(() => stop('timeout', 'SIGTERM'), limits.timeoutMs));
  return { outcome: promise, kill: () => stop('killed', 'SIGKILL') };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
