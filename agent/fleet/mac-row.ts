import { type Assessment, assess } from '../assess/assess.ts';
import { headlineFrom } from '../assess/headline.ts';
import { preconditionsIn } from '../assess/preconditions.ts';
import { knownUntil } from '../history/assessment-of.ts';
import { instantOf } from '../history/history.ts';
import { lastPollRecorded } from '../history/last-poll.ts';
import { causeLine, causesOf } from '../history/stated-causes.ts';
import { breaksSignIn, isAlsoNoticed } from '../issues/issues.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { day, type EpochMs, isoOrNull } from '../shared/time.ts';
import { providerOfState } from '../store/state-keys.ts';
import type { Digest } from './digest.ts';
import type { FleetMac } from './fleet-output.ts';
import { provenByMac } from './proven-by-mac.ts';

/** The row of a Mac in the list of a fleet. */
export function rowOfMac(
  mac: string,
  digest: Digest,
  range: { readonly since: EpochMs | null; readonly now: EpochMs; readonly silentAfter: number },
): FleetMac {
  const assessment = assessmentOfDigest(digest, range.now, range.silentAfter);
  const { headline, was, freshness, since, knownUntil: lastAt } = assessment;
  const { state, issues, agentVersion } = digest;
  const main = assessment.open.find(({ alsoNoticed }) => !alsoNoticed);
  return {
    mac,
    headline,
    was,
    freshness,
    since: isoOrNull(since),
    openIssues: [...new Set(assessment.open.map(({ issue }) => issue))],
    silenced: silencedAmong(digest, assessment, range.now),
    cause: causeOf(
      main === undefined
        ? undefined
        : issues.find(({ issue, resolvedAt }) => issue === main.issue && resolvedAt === null),
      providerOfState((key) => state[key] ?? ''),
    ),
    proven: provenByMac(digest, { since: range.since, until: knownUntil(assessment, range.now) }),
    lastRecordAt: isoOrNull(lastAt),
    macos: state.macos ?? '',
    companyPortal: companyPortalOf(state),
    agentVersion,
    user: state.user ?? '',
    device: state.device ?? '',
  };
}

/** A silence that has ended, or that was of an earlier episode, says nothing of now. */
function silencedAmong({ silenced }: Digest, { open }: Assessment, now: EpochMs): FleetMac['silenced'] {
  return silenced
    .filter(({ issue, at, until }) =>
      open.some((one) => one.issue === issue && (until === null ? at >= one.openedAt : until > now)),
    )
    .map(({ issue, by, until }) => ({ issue, by, until: isoOrNull(until) }));
}

/** Of the open issue that matters most, as in `status`: the stated cause, else the first possible one. */
function causeOf(main: Digest['issues'][number] | undefined, provider: IdentityProvider): string {
  if (main === undefined) return '';
  const { issue, causeGrade, causeSentence, possibleCause } = main;
  if (causeSentence !== '') return causeLine({ grade: causeGrade, sentence: causeSentence });
  // An open issue has evidence; without a list in it, the causes are those of the catalogue.
  const evidence = possibleCause === '' ? {} : { possibleCauses: [possibleCause] };
  const [possible] = causesOf(issue, evidence, provider);
  return possible === undefined ? '' : causeLine(possible);
}

/** An absent Company Portal says something of a Mac with Entra only. */
function companyPortalOf(state: Digest['state']): string {
  const version = state['company-portal'] ?? '';
  const provider = providerOfState((key) => state[key] ?? '');
  return provider !== 'entra' && version === 'not installed' && state['identity-provider'] ? '' : version;
}

function assessmentOfDigest(digest: Digest, now: EpochMs, silentAfter: number): Assessment {
  const { state, issues, headlineSince } = digest;
  return assess(
    {
      headline: headlineFrom(state.headline),
      headlineSince,
      preconditions: preconditionsIn((key) => state[key]),
      episodes: issues.map((issue) => ({
        ...issue,
        breaksSignIn: breaksSignIn(issue.issue),
        alsoNoticed: isAlsoNoticed(issue.issue),
      })),
      lastPoll: lastPollRecorded(lastRecordOf(digest, now)),
    },
    now,
    silentAfter,
  );
}

/** The newest event, or the poll that was stored last. An instant in the future is of a wrong clock. */
export function lastRecordOf({ lastAt, state }: Digest, now: EpochMs): EpochMs | null {
  const polled = instantOf(state['last-poll']);
  return lastAt !== null && polled !== null && polled <= now + day ? Math.max(lastAt, polled) : lastAt;
}
