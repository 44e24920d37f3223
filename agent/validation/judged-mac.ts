import type { Assessment } from '../assess/assess.ts';
import type { LastPoll } from '../assess/freshness.ts';
import { isCurrent } from '../assess/freshness.ts';
import { assessmentOf, knownUntil } from '../history/assessment-of.ts';
import { evidenceOf } from '../history/evidence.ts';
import { detailOf, type History, instantOf } from '../history/history.ts';
import { causeLine, causesOf } from '../history/stated-causes.ts';
import { entryOf } from '../issues/catalogue.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { type EpochMs, isoOrNull, second } from '../shared/time.ts';
import { providerInRows, type StateKey, stateByKey } from '../store/state-keys.ts';
import type { EventRow } from '../store/store.ts';
import { failureOf, isProof, type Proofs, type ProvenScenario, provenAt } from './proven.ts';
import { type FollowedSync, followedSync } from './sync-stages.ts';
import type { StepId, ValidationStep } from './validation-output.ts';

/** A result of `doctor`, of the Mac on which the walk runs. */
interface CheckOnMac {
  readonly id: string;
  readonly verdict: 'pass' | 'warn' | 'fail' | 'could-not-run';
  readonly message: string;
  readonly next: string | null;
}

/** What the walk adds to a history. */
export interface WalkFacts {
  /** When the walk asked for a change of the password. */
  readonly startedAt: EpochMs;
  readonly checks: readonly CheckOnMac[];
}

export type ValidatedHistory = Pick<History, 'events' | 'evidence' | 'issues' | 'sync' | 'state'>;

export interface ValidationContext {
  /** Older events prove nothing; null: the whole history counts. */
  readonly since: EpochMs | null;
  readonly now: EpochMs;
  readonly lastPoll: LastPoll;
  /** What the admin set for issues. */
  readonly organisation?: Organisation;
}

/** What each step is judged by. */
export interface JudgedMac {
  readonly history: ValidatedHistory;
  readonly now: EpochMs;
  readonly from: EpochMs;
  readonly assessment: Assessment;
  readonly isCurrent: boolean;
  readonly provider: IdentityProvider;
  readonly organisation: Organisation;
  readonly value: (key: StateKey) => string;
  readonly proofs: Proofs;
  readonly provenAt: Readonly<Record<ProvenScenario, EpochMs | null>>;
  readonly sync: FollowedSync | null;
  /** Null: judged from history alone. */
  readonly walk: WalkFacts | null;
}

export function judgedMac(
  history: ValidatedHistory,
  { since, now, lastPoll, organisation = noOrganisation }: ValidationContext,
  walk: WalkFacts | null,
): JudgedMac {
  const rows = stateByKey(history.state);
  const value = (key: StateKey) => rows.get(key)?.value ?? '';
  const assessment = assessmentOf(history, lastPoll, now, organisation);
  const current = isCurrent(assessment.freshness);
  const from = since ?? Number.NEGATIVE_INFINITY;
  const sync = followedSync(history.sync, history.events, from);
  const isRegistered = value('registration') === 'complete';
  const proofs: Proofs = {
    from,
    until: knownUntil(assessment, now),
    events: history.events.flatMap(({ kind, at: text }) => {
      const at = instantOf(text);
      return at === null || !isProof(kind) ? [] : [{ kind, at }];
    }),
    issues: history.issues.flatMap(({ issue, status, opened_at, resolved_at }) => {
      const openedAt = instantOf(opened_at);
      if (openedAt === null) return [];
      return [
        { issue, openedAt, resolvedAt: status === 'open' ? null : (instantOf(resolved_at) ?? openedAt) },
      ];
    }),
    syncedAt: sync?.synced?.at ?? null,
    registeredSince: isRegistered
      ? (instantOf(rows.get('registration')?.since) ?? assessment.knownUntil)
      : null,
  };
  return {
    history,
    now,
    from,
    assessment,
    value,
    proofs,
    sync,
    walk,
    organisation,
    isCurrent: current,
    provider: providerInRows(history.state),
    provenAt: provenAt(proofs),
  };
}

const titles: Readonly<Record<StepId, string>> = {
  preconditions: 'Preconditions',
  registration: 'Registration',
  'password-sync': 'A new password reaches the Mac',
  repair: 'Repair of a registration',
  migration: 'Migration from Workplace Join',
  extension: 'Sign-in extension',
  autofill: 'AutoFill',
  notification: 'Notifications of the agent',
  agent: 'The agent',
};

type Parts = Pick<ValidationStep, 'result' | 'sentence' | 'judgedBy'> & {
  readonly at?: EpochMs | null;
} & Partial<Pick<ValidationStep, 'issue' | 'cause' | 'remedy' | 'stages'>>;

export function step(id: StepId, { at = null, ...parts }: Parts): ValidationStep {
  const none = { issue: null, cause: null, remedy: [], stages: [] };
  return { id, title: titles[id], at: isoOrNull(at), ...none, ...parts };
}

/** The failure that an open issue shows, with its cause and remedy. */
export function failedByIssue(id: StepId, issue: string, mac: JudgedMac): ValidationStep {
  const row = mac.history.issues.find((open) => open.issue === issue && open.status === 'open');
  const evidence = evidenceOf(issue, mac.history.evidence);
  const [cause] = causesOf(issue, evidence, mac.provider);
  const first = cause?.remedyFirst ?? null;
  const admin = entryOf(issue, mac.provider, mac.organisation)?.admin;
  return step(id, {
    result: 'failed',
    at: instantOf(row?.opened_at),
    sentence: row?.summary ?? issue,
    judgedBy: [`v_issues: ${issue}`],
    issue,
    cause: cause === undefined ? null : causeLine(cause),
    remedy: [...(first === null ? [] : [first]), ...(admin?.steps ?? [])],
  });
}

/** The same for a scenario that events prove; null: no open issue fails it. */
export function failedScenario(id: ProvenScenario, mac: JudgedMac): ValidationStep | null {
  const issue = failureOf(id, mac.proofs);
  return issue === null ? null : failedByIssue(id, issue, mac);
}

/** The first open issue in the order of the ids. */
export function openOf({ assessment }: JudgedMac, ids: readonly string[]): string | null {
  return ids.find((id) => assessment.open.some(({ issue }) => issue === id)) ?? null;
}

/** The failed check of `doctor` with this id; undefined: it passed, or is not known. */
export function failedCheck({ walk }: JudgedMac, id: string): CheckOnMac | undefined {
  return walk?.checks.find((check) => check.id === id && check.verdict === 'fail');
}

/** The newest event of these kinds in the time that counts. */
export function lastEvent({ history, from }: JudgedMac, kinds: readonly string[]): EventRow | null {
  const found = history.events.findLast(
    ({ kind, at }) => kinds.includes(kind) && (instantOf(at) ?? Number.NEGATIVE_INFINITY) >= from,
  );
  return found ?? null;
}

/** Milliseconds since an instant, without the gaps that the agent recorded. */
export function awakeSince(at: EpochMs, { history, now }: JudgedMac): number {
  const gaps = history.events
    .filter(({ kind }) => kind === 'gap')
    .map((event) => {
      const { seconds } = detailOf(event);
      const ended = instantOf(event.at) ?? 0;
      return Math.min(Math.max(0, ended - at), typeof seconds === 'number' ? seconds * second : 0);
    });
  return Math.max(0, now - at - gaps.reduce((sum, gap) => sum + gap, 0));
}
