import type { DetectorInput } from '../detect/detector.ts';
import type { ChangeKind } from '../shared/changes.ts';
import type { ChangeBefore } from './changes-since-last-good.ts';

export type Grade = 'definite' | 'likely' | 'possible';

/** The issue that a change may explain. */
export interface Broken {
  readonly issue: string;
  readonly input: DetectorInput;
  /** A registration was complete before, or the key of one is not valid any more. */
  readonly lost: boolean;
  readonly userState: number | null;
  /** The change happened after the last confirmed good moment, or that moment is unknown. */
  readonly isSinceLastGood: (change: ChangeBefore) => boolean;
  /** A registration was completed between the change and the issue. */
  readonly isRegisteredSince: (change: ChangeBefore) => boolean;
}

/** One kind of change, and what it can break. All but `change` null needs a change on this Mac. */
export interface CauseRule {
  /** The id of a known issue where there is one. */
  readonly id: string;
  /** Null: a version of macOS and not a change. */
  readonly change: ChangeKind | null;
  readonly breaks: readonly string[];
  /** The longest distance to the begin of the issue. */
  readonly within: { readonly active: number; readonly wall: number };
  readonly fits: (change: ChangeBefore, broken: Broken) => boolean;
  readonly grade: Grade | ((broken: Broken) => Grade);
  /** What happened, as one sentence: a fact, with its time. The grade says how sure the cause is. */
  readonly sentence: (change: ChangeBefore, broken: Broken) => string;
  readonly remedyFirst: string | null;
  /** The issues that are the usual result of a change made on purpose: no alarm. */
  readonly expected?: readonly string[];
  /** Happens on a healthy Mac every day: of the same grade, any other change comes first. */
  readonly ofTime?: true;
}
