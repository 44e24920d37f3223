import type { Files } from '../mac/files.ts';
import type { CommandOutcome, Runner } from '../mac/runner.ts';
import { applyChange, initialMac, type MacChange, type MacState } from '../mac/simulated/model.ts';
import type { AnswerAt, SimulatedCommand } from '../mac/simulated/renderer.ts';
import type { Clock } from '../shared/clock.ts';
import { failed, read } from '../shared/reading.ts';
import type { SessionUser } from '../shared/session-user.ts';
import type { Timers } from '../shared/timers.ts';
import { answerOf, filesOf, isSimulated } from './answer.ts';

/**
 * A Mac in virtual time: answers commands and files from the model at once. Only its caller moves the time.
 */
export class VirtualMac {
  readonly #start: number;
  #state: MacState;
  #elapsed = 0;
  #asleep = 0;
  #clockOffset = 0;
  /** Cached for this state: rendering for each poll would take most of the time of a replay. */
  #answers = new Map<string, AnswerAt>();
  #files: Map<string, Uint8Array | null> | null = null;
  #changes = 0;
  readonly #shown: string[][] = [];
  #timers: { readonly dueAwake: number; readonly run: () => Promise<void> }[] = [];

  constructor(options: {
    start: number;
    macos: string;
    user: string;
    settings?: Readonly<Record<string, unknown>>;
    /** False: the monotonic clock stands still in sleep, as on Linux. */
    monotonicCountsSleep?: boolean;
  }) {
    const { start, monotonicCountsSleep = true } = options;
    this.#start = start;
    this.#state = initialMac(options);
    this.clock = {
      now: () => this.#start + this.#elapsed + this.#clockOffset,
      monotonic: () => (monotonicCountsSleep ? this.#elapsed : this.#elapsed - this.#asleep),
      monotonicCountsSleep,
    };
  }

  get state(): MacState {
    return this.#state;
  }

  /** Real milliseconds since the start. */
  get elapsed(): number {
    return this.#elapsed;
  }

  get awake(): boolean {
    return this.#state.power === 'awake';
  }

  get who(): SessionUser {
    return { name: this.#state.user, home: `/Users/${this.#state.user}` };
  }

  /** The arguments of every call of osascript, oldest first. */
  get shown(): readonly (readonly string[])[] {
    return this.#shown;
  }

  /** By default as on macOS: the monotonic clock continues in sleep. */
  readonly clock: Clock;

  readonly runner: Runner = {
    run: async (command, args): Promise<CommandOutcome> => {
      if (!isSimulated(command)) return { kind: 'missing' };
      if (command === 'osascript') this.#shown.push([...args]);
      const answer = this.#cachedAnswer(command, args)(this.clock.now());
      return answer.kind === 'hangs' ? { kind: 'timeout' } : answer;
    },
  };

  readonly files: Files = {
    read: async (path) => {
      this.#files ??= new Map(
        Array.from(filesOf(this.#state), ([name, content]) => [
          name,
          content === null ? null : Buffer.from(content),
        ]),
      );
      const content = this.#files.get(path);
      if (content === undefined) return failed('missing', 'there is no such file');
      return content === null ? failed('denied', 'macOS does not let it be read') : read(content);
    },
    // Every change of this Mac may change any file.
    stamp: async () => String(this.#changes),
  };

  /** Timers of a process on this Mac. They count time awake only, as macOS's and Linux's do. */
  readonly timers: Timers = {
    after: (milliseconds, run) => {
      const timer = { dueAwake: this.#elapsed - this.#asleep + milliseconds, run };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((one) => one !== timer);
      };
    },
  };

  /**
   * When the next timer is due if the Mac stays awake, in real milliseconds since the start; null: there is
   * none.
   */
  get nextTimerAt(): number | null {
    const due = this.#timers.map(({ dueAwake }) => dueAwake + this.#asleep);
    return due.length === 0 ? null : Math.min(...due);
  }

  /** Runs the timers that are due now, and waits for what they do. */
  async runTimers(): Promise<void> {
    const awake = this.#elapsed - this.#asleep;
    const due = this.#timers.filter(({ dueAwake }) => dueAwake <= awake);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { run } of due) await run();
  }

  advanceTo(elapsed: number): void {
    const passed = Math.max(0, elapsed - this.#elapsed);
    this.#elapsed += passed;
    if (!this.awake) this.#asleep += passed;
  }

  apply(change: MacChange): void {
    this.#clockOffset += change.clock ?? 0;
    this.#state = applyChange(this.#state, change, this.clock.now());
    this.#answers = new Map();
    this.#files = null;
    this.#changes++;
  }

  #cachedAnswer(command: SimulatedCommand, args: readonly string[]): AnswerAt {
    const key = [command, ...args].join(' ');
    const answer = this.#answers.get(key) ?? answerOf(this.#state, command, args);
    this.#answers.set(key, answer);
    return answer;
  }
}
