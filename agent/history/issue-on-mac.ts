import type { Assessment } from '../assess/assess.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import { readSilences } from '../notify/silences.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { Paths } from '../shared/paths.ts';
import type { EpochMs } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import { openReader } from '../store/reader.ts';
import { providerInRows, type StateKey, stateByKey } from '../store/state-keys.ts';
import type { EventRow, IssueRow, StoreReader } from '../store/store.ts';
import { assessmentOf, endOfHistory, knownUntil } from './assessment-of.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { evidenceKinds } from './history.ts';
import { lastPollIn } from './last-poll.ts';

/** The records of one issue on this Mac. */
export interface IssueOnMac {
  readonly episodes: IssueRow[];
  /** The last 20 events of the issue, the oldest first. */
  readonly history: EventRow[];
  /** Of the newest event with evidence, which may be older than `history`. */
  readonly evidence: Evidence | null;
  /** The open episodes of all issues. */
  readonly open: readonly IssueRow[];
  /** The password rules that can't be compared with the identity provider's. */
  readonly rulesNotCompared: readonly string[];
  /** Whose names fit this Mac; without a history Entra. */
  readonly provider: IdentityProvider;
  /** The end of the history; `end` is its sentence, null while the history is live. */
  readonly until: EpochMs;
  readonly end: string | null;
  /** The user silenced the issue until then; null: not silenced. */
  readonly silencedUntil: EpochMs | null;
  /** Null: there is no history. */
  readonly assessment: Assessment | null;
}

/** Reads the records of the issue; empty before the first run of the agent. Throws StoreError. */
export function issueOnMac(
  { database, dataDir, silences }: Paths,
  issue: string,
  now: EpochMs,
  organisation: Organisation = noOrganisation,
): IssueOnMac {
  const silencedUntil = readSilences(silences, now)[issue] ?? null;
  try {
    const reader = openReader({ path: database });
    try {
      const rows = reader.issues();
      const lastPoll = lastPollIn(dataDir, reader);
      const assessment = assessmentOf({ state: reader.state(), issues: rows }, lastPoll, now, organisation);
      return {
        episodes: rows.filter((row) => row.issue === issue),
        history: reader.events({ issue, last: 20 }),
        evidence: evidenceOf(issue, reader.events({ issue, kinds: evidenceKinds, last: 1 })),
        open: rows.filter(({ status }) => status === 'open'),
        rulesNotCompared: stateList(reader, 'password-rules-not-compared'),
        provider: providerInRows(reader.state()),
        until: knownUntil(assessment, now),
        end: endOfHistory(assessment),
        silencedUntil,
        assessment,
      };
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof StoreError && error.code === 'missing')
      return {
        episodes: [],
        history: [],
        evidence: null,
        open: [],
        rulesNotCompared: [],
        provider: 'entra',
        until: now,
        end: null,
        silencedUntil,
        assessment: null,
      };
    throw error;
  }
}

function stateList(reader: StoreReader, key: StateKey): string[] {
  const value = stateByKey(reader.state()).get(key)?.value ?? '';
  return value === '' ? [] : value.split(', ');
}
