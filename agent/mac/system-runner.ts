import { type CommandName, commands } from './commands.ts';
import { OutputCollector } from './output-collector.ts';
import type { StartedProcess, StartProcess } from './processes/start.ts';
import { processStarter } from './processes/starter.ts';
import type { CommandOutcome, Runner } from './runner.ts';
import { placesBelow } from './sysroot.ts';

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
  /** How processes are started; usually the lightest way that this Node has. */
  readonly start?: StartProcess | Promise<StartProcess>;
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
  readonly #options: Required<Omit<SystemRunnerOptions, 'start' | 'sysroot'>>;
  readonly #place: (absolutePath: string) => string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #start: StartProcess | Promise<StartProcess>;
  readonly #running = new Set<CommandName>();
  readonly #stopping = new Set<() => void>();
  #closed = false;

  constructor({ start, sysroot, ...options }: SystemRunnerOptions) {
    this.#options = { timeoutMs: 10_000, killAfterMs: 2_000, limitBytes: 1024 * 1024, ...options };
    const { home, user } = options;
    this.#environment = {
      ...{ HOME: home, USER: user, LOGNAME: user },
      LANG: 'en_US.UTF-8',
      PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    };
    this.#place = placesBelow(sysroot);
    this.#start = start ?? processStarter();
  }

  async run(command: CommandName, args: readonly string[]): Promise<CommandOutcome> {
    const start = await this.#start;
    if (this.#closed) return { kind: 'signalled', signal: 'SIGKILL' };
    if (this.#running.has(command)) return { kind: 'busy' };
    this.#running.add(command);
    return await new Promise((resolve) => this.#attend(start, command, args, resolve));
  }

  /** Kills what runs and lets nothing start any more: for the end of the agent. What runs ends as `signalled`. */
  stopAll(): void {
    this.#closed = true;
    for (const stop of [...this.#stopping]) stop();
  }

  #attend(
    start: StartProcess,
    command: CommandName,
    args: readonly string[],
    resolve: (outcome: CommandOutcome) => void,
  ): void {
    const { timeoutMs, killAfterMs, limitBytes } = this.#options;
    const timers: NodeJS.Timeout[] = [];
    const output = new OutputCollector(limitBytes, () => stop('tooMuchOutput', 'SIGKILL'));
    let started: StartedProcess | null = null;
    let ended: { readonly status: number | null; readonly signal: string | null } = {
      status: null,
      signal: null,
    };
    let stopped: Stopped | null = null;
    let settled = false;

    const settle = (outcome: CommandOutcome): void => {
      if (settled) return;
      settled = true;
      for (const timer of timers) clearTimeout(timer);
      this.#stopping.delete(stopNow);
      started?.release();
      started = null;
      output.forget();
      resolve(outcome);
    };
    const stop = (why: Stopped, signal: 'SIGTERM' | 'SIGKILL'): void => {
      stopped ??= why;
      started?.kill(signal);
      if (signal === 'SIGTERM') timers.push(setTimeout(() => stop(why, 'SIGKILL'), killAfterMs));
      // Not even SIGKILL ends a process that waits inside the kernel: the cycle goes on, the command stays `busy`.
      else timers.push(setTimeout(() => settle(outcome()), lingerMs));
    };
    // After a busy spell the timer can come due before output that has long arrived: one more turn reads it.
    const lastTurn = (): void => void setImmediate(() => settle(outcome()));
    const stopNow = (): void => stop('stopped', 'SIGKILL');
    const outcome = (): CommandOutcome => {
      const { status, signal } = ended;
      if (stopped === 'timeout' || stopped === 'tooMuchOutput') return { kind: stopped };
      if (stopped === 'stopped' || status === null) return { kind: 'signalled', signal: signal ?? 'SIGKILL' };
      return { kind: 'exited', status, stdout: output.text('stdout'), stderr: output.text('stderr') };
    };

    this.#stopping.add(stopNow);
    timers.push(setTimeout(() => stop('timeout', 'SIGTERM'), timeoutMs));
    const what = {
      program: this.#place(commands[command]),
      args,
      folder: '/',
      environment: this.#environment,
    };
    started = start(what, {
      notStarted: (why) => {
        this.#running.delete(command);
        settle({ kind: why });
      },
      output: (stream, chunk) => output.take(stream, chunk),
      exited: (status, signal) => {
        this.#running.delete(command);
        ended = { status, signal };
        if (settled) return;
        // Its streams usually end in the same turn.
        setImmediate(() => {
          if (!settled) timers.push(setTimeout(lastTurn, lingerMs));
        });
      },
      closed: () => settle(outcome()),
    });
  }
}
