import { type ChildProcess, spawn } from 'node:child_process';
import { type CommandName, commands } from './commands.ts';
import { OutputCollector } from './output-collector.ts';
import type { CommandOutcome, Runner } from './runner.ts';
import { below } from './sysroot.ts';

export interface SystemRunnerOptions {
  /** Executables are looked up below this folder; null: where macOS has them. */
  readonly sysroot: string | null;
  /** The account's home folder and short name: what the commands are told of who they run for. */
  readonly home: string;
  readonly user: string;
  /** Milliseconds until SIGTERM. app-sso talks to another process and can hang. */
  readonly timeoutMs?: number;
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly killAfterMs?: number;
  /** The most that a command may print, both streams together. */
  readonly limitBytes?: number;
}

/** How long after its exit a command's output may still come in; its own children may hold the streams open for ever. */
const lingerMs = 200;

type Stopped = 'timeout' | 'tooMuchOutput' | 'stopped';

/**
 * Runs the real commands: absolute paths, no shell, a minimal environment (none of NODE_*, DYLD_*, LC_*), nothing on
 * standard input. A command never overlaps itself, and that includes one that can't be killed.
 *
 * Not in process groups of their own: libuv would need setsid for it, which takes a command out of the user's session.
 */
export class SystemRunner implements Runner {
  readonly #options: Required<SystemRunnerOptions>;
  readonly #running = new Map<CommandName, ChildProcess>();
  readonly #stopping = new Set<() => void>();
  #closed = false;

  constructor(options: SystemRunnerOptions) {
    this.#options = { timeoutMs: 10_000, killAfterMs: 2_000, limitBytes: 1024 * 1024, ...options };
  }

  run(command: CommandName, args: readonly string[]): Promise<CommandOutcome> {
    if (this.#closed) return Promise.resolve({ kind: 'signalled', signal: 'SIGKILL' });
    if (this.#running.has(command)) return Promise.resolve({ kind: 'busy' });
    let child: ChildProcess;
    try {
      child = this.#spawn(command, args);
    } catch (error) {
      // Node reports some errors of starting a process this way, and arguments that no command can be given.
      return Promise.resolve(notStarted(error));
    }
    this.#running.set(command, child);
    return new Promise((resolve) => {
      this.#attend(child, () => this.#running.delete(command), resolve);
    });
  }

  /** Kills what runs and lets nothing start any more: for the end of the agent. What runs ends as `signalled`. */
  stopAll(): void {
    this.#closed = true;
    for (const stop of [...this.#stopping]) stop();
  }

  #spawn(command: CommandName, args: readonly string[]): ChildProcess {
    const { sysroot, home, user } = this.#options;
    return spawn(below(sysroot, commands[command]), [...args], {
      cwd: '/',
      env: {
        HOME: home,
        USER: user,
        LOGNAME: user,
        LANG: 'en_US.UTF-8',
        PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
    });
  }

  #attend(child: ChildProcess, gone: () => void, resolve: (outcome: CommandOutcome) => void): void {
    const { timeoutMs, killAfterMs, limitBytes } = this.#options;
    const timers: NodeJS.Timeout[] = [];
    const output = new OutputCollector(child, limitBytes, () => stop('tooMuchOutput', 'SIGKILL'));
    let stopped: Stopped | null = null;
    let settled = false;

    const settle = (outcome: CommandOutcome): void => {
      if (settled) return;
      settled = true;
      for (const timer of timers) clearTimeout(timer);
      this.#stopping.delete(stopNow);
      output.release();
      resolve(outcome);
    };
    const stop = (why: Stopped, signal: 'SIGTERM' | 'SIGKILL'): void => {
      stopped ??= why;
      child.kill(signal);
      if (signal === 'SIGTERM') timers.push(setTimeout(() => stop(why, 'SIGKILL'), killAfterMs));
      // Not even SIGKILL ends a process that waits inside the kernel: the cycle goes on, the command stays `busy`.
      else timers.push(setTimeout(() => settle(outcomeOf(null, null)), lingerMs));
    };
    const stopNow = (): void => stop('stopped', 'SIGKILL');
    const outcomeOf = (status: number | null, signal: string | null): CommandOutcome => {
      if (stopped === 'timeout' || stopped === 'tooMuchOutput') return { kind: stopped };
      if (stopped === 'stopped' || status === null) return { kind: 'signalled', signal: signal ?? 'SIGKILL' };
      return { kind: 'exited', status, stdout: output.stdout(), stderr: output.stderr() };
    };

    this.#stopping.add(stopNow);
    timers.push(setTimeout(() => stop('timeout', 'SIGTERM'), timeoutMs));
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      gone();
      settle(notStarted(error));
    });
    child.once('exit', (status, signal) => {
      gone();
      if (settled) return;
      // After a busy spell the timer can come due before output that has long arrived: one more turn reads it.
      timers.push(setTimeout(() => setImmediate(() => settle(outcomeOf(status, signal))), lingerMs));
    });
    child.once('close', (status, signal) => settle(outcomeOf(status, signal)));
  }
}

/** Whatever keeps a command from starting, other than that it isn't there, is a refusal. */
function notStarted(error: unknown): CommandOutcome {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'denied' };
}
