import type { EpochMs } from '../shared/time.ts';
import { stateByKey } from '../store/state-keys.ts';
import type { IssueRow, StateRow } from '../store/store.ts';
import type { AttributeOutput } from './attribute-output.ts';
import { isSilent } from './is-silent.ts';

/** What is known of one user of the Mac. */
export interface UserState {
  readonly state: readonly StateRow[];
  readonly issues: readonly IssueRow[];
  /** When the agent last looked; null: it never did. */
  readonly lastPollAt: EpochMs | null;
  readonly agentVersion: string;
}

/** The worst first. What nobody knows is never healthy, and what is broken is worse than that. */
const worst = ['needs-attention', 'silent', 'unknown', 'not-registered', 'not-configured', 'exempt', 'ok'];

/** The Mac in a few words: those of the user who is worst off. Pure. */
export function macAttributes(users: readonly UserState[], now: EpochMs): AttributeOutput {
  const rank = (headline: string) =>
    worst.includes(headline) ? worst.indexOf(headline) : worst.indexOf('unknown');
  const all = users.map((user) => attributesOf(user, now));
  // Somebody who is logged out has no agent: that says nothing of the person at work.
  const atWork = all.filter(({ agent }) => agent === 'running');
  const [first] = (atWork.length > 0 ? atWork : all).sort(
    (one, other) => rank(one.headline) - rank(other.headline),
  );
  return (
    first ?? {
      headline: 'none',
      since: '',
      openIssues: [],
      lastConfirmedGood: '',
      lastLook: '',
      agent: 'none',
      agentVersion: '',
      summary: 'none: nobody on this Mac has a history of PSSO Monitor',
    }
  );
}

function attributesOf({ state, issues, lastPollAt, agentVersion }: UserState, now: EpochMs): AttributeOutput {
  const byKey = stateByKey(state);
  const silent = isSilent(lastPollAt, now);
  const said = byKey.get('headline');
  // A word of another version, or of whoever changed the file, is none that anybody could act on.
  const headline = silent ? 'silent' : worst.includes(said?.value ?? '') ? (said?.value ?? '') : 'unknown';
  const lastPoll = lastPollAt === null ? '' : new Date(lastPollAt).toISOString();
  const since = silent ? lastPoll : (said?.since ?? '');
  const openIssues = [
    ...new Set(issues.filter(({ status }) => status === 'open').map(({ issue }) => issue)),
  ].sort();
  return {
    headline,
    since,
    openIssues,
    lastConfirmedGood: byKey.get('last-confirmed-good')?.value ?? '',
    lastLook: lastPoll,
    agent: silent ? 'silent' : 'running',
    agentVersion,
    summary: `${headline}${since === '' ? '' : ` since ${since}`}${openIssues.length === 0 ? '' : `: ${openIssues.join(', ')}`}`,
  };
}
