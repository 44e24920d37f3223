/**
 * Why a source has no value. "Could not read" is never "is bad":
 * - `missing`    the executable or file is not there
 * - `timeout`    it did not answer in time and was stopped
 * - `exit`       it ended with an error status, or by a signal
 * - `malformed`  it answered, and the answer can't be understood
 * - `empty`      it answered nothing at all
 * - `denied`     macOS refuses (permissions, privacy)
 * - `off`        not read on purpose: a setting, or reading it now could raise a dialog
 */
export const failureReasons = ['missing', 'timeout', 'exit', 'malformed', 'empty', 'denied', 'off'] as const;
export type FailureReason = (typeof failureReasons)[number];

export interface Failed {
  readonly ok: false;
  readonly reason: FailureReason;
  /** One line for a person; never output of the source, which may hold identities. */
  readonly detail: string;
}

export interface Read<T> {
  readonly ok: true;
  readonly value: T;
}

/** A value or a named failure. */
export type Reading<T> = Read<T> | Failed;

export function read<T>(value: T): Read<T> {
  return { ok: true, value };
}

export function failed(reason: FailureReason, detail: string): Failed {
  return { ok: false, reason, detail };
}

/** The value, or null when there is none. For places where every failure means the same: not known. */
export function knownValue<T>(reading: Reading<T>): T | null {
  return reading.ok ? reading.value : null;
}
