import { type Assessment, assess } from '../assess/assess.ts';
import { freshnessOf, isCurrent } from '../assess/freshness.ts';
import { headlineFrom } from '../assess/headline.ts';
import { preconditionsIn } from '../assess/preconditions.ts';
import { knownUntil } from '../history/assessment-of.ts';
import { headlineTexts } from '../history/headline-texts.ts';
import { instantOf } from '../history/history.ts';
import { lastPollRecorded } from '../history/last-poll.ts';
import { causeLine, causesOf } from '../history/stated-causes.ts';
import { entryOf } from '../issues/catalogue.ts';
import { breaksSignIn, isAlsoNoticed } from '../issues/issues.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { day, type EpochMs, second, toIso } from '../shared/time.ts';
import { providerOfState } from '../store/state-keys.ts';
import { breaksOf } from './breaks.ts';
import type { Digest } from './digest.ts';
import { copiesAmong } from './duplicates.ts';
import type { FleetSummary } from './fleet-output.ts';
import { type GivenChanges, measurePasswordChanges } from './password-changes/measure.ts';
import { provenByMac, provenOf } from './proven-of.ts';
import { counted, percentilesOf } from './statistics.ts';

export interface FleetInput {
  /** `host`: the Mac without the user; default: `mac`. */
  readonly macs: readonly { readonly mac: string; readonly host?: string; readonly digest: Digest }[];
  readonly skipped: FleetSummary['files']['skipped'];
}

export interface FleetOptions {
  readonly now: EpochMs;
  readonly since: EpochMs | null;
  readonly silentAfterSeconds: number;
  /** Changed passwords whose lag is measured. */
  readonly passwordChanges?: GivenChanges | null;
}

/** Summarises the digests of a fleet. Pure; the order of the input does not matter. */
export function summarise({ macs: given, skipped }: FleetInput, options: FleetOptions): FleetSummary {
  const { now, since, silentAfterSeconds } = options;
  const { duplicates, branches } = copiesAmong(given);
  const older = new Set(duplicates.map(({ mac }) => mac));
  const macs = given
    .filter(({ mac }) => !older.has(mac))
    .sort((one, other) => (one.mac < other.mac ? -1 : 1));
  const digests = macs.map(({ digest }) => digest);
  const asOf = newestOf(digests, now);
  const silentAfter = silentAfterSeconds * second;
  const at = (digest: Digest, time: EpochMs) =>
    assessmentOfDigest(digest, lastRecordOf(digest, now), { at: time, silentAfter });
  const reporting = digests
    .map((digest) => at(digest, asOf ?? now))
    .filter(({ freshness }) => isCurrent(freshness));
  const list = macs.map((mac) => rowOf(mac, at(mac.digest, now), { since, now }));
  const silent = asOf === null ? [] : silentAmong(macs, asOf - silentAfter, now);
  return {
    generatedAt: toIso(now),
    asOf: asOf === null ? null : toIso(asOf),
    since: since === null ? null : toIso(since),
    files: {
      found: given.length + skipped.length,
      read: given.length,
      skipped: [...skipped],
      duplicates,
      branches,
    },
    freshness: freshnessOf(lastPollRecorded(asOf), now, silentAfter),
    macs: new Set(macs.map(({ mac, host }) => host ?? mac)).size,
    users: macs.length,
    reporting: reporting.length,
    headlines: counted(reporting.map(({ headline }) => headline)).map(([headline, count]) => ({
      headline,
      text: headlineTexts[headlineFrom(headline)],
      macs: count,
    })),
    issues: issuesOf(digests),
    sync: syncOf(digests),
    proven: provenOf(list),
    ...(options.passwordChanges == null
      ? {}
      : { passwordChanges: passwordChangesOf(options.passwordChanges, macs, { list, silent }, options) }),
    breaks: breaksOf(digests, since),
    silentAfterSeconds,
    silent,
    agents: counted(digests.map(({ agentVersion }) => agentVersion || 'unknown')).map(([version, count]) => ({
      version,
      macs: count,
    })),
    list,
  };
}

function assessmentOfDigest(
  { state, issues, headlineSince }: Digest,
  lastRecord: EpochMs | null,
  { at, silentAfter }: { readonly at: EpochMs; readonly silentAfter: number },
): Assessment {
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
      lastPoll: lastPollRecorded(lastRecord),
    },
    at,
    silentAfter,
  );
}

/** The newest event, or the poll that was stored last. An instant in the future is of a wrong clock. */
function lastRecordOf({ lastAt, state }: Digest, now: EpochMs): EpochMs | null {
  const polled = instantOf(state['last-poll']);
  return lastAt !== null && polled !== null && polled <= now + day ? Math.max(lastAt, polled) : lastAt;
}

function newestOf(digests: readonly Digest[], now: EpochMs): EpochMs | null {
  const newest = digests.reduce((latest, digest) => Math.max(latest, lastRecordOf(digest, now) ?? 0), 0);
  return newest === 0 ? null : newest;
}

