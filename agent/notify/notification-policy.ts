import type { Cadence } from '../issues/issue.ts';
import { type Severity, severities } from '../shared/event.ts';
import { type EpochMs, hour, minute, second } from '../shared/time.ts';
import type { NotifiedEpisode, PolicyMemory, SuppressionReason, Threads } from './policy-memory.ts';

/**
 * The notification policy: when a notification is shown. Pure; all that must survive a restart is in the
 * memory.
 *
 * Invariants:
 * - At most one notification in each decision, the most severe first; ten minutes between two.
 * - At most `maximumPerDay` notifications of open issues in each local day, and `cadence.maximum` in each
 *   episode; a clock that is set to another day and back does not reset the count.
 * - None in Focus, in quiet hours, or for a silenced or disabled issue; no notification while the user is
 *   away.
 * - A clock that is set delays no notification forever, brings none forward, and causes no burst.
 * - Of the open issues of one thread only the most specific one that is due notifies. Its notification
 *   replaces that of another one, four hours after it at the earliest.
 * - A solved notification is shown only after a notification of the same episode.
 */

/** Minimum time between two notifications. */
const leastGap = 10 * minute;
/** Minimum time between notifications of two issues of one thread: one request at a time. */
const leastGapInThread = 4 * hour;
/** An issue that reopens within this time continues its episode and its cadence. */
const sameEpisodeWithin = hour;
/** A solved notification is shown within this time only. */
const solvedShownWithin = 12 * hour;

/** Local days whose counts are kept, because a clock that is set back and forth returns to an earlier day. */
const daysKept = 8;

export interface PolicyIssue {
  readonly issue: string;
  readonly openedAt: EpochMs;
  readonly severity: Severity;
  readonly cadence: Cadence;
  /** Whether it concerns the user now. */
  readonly notify: boolean;
  /** Replaces the `firstAfterSeconds` of the cadence. */
  readonly notifyAfterSeconds?: number;
  /** Active time since its first sighting. */
  readonly activeSeconds: number;
  /** The thread of issues that ask for one thing; the lowest rank is the most specific one. */
  readonly thread?: { readonly id: string; readonly rank: number } | null;
}

export interface PolicyInput {
  readonly now: EpochMs;
  /** Milliseconds by which the wall clock was set since the previous poll; missing: it was not. */
  readonly clockShift?: number;
  /** The user is at the unlocked Mac; null: unknown. */
  readonly present: boolean | null;
  readonly focus: 'on' | 'off' | 'unknown';
  readonly open: readonly PolicyIssue[];
  readonly resolved: readonly { readonly issue: string; readonly openedAt: EpochMs }[];
  /** Whether "works again" is true now; otherwise the solved notification waits. */
  readonly wellAgain: boolean;
  readonly silences: Readonly<Record<string, EpochMs>>;
  readonly settings: {
    readonly enabled: boolean;
    readonly disabledIssues: readonly string[];
    /** Local minutes of the day, from (included) to (not included); may cross midnight. */
    readonly quietHours: { readonly fromMinute: number; readonly toMinute: number } | null;
    readonly maximumPerDay: number;
    readonly localMinuteOfDay: number;
    readonly localDay: string;
  };
  readonly memory: PolicyMemory;
}

type Purpose = 'problem' | 'reminder' | 'solved';

export type PolicyAction =
  | { readonly type: 'show'; readonly issue: string; readonly openedAt: EpochMs; readonly purpose: Purpose }
  | { readonly type: 'withdraw'; readonly issue: string }
  | {
      readonly type: 'suppressed';
      readonly issue: string;
      readonly openedAt: EpochMs;
      readonly purpose: Purpose;
      readonly reason: SuppressionReason;
    };

export function applyPolicy(input: PolicyInput): { memory: PolicyMemory; actions: PolicyAction[] } {
  const { now, settings } = input;
  const memory = copyOfMemory(input);
  const actions: PolicyAction[] = [];
  resolveEpisodes(input, memory, actions);
  adoptEpisodes(input, memory);
  endThreads(input, memory);
  if (input.present === false) return { memory, actions };

  const today = beginToday(memory, settings.localDay, input.clockShift ?? 0);
  const mayShow = () => memory.lastNoticeAt === null || now - memory.lastNoticeAt >= leastGap;
  for (const issue of dueIssues(input, memory)) {
    const episode = memory.episodes[issue.issue];
    if (episode === undefined) continue;
    const purpose = episode.tellings === 0 ? 'problem' : 'reminder';
    const { openedAt } = issue;
    const reason =
      suppressionReasonFor(issue.issue, input) ?? (today.told >= settings.maximumPerDay ? 'cadence' : null);
    if (reason !== null) {
      if (episode.suppressed.includes(reason)) continue;
      episode.suppressed.push(reason);
      actions.push({ type: 'suppressed', issue: issue.issue, openedAt, purpose, reason });
      continue;
    }
    if (!mayShow()) continue;
    episode.tellings++;
    episode.lastAt = now;
    episode.suppressed = [];
    episode.heardOf = true;
    today.told++;
    memory.lastNoticeAt = now;
    replaceInThread(issue, input, memory, actions);
    actions.push({ type: 'show', issue: issue.issue, openedAt, purpose });
  }
  addSolvedNotifications(input, memory, actions, mayShow);
  return { memory, actions };
}

