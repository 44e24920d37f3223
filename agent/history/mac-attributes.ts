import type { EpochMs } from '../shared/time.ts';
import { stateByKey } from '../store/state-keys.ts';
import type { IssueRow, StateRow } from '../store/store.ts';
import type { AttributeOutput } from './attribute-output.ts';
import { isSilent } from './is-silent.ts';

/** The recorded state of one user of the Mac. */
export interface UserState {
  readonly state: readonly StateRow[];
  readonly issues: readonly IssueRow[];
  /** null: the agent has never polled. */
  readonly lastPollAt: EpochMs | null;
  readonly agentVersion: string;
}

/** Headlines, worst first. Unknown ranks below healthy. */
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

function attributesOf({ state, issues, lastPollAt, agentVersion }: UserState, now: EpochMs): AttributeOutput {
  const byKey = stateByKey(state);
  const silent = isSilent(lastPollAt, now);
  const recorded = byKey.get('headline');
  const value = recorded?.value ?? '';
  // A headline of another version or of a changed file is unknown here.
  const headline = silent ? 'silent' : worst.includes(value) ? value : 'unknown';
  const lastPoll = lastPollAt === null ? '' : new Date(lastPollAt).toISOString();
  const since = silent ? lastPoll : (recorded?.since ?? '');
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
    summary: [
      headline,
      since === '' ? '' : ` since ${since}`,
      openIssues.length === 0 ? '' : `: ${openIssues.join(', ')}`,
    ].join(''),
  };
}
