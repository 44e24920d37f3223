import { type CommandName, commands } from './commands.ts';
import { type ProcessLimits, type RunningProcess, runProcess } from './run-process.ts';
import type { CommandOutcome, Runner } from './runner.ts';
import { below } from './sysroot.ts';

export interface SystemRunnerOptions extends Partial<ProcessLimits> {
  /** Executables are looked up below this folder; null: where macOS has them. */
  readonly sysroot: string | null;
  /** The account's home folder and short name, for the commands' environment. */
  readonly home: string;
  readonly user: string;
}

/**
 * Runs the real commands: absolute paths, no shell, a minimal environment (no NODE_*, DYLD_*, LC_*), empty
 * standard input. A command never overlaps itself, also when it can't be killed.
 *
 * Commands get no process groups: libuv would call setsid, which takes a command out of the user's session.
 */
export class SystemRunner implements Runner {
  readonly #sysroot: string | null;
  readonly #limits: ProcessLimits;
  readonly #environment: Readonly<Record<string, string>>;
  /** Commands whose process has not ended yet. */
  readonly #busy = new Set<CommandName>();
  /** Processes whose outcome is awaited. */
  readonly #awaited = new Set<RunningProcess>();
  #closed = false;

  constructor({ sysroot, home, user, ...limits }: SystemRunnerOptions) {
    this.#sysroot = sysroot;
    // app-sso talks to another process and can hang.
    this.#limits = { timeoutMs: 10_000, killAfterMs: 2_000, limitBytes: 1024 * 1024, ...limits };
    this.#environment = {
      ...{ HOME: home, USER: user, LOGNAME: user },
      LANG: 'en_US.UTF-8',
      PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    };
  }

  async run(command: CommandName, args: readonly string[]): Promise<CommandOutcome> {
    if (this.#closed) return { kind: 'signalled', signal: 'SIGKILL' };
    if (this.#busy.has(command)) return { kind: 'busy' };
    this.#busy.add(command);
    const what = { program: below(this.#sysroot, commands[command]), args, environment: this.#environment };
    const running = runProcess(what, this.#limits, () => this.#busy.delete(command));
    this.#awaited.add(running);
    try {
      return await running.outcome;
    } finally {
      this.#awaited.delete(running);
    }
  }

  /** For the end of the agent: kills running commands (outcome `signalled`) and starts no more. */
  stopAll(): void {
    this.#closed = true;
    for (const running of this.#awaited) running.kill();
  }
}
