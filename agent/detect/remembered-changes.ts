import { changeKinds, type EvidenceKind } from '../shared/changes.ts';
import { durationText } from '../shared/duration-text.ts';
import type { NewEvent } from '../shared/event.ts';
import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { day, type EpochMs, fromIso, hour, second } from '../shared/time.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import type { Change, Memory } from './memory.ts';
import type { Moment } from './moment.ts';
import type { PromptChange } from './password-prompt.ts';

/** Bounds the memory. A Mac has a few changes a week; a restart each day takes two places. */
const mostChanges = 40;
const mostOfOneEvidenceKind = 2;
/** Shorter than this, a Mac asleep or offline is usual. */
const longSleep = day;
const longOffline = hour;

/** When a change happened, and the counter of active time then. */
interface At {
  readonly now: EpochMs;
  readonly activeTime: number;
}

/** Adds the changes among these events, and other evidence. The newest is last. */
export function rememberChanges(
  changes: readonly Change[],
  events: readonly NewEvent[],
  evidence: readonly Change[],
  { activeTime }: At,
): Change[] {
  const added = events
    .filter(({ kind }) => changeKinds.has(kind))
    .map((event) => ({
      kind: event.kind,
      at: happenedAt(event),
      from: event.from,
      to: event.to,
      activeTime,
    }));
  if (added.length === 0 && evidence.length === 0) return [...changes];
  const all = [...changes, ...evidence, ...added];
  const kept = all.filter(({ kind }, index) => {
    if (changeKinds.has(kind)) return true;
    return all.slice(index + 1).filter((later) => later.kind === kind).length < mostOfOneEvidenceKind;
  });
  return kept.slice(-mostChanges);
}

/** A local password is classified minutes after it was set. */
function happenedAt({ kind, at, data }: NewEvent): EpochMs {
  const { setAt } = data;
  return kind === 'local-password-changed' && typeof setAt === 'string' ? Math.min(at, fromIso(setAt)) : at;
}

function evidence(kind: EvidenceKind, at: EpochMs, to: string | null, { activeTime }: At): Change {
  return { kind, at, from: null, to, activeTime };
}

/** A restart, a long sleep, and a network that is back after a long time. */
export function evidenceOfTime(
  before: Pick<Memory, 'offlineSince'>,
  { network }: Observation,
  { bootedAt, wokeAt }: Moment,
  elapsedTime: ElapsedTime | null,
  at: At,
): { changes: Change[]; offlineSince: EpochMs | null } {
  const { now } = at;
  const offlineSince = before.offlineSince ?? null;
  const changes: Change[] = [];
  if (elapsedTime?.rebooted === true)
    changes.push(evidence('restarted', Math.min(bootedAt ?? now, now), null, at));
  else if (elapsedTime?.slept === true && elapsedTime.total - elapsedTime.awake >= longSleep) {
    const span = durationText((elapsedTime.total - elapsedTime.awake) / second);
    changes.push(evidence('slept', Math.min(wokeAt ?? now, now), span, at));
  }
  const state = knownValue(network);
  if (state === 'online' && offlineSince !== null && now - offlineSince >= longOffline)
    changes.push(evidence('network-returned', now, null, at));
  return {
    changes,
    offlineSince: state === null ? offlineSince : state === 'online' ? null : (offlineSince ?? now),
  };
}

/** A prompt that ended without a new password: the account still has the old one. */
export function clearedPrompt(change: PromptChange | null, at: At): Change[] {
  const isUnanswered = change?.kind === 'ended' && change.newPassword === false;
  return isUnanswered ? [evidence('prompt-cleared', at.now, null, at)] : [];
}