function syncOf(digests: readonly Digest[]): FleetSummary['sync'] {
  const names = counted(digests.flatMap(({ outcomes }) => Object.keys(outcomes)));
  const outcomes = names.map(([outcome]) => ({
    outcome,
    cycles: digests.reduce((sum, of) => sum + (of.outcomes[outcome] ?? 0), 0),
  }));
  return {
    cycles: outcomes.reduce((sum, { cycles }) => sum + cycles, 0),
    outcomes,
    lagSeconds: percentilesOf(digests.flatMap(({ lags }) => lags)),
    activeLagSeconds: percentilesOf(digests.flatMap(({ activeLags }) => activeLags)),
    passwordLagSeconds: percentilesOf(digests.flatMap(({ passwordLags }) => passwordLags)),
    activePasswordLagSeconds: percentilesOf(digests.flatMap(({ activePasswordLags }) => activePasswordLags)),
  };
}

function passwordChangesOf(
  given: GivenChanges,
  macs: FleetInput['macs'],
  { list, silent }: Pick<FleetSummary, 'list' | 'silent'>,
  { since, now }: FleetOptions,
): FleetSummary['passwordChanges'] {
  const silentMacs = new Set(silent.map(({ mac }) => mac));
  const causes = new Map(list.map(({ mac, cause }) => [mac, cause]));
  const measured = macs.map(({ mac, digest }) => ({
    ...{ mac, digest, lastAt: lastRecordOf(digest, now) },
    silent: silentMacs.has(mac),
    cause: causes.get(mac) ?? '',
  }));
  return measurePasswordChanges(given, measured, since);
}

/**
 * The Macs whose last record is before `limit`, the longest silent first. A Mac without a record is not
 * listed.
 */
function silentAmong(macs: FleetInput['macs'], limit: EpochMs, now: EpochMs): FleetSummary['silent'] {
  return macs
    .flatMap(({ mac, digest }) => {
      const lastAt = lastRecordOf(digest, now);
      const { agentVersion } = digest;
      return lastAt === null || lastAt >= limit ? [] : [{ mac, lastRecordAt: toIso(lastAt), agentVersion }];
    })
    .sort((one, other) => (one.lastRecordAt < other.lastRecordAt ? -1 : 1));
}

function rowOf(
  { mac, digest }: FleetInput['macs'][number],
  assessment: Assessment,
  range: { readonly since: EpochMs | null; readonly now: EpochMs },
): FleetSummary['list'][number] {
  const { headline, was, freshness, since, knownUntil: lastAt } = assessment;
  const { state, issues, agentVersion } = digest;
  const main = assessment.open.find(({ alsoNoticed }) => !alsoNoticed);
  return {
    mac,
    headline,
    was,
    freshness,
    since: since === null ? null : toIso(since),
    openIssues: [...new Set(assessment.open.map(({ issue }) => issue))],
    silenced: silencedAmong(digest, assessment, range.now),
    cause: causeOf(
      main === undefined
        ? undefined
        : issues.find(({ issue, resolvedAt }) => issue === main.issue && resolvedAt === null),
      providerOfState((key) => state[key] ?? ''),
    ),
    proven: provenByMac(digest, { since: range.since, until: knownUntil(assessment, range.now) }),
    lastRecordAt: lastAt === null ? null : toIso(lastAt),
    macos: state.macos ?? '',
    companyPortal: companyPortalOf(state),
    agentVersion,
    user: state.user ?? '',
    device: state.device ?? '',
  };
}

/** A silence that has ended, or that was of an earlier episode, says nothing of now. */
function silencedAmong(
  { silenced }: Digest,
  { open }: Assessment,
  now: EpochMs,
): FleetSummary['list'][number]['silenced'] {
  return silenced
    .filter(({ issue, at, until }) =>
      open.some((one) => one.issue === issue && (until === null ? at >= one.openedAt : until > now)),
    )
    .map(({ issue, by, until }) => ({ issue, by, until: until === null ? null : toIso(until) }));
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

function issuesOf(macs: readonly Digest[]): FleetSummary['issues'] {
  const episodes = macs.flatMap(({ issues }, mac) => issues.map((episode) => ({ mac, ...episode })));
  const rows = [...Map.groupBy(episodes, ({ issue }) => issue)].map(([issue, all]) => {
    const open = all.filter(({ resolvedAt }) => resolvedAt === null);
    const durations = all.flatMap(({ openedAt, resolvedAt }) =>
      resolvedAt === null ? [] : [Math.max(0, Math.round((resolvedAt - openedAt) / second))],
    );
    const earliest = (of: typeof all) =>
      of.reduce((first, { openedAt }) => Math.min(first, openedAt), Infinity);
    return {
      issue,
      title: entryOf(issue)?.title ?? issue,
      severity: all.at(-1)?.severity ?? '',
      macsOpen: new Set(open.map(({ mac }) => mac)).size,
      macsEver: new Set(all.map(({ mac }) => mac)).size,
      episodes: all.length,
      firstOpenedAt: toIso(earliest(all)),
      openSince: open.length === 0 ? null : toIso(earliest(open)),
      medianOpenSeconds: percentilesOf(durations)?.p50 ?? null,
    };
  });
  return rows.sort(
    (one, other) =>
      other.macsOpen - one.macsOpen || other.macsEver - one.macsEver || (one.issue < other.issue ? -1 : 1),
  );
}
