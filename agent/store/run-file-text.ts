import type { OwnUseRecord, SelfRestartRecord } from '../self-watch/record.ts';
import type { Iso } from '../types/time.ts';

/** What `agent.json` says of the run that holds the lock, or of the last one that did. */
export interface RunFile {
  readonly pid: number;
  readonly startedAt: Iso;
  readonly version: string;
  readonly cleanStop: boolean;
  /** How many runs before it, in a row, ended badly and soon after their start; see agent/back-off.ts. */
  readonly quickDeaths: number;
  /** It is there, and does not look at the Mac before this instant, because of them. */
  readonly waitsUntil: Iso | null;
  readonly ownUse: OwnUseRecord | null;
  readonly selfRestart: SelfRestartRecord | null;
  /** When the daily maintenance last ran, in whichever run. */
  readonly maintainedAt: Iso | null;
}

type Fields = ReadonlyMap<string, unknown>;

/**
 * Null when it can't be understood. What an earlier version did not write is as if there were none; and what is amiss with `ownUse` or
 * `selfRestart` must not hide who runs.
 *
 * By hand: the agent writes this file itself, and `status` reads nothing else that zod would have to check; zod would be a third of its code
 * (docs/decisions/0014-node-as-it-is.md). A property test compares it with a zod schema.
 */
export function parseRunFile(text: string): RunFile | null {
  const run = fieldsOf(parsed(text));
  if (run === null) return null;
  const pid = integer(run.get('pid'));
  const startedAt = instant(run.get('startedAt'));
  const version = words(run.get('version'));
  const cleanStop = flag(run.get('cleanStop'));
  const quickDeaths = run.has('quickDeaths') ? integer(run.get('quickDeaths')) : 0;
  const waitsUntil = nullOr(instant, run.get('waitsUntil') ?? null);
  if (pid === undefined || startedAt === undefined || version === undefined) return null;
  if (cleanStop === undefined || quickDeaths === undefined || waitsUntil === undefined) return null;
  return {
    pid,
    startedAt,
    version,
    cleanStop,
    quickDeaths,
    waitsUntil,
    ownUse: ownUseOf(run.get('ownUse')),
    selfRestart: selfRestartOf(run.get('selfRestart')),
    maintainedAt: instant(run.get('maintainedAt')) ?? null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ownUseOf(value: unknown): OwnUseRecord | null {
  const own = fieldsOf(value);
  if (own === null) return null;
  const measuredAt = instant(own.get('measuredAt'));
  const rssBytes = amount(own.get('rssBytes'));
  const heapBytes = amount(own.get('heapBytes'));
  const cpuSecondsPerHour = nullOr(amount, own.get('cpuSecondsPerHour'));
  const rowsPerHour = nullOr(amount, own.get('rowsPerHour'));
  const rowsWritten = amount(own.get('rowsWritten'));
  const lastLookMilliseconds = amount(own.get('lastLookMilliseconds'));
  const over = phrases(own.get('over'));
  if (measuredAt === undefined || rssBytes === undefined || heapBytes === undefined) return null;
  if (cpuSecondsPerHour === undefined || rowsPerHour === undefined || rowsWritten === undefined) return null;
  if (lastLookMilliseconds === undefined || over === undefined) return null;
  return {
    measuredAt,
    rssBytes,
    heapBytes,
    cpuSecondsPerHour,
    rowsPerHour,
    rowsWritten,
    lastLookMilliseconds,
    over,
  };
}

function selfRestartOf(value: unknown): SelfRestartRecord | null {
  const restart = fieldsOf(value);
  const at = instant(restart?.get('at'));
  const because = words(restart?.get('because'));
  return at === undefined || because === undefined ? null : { at, because };
}

/** A map, so that no key meets a prototype. */
function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}

/** What follows answers undefined for another type. */
function words(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function phrases(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const all = value.filter((one) => typeof one === 'string');
  return all.length === value.length ? all : undefined;
}

/** As `toIso` writes it. */
function instant(value: unknown): Iso | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(value))
    return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

function nullOr<T>(read: (value: unknown) => T | undefined, value: unknown): T | null | undefined {
  return value === null ? null : read(value);
}
