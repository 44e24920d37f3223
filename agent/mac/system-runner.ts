import { onStopSignal } from '../shared/stop-signals.ts';
import { type CommandName, commands } from './commands.ts';
import { type ProcessLimits, type RunningProcess, runProcess } from './run-process.ts';
import type { CommandOutcome, Runner } from './runner.ts';
import { pathsBelow } from './sysroot.ts';

export interface SystemRunnerOptions extends Partial<ProcessLimits> {
  /** Executables are looked up below this folder; null: where macOS has them. */
  readonly sysroot: string | null;
  /** The account's home folder and short name, for the commands' environment. */
  readonly home: string;
  readonly user: string;
  /**
   * For a process without handlers of its own: a signal that ends it, such as Ctrl-C, kills running commands
   * first. The terminal's signal does not reach their process groups.
   */
  readonly endsOnSignal?: boolean;
}

/**
 * Runs the real commands: absolute paths, no shell, a minimal environment (no NODE_*, DYLD_*, LC_*), empty
 * standard input. A command never overlaps itself, also when it can't be killed.
 *
 * A command that is stopped takes its children along. The children of one that ends by itself may stay.
 */
export class SystemRunner implements Runner {
  readonly #pathOf: (absolutePath: string) => string;
  readonly #limits: ProcessLimits;
  readonly #environment: Readonly<Record<string, string>>;
  /** Commands whose process has not ended yet. */
  readonly #busy = new Set<CommandName>();
  /** Processes whose outcome is awaited. */
  readonly #awaited = new Set<RunningProcess>();
  readonly #endsOnSignal: boolean;
  #stopHandling: (() => void) | null = null;
  #closed = false;

  constructor({ sysroot, home, user, endsOnSignal = false, ...limits }: SystemRunnerOptions) {
    this.#pathOf = pathsBelow(sysroot);
    this.#endsOnSignal = endsOnSignal;
    // app-sso talks to another process and can hang.
    this.#limits = { timeoutMs: 10_000, killAfterMs: 2_000, limitBytes: 1024 * 1024, ...limits };
    this.#environment = {
      HOME: home,
      USER: user,
      LOGNAME: user,
      LANG: 'en_US.UTF-8',
      PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    };
  }

  async run(command: CommandName, args: readonly string[]): Promise<CommandOutcome> {
    if (this.#closed) return { kind: 'signalled', signal: 'SIGKILL' };
    if (this.#busy.has(command)) return { kind: 'busy' };
    this.#busy.add(command);
    const what = { program: this.#pathOf(commands[command]), args, environment: this.#environment };
    const running = runProcess(what, this.#limits, () => this.#busy.delete(command));
    this.#awaited.add(running);
    if (this.#endsOnSignal) this.#stopHandling ??= onStopSignal((signal) => this.#endBy(signal));
    try {
      return await running.outcome;
    } finally {
      this.#awaited.delete(running);
      if (this.#awaited.size === 0) {
        this.#stopHandling?.();
        this.#stopHandling = null;
      }
    }
  }

  #endBy(signal: NodeJS.Signals): void {
    this.stopAll();
    this.#stopHandling?.();
    process.kill(process.pid, signal);
  }

  /** For the end of the agent: kills running commands (outcome `signalled`) and starts no more. */
  stopAll(): void {
    this.#closed = true;
    for (const running of this.#awaited) running.kill();
  }
}
