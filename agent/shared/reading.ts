// shared/: what every folder may use: readings, time, errors, options, paths, safe text. It imports no other
// folder. This file has `Reading`: a value or a named failure.

/**
 * Why a source has no value. A failure says nothing about the Mac's health:
 * - `missing`    the executable or file does not exist
 * - `timeout`    the command did not end in time and was stopped
 * - `exit`       the command ended with an error status, or by a signal
 * - `malformed`  the output cannot be parsed
 * - `empty`      the output is empty
 * - `denied`     macOS refuses (permissions, privacy)
 * - `off`        not read on purpose: a setting, or reading it now could raise a dialog
 */
export const failureReasons = ['missing', 'timeout', 'exit', 'malformed', 'empty', 'denied', 'off'] as const;
export type FailureReason = (typeof failureReasons)[number];

/** A source without a value. */
export interface Failed {
  readonly ok: false;
  readonly reason: FailureReason;
  /** One line for a person. Never output of the source, which may contain identities. */
  readonly detail: string;
}

export interface Read<T> {
  readonly ok: true;
  readonly value: T;
}

/** The result of one source in one poll: a value or a named failure. */
export type Reading<T> = Read<T> | Failed;

export function read<T>(value: T): Read<T> {
  return { ok: true, value };
}

export function failed(reason: FailureReason, detail: string): Failed {
  return { ok: false, reason, detail };
}

/** The value; null for each failure. For callers to which every failure means unknown. */
export function knownValue<T>(reading: Reading<T>): T | null {
  return reading.ok ? reading.value : null;
}