/** The count of this local day. It becomes the latest of the kept days. A clock that is set begins no day. */
function beginToday(memory: PolicyMemory, day: string, clockShift: number): PolicyMemory['days'][number] {
  const today = memory.days.find((one) => one.day === day) ?? { day, told: 0 };
  if (clockShift !== 0) today.told = Math.max(today.told, memory.days.at(-1)?.told ?? 0);
  memory.days = [...memory.days.filter((one) => one !== today), today].slice(-daysKept);
  return today;
}

/** A copy of the memory to change, in times of the present clock and without times in the future. */
function copyOfMemory({ now, memory, clockShift = 0 }: PolicyInput): PolicyMemory {
  const shifted = (at: number) => Math.min(at + clockShift, now);
  const past = (at: number | null) => (at === null ? null : shifted(at));
  const episodes: Record<string, NotifiedEpisode> = {};
  for (const [issue, episode] of Object.entries(memory.episodes)) {
    const copied = { ...episode, suppressed: [...episode.suppressed] };
    episodes[issue] = { ...copied, lastAt: past(episode.lastAt), resolvedAt: past(episode.resolvedAt) };
  }
  return {
    episodes,
    solved: memory.solved.map((one) => ({
      ...one,
      suppressed: [...one.suppressed],
      resolvedAt: shifted(one.resolvedAt),
    })),
    days: memory.days.map((one) => ({ ...one })),
    lastNoticeAt: past(memory.lastNoticeAt),
    ...(memory.threads === undefined ? {} : { threads: pastThreads(memory.threads, shifted) }),
  };
}

function pastThreads(threads: Threads, shifted: (at: number) => number): Threads {
  const entries = Object.entries(threads);
  return Object.fromEntries(entries.map(([id, { issue, at }]) => [id, { issue, at: shifted(at) }]));
}

/** A thread ends when all is well and none of its issues is open. */
function endThreads({ open, wellAgain }: PolicyInput, memory: PolicyMemory): void {
  if (memory.threads === undefined || !wellAgain) return;
  const stillOpen = new Set(open.map(({ thread }) => thread?.id));
  const threads = Object.fromEntries(Object.entries(memory.threads).filter(([id]) => stillOpen.has(id)));
  if (Object.keys(threads).length === 0) delete memory.threads;
  else memory.threads = threads;
}

/** Withdraws the notification of another issue of the thread, and remembers the one that replaces it. */
function replaceInThread(
  { issue, thread }: PolicyIssue,
  { now, open }: PolicyInput,
  memory: PolicyMemory,
  actions: PolicyAction[],
): void {
  if (thread == null) return;
  const last = memory.threads?.[thread.id];
  // The notification of a resolved issue is withdrawn already.
  if (last !== undefined && last.issue !== issue && open.some((other) => other.issue === last.issue))
    actions.push({ type: 'withdraw', issue: last.issue });
  memory.threads = { ...memory.threads, [thread.id]: { issue, at: now } };
}

/** Whether another issue of the thread notifies instead, or did so a short time ago. */
function yieldsInThread(issue: PolicyIssue, input: PolicyInput, memory: PolicyMemory): boolean {
  const { thread } = issue;
  if (thread == null || isMuted(issue.issue, input)) return false;
  const last = memory.threads?.[thread.id];
  if (last !== undefined && last.issue !== issue.issue && input.now - last.at < leastGapInThread) return true;
  return input.open.some((other) => {
    if (other.thread?.id !== thread.id || other.thread.rank >= thread.rank) return false;
    if (!other.notify || isMuted(other.issue, input)) return false;
    return (memory.episodes[other.issue]?.tellings ?? 0) > 0 || isFirstDue(other);
  });
}

