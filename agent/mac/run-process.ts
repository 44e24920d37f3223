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
  const run = new ProcessRun(limits, onEnd);
  run.start(what);
  return run;
}

class ProcessRun implements RunningProcess {
  readonly outcome: Promise<CommandOutcome>;
  readonly #resolve: (outcome: CommandOutcome) => void;
  readonly #limits: ProcessLimits;
  readonly #onEnd: () => void;
  readonly #output: OutputCollector;
  readonly #timers: NodeJS.Timeout[] = [];
  /** Null: it is not started, or could not be. */
  #child: ChildProcessByStdio<null, Readable, Readable> | null = null;
  /** Null: it has not ended. */
  #exit: { readonly status: number | null; readonly signal: string | null } | null = null;
  /** The first reason to stop it; null: there is none. */
  #stopped: Stopped | null = null;
  #settled = false;

  constructor(limits: ProcessLimits, onEnd: () => void) {
    const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
    this.#limits = limits;
    this.#onEnd = onEnd;
    this.#output = new OutputCollector(limits.limitBytes, () => this.#stop('tooMuchOutput', 'SIGKILL'));
  }

  start({ program, args, environment }: ProcessToRun): void {
    let child: ChildProcessByStdio<null, Readable, Readable>;
    try {
      child = spawn(program, args, {
        cwd: '/',
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: false,
        detached: true,
      });
    } catch (error) {
      // Node throws for arguments that no command can be given, such as one with a NUL.
      this.#notStarted(error);
      return;
    }
    this.#child = child;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => this.#output.take(name, chunk));
      // Output before a stream error is kept. The exit status decides.
      child[name].on('error', () => {});
    }
    child.on('error', (error) => {
      if (child.pid === undefined) this.#notStarted(error);
    });
    child.once('exit', (status, signal) => this.#ended({ status, signal }));
    child.once('close', () => this.#settleAsEnded());
    this.#after(this.#limits.timeoutMs, () => this.#stop('timeout', 'SIGTERM'));
  }

  kill(): void {
    if (this.#child !== null) this.#stop('killed', 'SIGKILL');
  }

  #notStarted(error: unknown): void {
    this.#onEnd();
    this.#settle({ kind: isMissing(error) ? 'missing' : 'denied' });
  }

  /** Output can still arrive: from before the exit, and from children of the process. */
  #ended(exit: { readonly status: number | null; readonly signal: string | null }): void {
    this.#onEnd();
    this.#exit = exit;
    // The children of a stopped process have no other end: SIGTERM can have ended their parent alone.
    if (this.#stopped !== null) this.#signalGroup('SIGKILL');
    // A late timer can fire before output that already arrived; one more turn of the event loop reads it.
    if (!this.#settled) this.#after(lingerMs, () => setImmediate(() => this.#settleAsEnded()));
  }

  #stop(why: Stopped, signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#stopped ??= why;
    this.#signalGroup(signal);
    if (signal === 'SIGTERM') this.#after(this.#limits.killAfterMs, () => this.#stop(why, 'SIGKILL'));
    // Not even SIGKILL ends a process that waits inside the kernel.
    else this.#after(lingerMs, () => this.#settleAsEnded());
  }

  #signalGroup(signal: 'SIGTERM' | 'SIGKILL'): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // ESRCH: none of the group is left. EPERM: what is left runs as another user.
    }
  }

  #after(milliseconds: number, then: () => void): void {
    this.#timers.push(setTimeout(then, milliseconds));
  }

  #settleAsEnded(): void {
    const { status = null, signal = null } = this.#exit ?? {};
    if (this.#stopped === 'timeout' || this.#stopped === 'tooMuchOutput')
      this.#settle({ kind: this.#stopped });
    else if (this.#stopped === 'killed' || status === null)
      this.#settle({ kind: 'signalled', signal: signal ?? 'SIGKILL' });
    else
      this.#settle({
        kind: 'exited',
        status,
        stdout: this.#output.text('stdout'),
        stderr: this.#output.text('stderr'),
      });
  }

  #settle(outcome: CommandOutcome): void {
    if (this.#settled) return;
    this.#settled = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#child?.stdout.destroy();
    this.#child?.stderr.destroy();
    this.#resolve(outcome);
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
