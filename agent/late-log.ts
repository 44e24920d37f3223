/** What the agent says to its log. */
export interface AgentLog {
  level: string;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

type Severity = 'info' | 'warn' | 'error';

/**
 * The agent's log, whose library is loaded only when somebody opens it: the first look need not wait for that. What is said before is kept, and
 * written in order when it is opened; a line then bears the time of its writing.
 */
export class LateLog implements AgentLog {
  readonly #file: string;
  #log: AgentLog | null = null;
  #level = 'info';
  #opening: Promise<void> | null = null;
  readonly #said: { readonly severity: Severity; readonly data: object; readonly message: string }[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  get level(): string {
    return this.#level;
  }

  set level(level: string) {
    if (level === this.#level) return;
    this.#level = level;
    if (this.#log !== null) this.#log.level = level;
  }

  info(data: object, message: string): void {
    this.#say('info', data, message);
  }

  warn(data: object, message: string): void {
    this.#say('warn', data, message);
  }

  error(data: object, message: string): void {
    this.#say('error', data, message);
  }

  /** Writes what was said, and from then on at once. Where no log can be kept, standard error is told why. */
  async open(): Promise<void> {
    this.#opening ??= this.#open();
    await this.#opening;
  }

  async #open(): Promise<void> {
    const { createLog } = await import('./log.ts');
    const { log, problem } = createLog({ file: this.#file, level: this.#level });
    if (problem !== null) process.stderr.write(`psso-monitor: no log is kept: ${problem}\n`);
    this.#log = log;
    for (const { severity, data, message } of this.#said.splice(0)) log[severity](data, message);
  }

  #say(severity: Severity, data: object, message: string): void {
    if (this.#log === null) this.#said.push({ severity, data, message });
    else this.#log[severity](data, message);
  }
}