function isMuted(issue: string, input: PolicyInput): boolean {
  const reason = suppressionReasonFor(issue, input);
  return reason === 'disabled' || reason === 'silenced';
}

function isFirstDue({ activeSeconds, notifyAfterSeconds, cadence }: PolicyIssue): boolean {
  return activeSeconds >= (notifyAfterSeconds ?? cadence.firstAfterSeconds);
}

function resolveEpisodes(
  { now, open, resolved }: PolicyInput,
  memory: PolicyMemory,
  actions: PolicyAction[],
): void {
  for (const { issue } of resolved) {
    const episode = memory.episodes[issue];
    if (episode === undefined || episode.resolvedAt !== null) continue;
    episode.resolvedAt = now;
    if (!episode.heardOf) continue;
    actions.push({ type: 'withdraw', issue });
    memory.solved.push({ issue, openedAt: episode.openedAt, resolvedAt: now, suppressed: [] });
  }
  const stillOpen = new Set(open.map((one) => one.issue));
  for (const [issue, episode] of Object.entries(memory.episodes)) {
    // Gone without being resolved: an issue of another version, or a new history.
    if (!stillOpen.has(issue)) episode.resolvedAt ??= now;
    if (episode.resolvedAt !== null && now - episode.resolvedAt >= sameEpisodeWithin)
      delete memory.episodes[issue];
  }
  memory.solved = memory.solved.filter(
    (one) => !stillOpen.has(one.issue) && now - one.resolvedAt < solvedShownWithin,
  );
}

function adoptEpisodes({ open }: PolicyInput, memory: PolicyMemory): void {
  for (const { issue, openedAt } of open) {
    const episode = memory.episodes[issue];
    const continues = episode !== undefined && (episode.resolvedAt === null || episode.tellings > 0);
    memory.episodes[issue] = continues
      ? { ...episode, openedAt, resolvedAt: null }
      : { openedAt, tellings: 0, lastAt: null, suppressed: [], heardOf: false, resolvedAt: null };
  }
}

/** The issues whose notification is due, the most severe first, then the oldest. */
function dueIssues(input: PolicyInput, memory: PolicyMemory): PolicyIssue[] {
  const { now, open } = input;
  return open
    .filter((issue) => {
      const episode = memory.episodes[issue.issue];
      const { cadence } = issue;
      if (episode === undefined || !issue.notify || episode.tellings >= cadence.maximum) return false;
      if (yieldsInThread(issue, input, memory)) return false;
      if (episode.tellings === 0 || episode.lastAt === null) return isFirstDue(issue);
      const wait = cadence.repeatAfterSeconds[episode.tellings - 1] ?? cadence.repeatAfterSeconds.at(-1);
      return wait !== undefined && now - episode.lastAt >= wait * second;
    })
    .sort(
      (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.openedAt - b.openedAt,
    );
}

/** Why a notification of this issue is suppressed now; the longest-lasting reason comes first. */
function suppressionReasonFor(
  issue: string,
  { now, focus, settings, silences }: PolicyInput,
): SuppressionReason | null {
  if (!settings.enabled || settings.disabledIssues.includes(issue)) return 'disabled';
  if ((silences[issue] ?? 0) > now) return 'silenced';
  if (inQuietHours(settings)) return 'quietHours';
  return focus === 'on' ? 'focus' : null;
}

function inQuietHours({ quietHours, localMinuteOfDay: at }: PolicyInput['settings']): boolean {
  if (quietHours === null) return false;
  const { fromMinute: from, toMinute: to } = quietHours;
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

function addSolvedNotifications(
  input: PolicyInput,
  memory: PolicyMemory,
  actions: PolicyAction[],
  mayShow: () => boolean,
): void {
  if (!input.wellAgain) return;
  let shown = false;
  memory.solved = memory.solved.filter((one) => {
    const { issue, openedAt } = one;
    const episode = memory.episodes[issue];
    if (shown) {
      // One solved notification covers all episodes that ended together.
      if (episode !== undefined) episode.heardOf = false;
      return false;
    }
    const reason = suppressionReasonFor(issue, input);
    if (reason !== null) {
      if (one.suppressed.includes(reason)) return true;
      one.suppressed.push(reason);
      actions.push({ type: 'suppressed', issue, openedAt, purpose: 'solved', reason });
      return true;
    }
    if (!mayShow()) return true;
    shown = true;
    memory.lastNoticeAt = input.now;
    if (episode !== undefined) episode.heardOf = false;
    actions.push({ type: 'show', issue, openedAt, purpose: 'solved' });
    return false;
  });
}
