import type { LastPoll } from '../assess/freshness.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import { stateByKey } from '../store/state-keys.ts';
import type { IssueRow, StateRow } from '../store/store.ts';
import { assessmentOf } from './assessment-of.ts';
import type { AttributeOutput } from './attribute-output.ts';
import type { Evidence } from './evidence.ts';

/** The recorded state of one user of the Mac. */
export interface UserState {
  readonly state: readonly StateRow[];
  readonly issues: readonly IssueRow[];
  readonly lastPoll: LastPoll;
  readonly agentVersion: string;
  /** The newest evidence of the open issues, by issue. */
  readonly evidence: Readonly<Record<string, Evidence>>;
}

/** Headlines, the worst first. An unknown state is worse than one that is known to be no problem. */
const worst = ['needs-attention', 'silent', 'unknown', 'not-registered', 'not-configured', 'exempt', 'ok'];

/** The attributes of the Mac: those of the user with the worst headline. */
export function macAttributes(users: readonly UserState[], now: EpochMs): AttributeOutput {
  const rank = (headline: string) =>
    worst.includes(headline) ? worst.indexOf(headline) : worst.indexOf('unknown');
  const all = users.map((user) => attributesOf(user, now));
  // A user who is logged out has no agent; only the other users count.
  const running = all.filter(({ agent }) => agent === 'running');
  const [first] = (running.length > 0 ? running : all).sort(
    (one, other) => rank(one.headline) - rank(other.headline),
  );
  return (
    first ?? {
      headline: 'none',
      was: null,
      freshness: 'ended',
      since: '',
      openIssues: [],
      lastConfirmedGood: '',
      lastLook: '',
      agent: 'none',
      agentVersion: '',
      summary: 'none: no user on this Mac has a history of PSSO Monitor',
    }
  );
}

function attributesOf(user: UserState, now: EpochMs): AttributeOutput {
  const byKey = stateByKey(user.state);
  const assessment = assessmentOf(user, user.lastPoll, now);
  const { was, freshness } = assessment;
  const silent = was !== null;
  const headline = silent ? 'silent' : assessment.headline;
  const lastPoll = user.lastPoll.at === null ? '' : toIso(user.lastPoll.at);
  const began = assessment.since === null ? '' : toIso(assessment.since);
  const since = silent ? lastPoll : began;
  const openIssues = [...new Set(assessment.open.map(({ issue }) => issue))].sort();
  const issues = openIssues.length === 0 ? '' : `: ${openIssues.join(', ')}`;
  return {
    headline,
    was,
    freshness,
    since,
    openIssues,
    lastConfirmedGood: byKey.get('last-confirmed-good')?.value ?? '',
    lastLook: lastPoll,
    agent: silent ? 'silent' : 'running',
    agentVersion: user.agentVersion,
    summary: silent
      ? `Not known since ${lastPoll || 'the beginning'} (was: ${was}${issues})`
      : `${headline}${since === '' ? '' : ` since ${since}`}${issues}`,
  };
}
