import type { DetectorInput } from '../detect/detector.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import type { Broken, CauseRule, Grade } from './cause-rule.ts';
import { causeRules } from './cause-rules.ts';
import type { ChangeBefore } from './changes-since-last-good.ts';

/** A cause in the evidence of an issue. history/stated-causes.ts reads it. */
interface RankedCause {
  readonly id: string;
  readonly grade: Grade;
  readonly sentence: string;
  /** ISO 8601, UTC; null: no change on this Mac. */
  readonly changeAt: string | null;
  readonly remedyFirst: string | null;
}

interface Ranked {
  readonly causes: RankedCause[];
  /** The best cause is a change whose usual result is this issue. */
  readonly isExpected: boolean;
}

interface Match {
  readonly rule: CauseRule;
  readonly grade: Grade;
  readonly change: ChangeBefore;
}

const rank: Readonly<Record<Grade, number>> = { definite: 0, likely: 1, possible: 2 };
/** Stands for the change of a rule that needs none: farther away than any change. */
const noChange: ChangeBefore = {
  kind: '',
  at: 0,
  from: null,
  to: null,
  wall: Number.POSITIVE_INFINITY,
  active: Number.POSITIVE_INFINITY,
};
const registrations = ['registration-completed', 're-registered'];
/** The key is not valid: there was a registration, also before this agent. */
const keyInvalid = 5;

/** The causes of an issue by grade, then by nearness in use. The order of `changes` does not matter. */
export function rankedCauses(
  issue: string,
  changes: readonly ChangeBefore[],
  input: DetectorInput,
  lastGood: EpochMs | null,
): Ranked {
  const userState = input.facts?.user?.state ?? null;
  const broken: Broken = {
    issue,
    input,
    userState,
    lost: input.memory.everRegistered || userState === keyInvalid,
    isSinceLastGood: ({ at }) => lastGood === null || at >= lastGood,
    isRegisteredSince: ({ at }) => changes.some((one) => registrations.includes(one.kind) && one.at > at),
  };
  const matches = causeRules
    .filter(({ breaks }) => breaks.includes(issue))
    .flatMap((rule) => matchesOf(rule, changes, broken))
    .sort(byRank);
  // One cause an id: the best of its matches.
  const best = matches.filter(
    ({ rule }, index) => matches.findIndex((one) => one.rule.id === rule.id) === index,
  );
  const causes = best.map(({ rule, grade, change }) => ({
    id: rule.id,
    grade,
    sentence: rule.sentence(change, broken),
    changeAt: change === noChange ? null : toIso(change.at),
    remedyFirst: rule.remedyFirst,
  }));
  return { causes, isExpected: best[0]?.rule.expected?.includes(issue) === true };
}

function matchesOf(rule: CauseRule, changes: readonly ChangeBefore[], broken: Broken): Match[] {
  const grade = typeof rule.grade === 'string' ? rule.grade : rule.grade(broken);
  const candidates = rule.change === null ? [noChange] : changes.filter(({ kind }) => kind === rule.change);
  return candidates
    .filter((change) => rule.change === null || isWithin(rule, change))
    .filter((change) => rule.fits(change, broken))
    .map((change) => ({ rule, grade, change }));
}

/** Without a counter of active time the wall clock decides alone. */
function isWithin({ within }: CauseRule, { active, wall }: ChangeBefore): boolean {
  return (active ?? wall) <= within.active && wall <= within.wall;
}

function byRank(one: Match, other: Match): number {
  return (
    rank[one.grade] - rank[other.grade] ||
    Number(one.rule.ofTime === true) - Number(other.rule.ofTime === true) ||
    compare(one.change.active ?? one.change.wall, other.change.active ?? other.change.wall) ||
    compare(one.change.wall, other.change.wall) ||
    // The rest only makes the order total.
    compare(one.rule.id, other.rule.id) ||
    compare(textOf(one.change), textOf(other.change))
  );
}

function textOf({ from, to, at }: ChangeBefore): string {
  return JSON.stringify([at, from, to]);
}

function compare<T extends number | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
