import { isAlsoNoticed } from '../issues/issues.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import { readSilences } from '../notify/silences.ts';
import { durationText, roughDuration } from '../shared/duration-text.ts';
import { localTime } from '../shared/local-time.ts';
import type { Paths } from '../shared/paths.ts';
import { isoOrNull, second, toIso } from '../shared/time.ts';
import type { OwnUseRecord } from '../store/own-use-record.ts';
import { previousRun, readRunFile, runningAgent } from '../store/run-file.ts';
import { type StateKey, stateByKey } from '../store/state-keys.ts';
import type { StoreReader } from '../store/store.ts';
import { assessmentOf } from './assessment-of.ts';
import { headlineText, missingTexts, notKnownTexts } from './headline-texts.ts';
import { lastPollIn } from './last-poll.ts';
import { mainIssueOf } from './main-issue.ts';
import type { StatusOutput } from './status-output.ts';
import { stepWithoutIssue } from './step-without-issue.ts';
import { windowText } from './window-text.ts';

/** The state of this Mac for the helpdesk, from the public views, the run record and the silences. */
export function statusOf(
  reader: StoreReader,
  { dataDir, silences }: Pick<Paths, 'dataDir' | 'silences'>,
  now: Date = new Date(),
  organisation: Organisation = noOrganisation,
): StatusOutput {
  const rows = reader.state();
  const issues = reader.issues();
  const state = stateByKey(rows);
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const assessment = assessmentOf(
    { state: rows, issues },
    lastPollIn(dataDir, reader),
    now.getTime(),
    organisation,
  );
  const { headline, was, freshness, since, preconditions } = assessment;
  const silenced = readSilences(silences, now.getTime());
  const openIssues = issues
    .filter((issue) => issue.status === 'open')
    .map((issue) => ({
      issue: issue.issue,
      severity: issue.severity,
      openedAt: issue.opened_at,
      summary: issue.summary,
      alsoNoticed: isAlsoNoticed(issue.issue, organisation),
      silencedUntil: isoOrNull(silenced[issue.issue] ?? null),
    }));
  const main = mainIssueOf(assessment, reader, silenced, organisation);
  return {
    headline,
    was,
    freshness,
    headlineText: headlineText(assessment),
    since: since === null ? '' : toIso(since),
    lastKnownAt: isoOrNull(assessment.knownUntil),
    missing: missingTexts(assessment),
    notKnown: notKnownTexts(assessment, rows),
    next: stepWithoutIssue(assessment),
    main: main === null ? null : { ...main, silencedUntil: isoOrNull(main.silencedUntil) },
    // English, for the helpdesk; only texts for the user are translated.
    window: windowText(assessment, value, localTime),
    preconditions: { ...preconditions },
    state: Object.fromEntries(rows.map(({ key, value }) => [key, value])),
    openIssues,
    agent: agentStatus(dataDir, reader, now),
  };
}

function agentStatus(dataDir: string, reader: StoreReader, now: Date): StatusOutput['agent'] {
  const file = readRunFile(dataDir);
  return {
    ...lifeOf(dataDir, reader, now),
    ownUse: file?.ownUse == null ? null : ownUseOf(file.ownUse),
    selfRestart: file?.selfRestart ?? null,
  };
}

function ownUseOf({ over, ...figures }: OwnUseRecord): StatusOutput['agent']['ownUse'] {
  return { ...figures, overLimits: [...over] };
}

function lifeOf(
  dataDir: string,
  reader: StoreReader,
  now: Date,
): Pick<StatusOutput['agent'], 'running' | 'lastLookAt' | 'text'> {
  const last = previousRun(dataDir);
  if (last === null) {
    const newest = reader.events({ last: 1 }).at(0)?.at ?? '';
    const text = `The agent isn't running here. ${lastDataText(newest, now)}`;
    return { running: null, lastLookAt: null, text };
  }
  const lastPollAt = last.lastPollAt === null ? null : new Date(last.lastPollAt).toISOString();
  const ago =
    last.lastPollAt === null ? null : durationText(Math.max(0, (now.getTime() - last.lastPollAt) / second));
  const run = runningAgent(dataDir);
  if (run?.waitsUntil != null) {
    const text =
      `The agent ended ${run.quickDeaths} times soon after its start; ` +
      `it waits until ${localTime(run.waitsUntil)}. For details: psso-monitor doctor`;
    return { running: true, lastLookAt: lastPollAt, text };
  }
  if (run !== null) {
    const tooMuch = run.ownUse?.over.join(', ') ?? '';
    const more = tooMuch === '' ? '' : ` It uses more than it should: ${tooMuch}.`;
    const { events: waiting = 0, since = '' } = run.unwritten ?? {};
    const unwritten =
      run.unwritten === null
        ? ''
        : ` The history can't be written since ${localTime(since)}: events wait in memory (${waiting} ` +
          'or more), and this is the state before them.';
    const details = unwritten + more === '' ? '' : ' For details: psso-monitor doctor';
    const polled =
      ago === null ? 'The agent runs; its first poll has not finished yet.' : `The last poll was ${ago} ago.`;
    return { running: true, lastLookAt: lastPollAt, text: `${polled}${unwritten}${more}${details}` };
  }
  const ended = last.cleanStop ? "isn't running." : "isn't running, and didn't shut down cleanly.";
  const asOf =
    lastPollAt === null
      ? 'It has never polled.'
      : `Last checked at ${localTime(lastPollAt)} (${agoText(lastPollAt, now)}).`;
  return { running: false, lastLookAt: lastPollAt, text: `The agent ${ended} ${asOf}` };
}

/** `newest`: the time of the newest record; empty: there is none. */
function lastDataText(newest: string, now: Date): string {
  return newest === ''
    ? 'The history is empty.'
    : `Last data: ${localTime(newest)} (${agoText(newest, now)}).`;
}

function agoText(iso: string, now: Date): string {
  return `${roughDuration(Math.max(0, (now.getTime() - Date.parse(iso)) / second))} ago`;
}
