import type { Readings, SourceName } from '../shared/observation.ts';
import type { Reading } from '../shared/reading.ts';
import type { SessionUser } from '../shared/session-user.ts';
import type { CommandName } from './commands.ts';
import type { Redactor } from './redact/redactor.ts';
import type { CommandOutcome } from './runner.ts';

/** The raw material of one poll, and what replaces the identities in it. */
export interface RawPoll {
  readonly redactor: Redactor;
  readonly who: SessionUser;
  /** The replacement of the session user's name. */
  readonly account: string;
  /** The outcome of the call of this command with this first argument; null: it was not called. */
  readonly outcome: (command: CommandName, firstArgument: string) => CommandOutcome | null;
  /** The last reading of the file at this path; null: it was not read. */
  readonly file: (path: string) => Reading<Uint8Array> | null;
}

/** The keys of a scenario's change that present one source, and what a scenario can't express. */
export interface ScenarioPart {
  readonly changes: Readonly<Record<string, unknown>>;
  readonly remarks?: readonly string[];
}

/** What may leave the Mac of one source. */
export interface Redaction<K extends SourceName = SourceName> {
  /** The reading without identities, for the support archive. */
  readonly reading: (reading: Readings[K], poll: RawPoll) => Readings[K];
  /** What a capture's scenario has of it (docs/scenarios.md). */
  readonly scenario: (reading: Readings[K], poll: RawPoll) => ScenarioPart | Promise<ScenarioPart>;
  /** The raw outputs for the support archive, redacted, by the name of their file; null: there is none. */
  readonly outputs?: Readonly<Record<string, (poll: RawPoll) => Promise<string | null>>>;
}

/** For a reading that holds only instants, versions, counts and switches. */
export function unchanged<T>(reading: T): T {
  return reading;
}

/** The output of a command that ended; null: it did not. */
export function stdoutOf(outcome: CommandOutcome | null): string | null {
  return outcome?.kind === 'exited' ? outcome.stdout : null;
}
