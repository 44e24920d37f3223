import { durationText } from '../shared/duration-text.ts';
import { localTime, timeToday } from '../shared/local-time.ts';
import { second } from '../shared/time.ts';
import type { OwnUseRecord } from '../store/own-use-record.ts';
import { previousRun, readRunFile, runningAgent } from '../store/run-file.ts';
import { type StateKey, stateByKey } from '../store/state-keys.ts';
import type { StoreReader } from '../store/store.ts';
import { windowPhaseToShow, windowSentence } from '../texts/user-texts.ts';
import { headlineTexts } from './headline-texts.ts';
import type { StatusOutput } from './status-output.ts';

/** The assessment of this Mac, from the public views and the run record. */
export function statusOf(reader: StoreReader, dataDir: string, now: Date = new Date()): StatusOutput {
  const rows = reader.state();
  const state = stateByKey(rows);
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const headline = value('headline') || 'unknown';
  const openIssues = reader
    .issues()
    .filter((issue) => issue.status === 'open')
    .map((issue) => ({
      issue: issue.issue,
      severity: issue.severity,
      openedAt: issue.opened_at,
      summary: issue.summary,
    }));
  const good = value('last-confirmed-good');
  return {
    headline,
    headlineText: headlineTexts[headline] ?? headline,
    since: state.get('headline')?.since ?? '',
    // English, for the helpdesk; only texts for the user are translated.
    window: windowSentence(windowPhaseToShow(headline, value('password-window'), good !== ''), 'en', {
      lastConfirmedGood: good === '' ? null : timeToday(good, now),
      methodNotUnderstood: value('method-not-understood'),
    }),
    state: Object.fromEntries(rows.map(({ key, value }) => [key, value])),
    openIssues,
    agent: agentStatus(dataDir, reader, now),
  };
}

export function agentStatus(dataDir: string, reader: StoreReader, now: Date): StatusOutput['agent'] {
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
    const text = `No agent has run here; the history ends at ${localTime(newest)}.`;
    return { running: null, lastLookAt: null, text };
  }
  const lastPollAt = last.lastPollAt === null ? null : new Date(last.lastPollAt).toISOString();
  const ago =
    last.lastPollAt === null ? null : durationText(Math.max(0, (now.getTime() - last.lastPollAt) / second));
  const run = runningAgent(dataDir);
  if (run?.waitsUntil != null) {
    const text =
      `The agent ended ${run.quickDeaths} times soon after its start; ` +
      `it waits until ${timeToday(run.waitsUntil, now)}. For details: psso-monitor doctor`;
    return { running: true, lastLookAt: lastPollAt, text };
  }
  if (run !== null) {
    const tooMuch = run.ownUse?.over.join(', ') ?? '';
    const more =
      tooMuch === '' ? '' : ` It uses more than it should: ${tooMuch}. For details: psso-monitor doctor`;
    const { events: waiting = 0, since = '' } = run.unwritten ?? {};
    const unwritten =
      run.unwritten === null
        ? ''
        : ` The history can't be written since ${timeToday(since, now)}: events wait in memory (${waiting} ` +
          'or more), and this is the state before them. For details: psso-monitor doctor';
    const polled =
      ago === null ? 'The agent runs; its first poll has not finished yet.' : `The last poll was ${ago} ago.`;
    return { running: true, lastLookAt: lastPollAt, text: `${polled}${unwritten}${more}` };
  }
  const ended = last.cleanStop ? 'is not running' : 'is not running, and did not stop cleanly';
  const asOf = ago === null ? '. It has never polled.' : `; this was the state ${ago} ago.`;
  return { running: false, lastLookAt: lastPollAt, text: `The agent ${ended}${asOf}` };
}
