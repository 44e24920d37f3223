/** What is started: an absolute path, its arguments without the program's own name, and nothing inherited but what is given. */
export interface ToStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

export type StreamName = 'stdout' | 'stderr';
export type StopSignal = 'SIGTERM' | 'SIGKILL';

/** Is told what becomes of a process. After `notStarted` nothing more is told, and after `closed` neither. */
export interface Attendant {
  /** `missing`: the program or a folder of its path is not there. Whatever else kept it from starting is a refusal. */
  notStarted(why: 'missing' | 'denied'): void;
  /** The chunk is the attendant's own. */
  output(stream: StreamName, chunk: Uint8Array): void;
  /** It has ended; output may still come in. Of status and signal one is null. */
  exited(status: number | null, signal: string | null): void;
  /** It has ended, and so have both of its streams. */
  closed(): void;
}

export interface StartedProcess {
  /** Does nothing once the process has ended. */
  kill(signal: StopSignal): void;
  /** Lets go of the streams, whoever else still holds their other ends: no output is told any more. */
  release(): void;
}

/**
 * Starts a process without a shell, nothing on its standard input, in this session and process group. Never throws: what goes wrong is told to the
 * attendant, which may happen before this returns.
 */
export type StartProcess = (what: ToStart, attendant: Attendant) => StartedProcess;
