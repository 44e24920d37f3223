import { changeText } from '../../history/change-text.ts';
import { changesBefore, type Evidence, evidenceOf, possibleCausesGiven } from '../../history/evidence.ts';
import { endOfHistory, knownUntil, openFor } from '../../history/known-until.ts';
import { catalogue } from '../../issues/catalogue.ts';
import type { CatalogueEntry } from '../../issues/catalogue-schema.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { localTime, timeZone, withLocalTimes } from '../../shared/local-time.ts';
import { type Paths, pathsOf } from '../../shared/paths.ts';
import { type EpochMs, toIso } from '../../shared/time.ts';
import { StoreError } from '../../store/errors.ts';
import { openReader } from '../../store/reader.ts';
import type { EventRow, IssueRow } from '../../store/store.ts';
import { textParameters } from '../../texts/text-parameters.ts';
import { notifiableIssueOf, userText } from '../../texts/user-texts.ts';
import type { ExplainOutput } from '../output/explain.ts';
import { evidenceText } from '../print/evidence-text.ts';
import { printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const explain: Subcommand = {
  configure(command, call) {
    command
      .argument('<issue>', 'an issue, as listed by `psso-monitor issues` or `catalogue`')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        `
Without a history it explains the issue in general.

Example:
  psso-monitor explain registration-needs-repair
`,
      );
    call(async (global) => {
      const options = command.opts<{ json?: boolean }>();
      const [id = ''] = command.args;
      const entry = catalogue.find((one) => one.id === id);
      if (entry === undefined)
        throw new UsageError(`there is no issue "${id}"; \`psso-monitor catalogue\` lists them.`);
      const seen = onThisMac(pathsOf(global), id, Date.now());
      const { episodes, history } = seen;
      const evidence = evidenceOf(id, history);
      const causes = possibleCausesGiven(id, evidence);
      if (options.json) {
        printJson({
          entry,
          userText: userTextOf(entry, evidence),
          episodes,
          evidence,
          possibleCauses: causes.map((cause) => cause.id),
          history,
        } satisfies ExplainOutput);
      } else print(entry, seen, evidence, causes);
      return exitStatus.done;
    });
  },
};

interface Seen {
  readonly episodes: IssueRow[];
  readonly history: EventRow[];
  /** The open episodes of all issues. */
  readonly open: readonly IssueRow[];
  /** The end of the history; `end` is its sentence, null while the agent watches. */
  readonly until: EpochMs;
  readonly end: string | null;
}

/** The records of the issue; empty before the first run of the agent. */
function onThisMac({ database, dataDir }: Paths, issue: string, now: EpochMs): Seen {
  try {
    const reader = openReader({ path: database });
    try {
      const rows = reader.issues();
      const until = knownUntil(reader, dataDir, now);
      return {
        episodes: rows.filter((row) => row.issue === issue),
        history: reader.events({ issue, last: 20 }),
        open: rows.filter(({ status }) => status === 'open'),
        ...{ until, end: endOfHistory(until, now) },
      };
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof StoreError && error.code === 'missing')
      return { episodes: [], history: [], open: [], until: now, end: null };
    throw error;
  }
}

/** The text for an issue without episodes. A possible cause never has one. */
function notSeen(entry: CatalogueEntry, open: readonly IssueRow[]): string {
  if (entry.detector !== null) return '  Not seen.';
  const explained = open.filter(({ issue }) => entry.possibleCauseOf.some((one) => one === issue));
  const of = explained.map(({ issue, opened_at }) => `${issue}, open since ${localTime(opened_at)}`);
  const possible = of.length === 0 ? '' : ` It is a possible cause of ${of.join(', and of ')}.`;
  return `  The Mac alone can't show this.${possible} To confirm it, follow the steps below.`;
}

/** Compares two digests, which mean nothing to a reader. */
function profileText(from: string, to: string): string {
  if (to === '') return 'SSO profile removed';
  return from === '' ? 'SSO profile installed' : 'SSO profile changed';
}

function userTextOf(entry: CatalogueEntry, evidence: Evidence | null): ExplainOutput['userText'] {
  // Without an applied profile there is nothing that the user could do.
  if (notifiableIssueOf(entry.id) !== entry.id || evidence?.configured === false) return null;
  const text = userText(entry.id, 'en', textParameters(evidence));
  return { ...text, steps: [...text.steps] };
}

function heading(text: string): void {
  printLine(`\n${styled('bold', text)}`);
}

function list(items: readonly string[]): void {
  for (const item of items) printLine(`  - ${item}`);
}

function print(
  entry: CatalogueEntry,
  { episodes, history, open, until, end }: Seen,
  evidence: Evidence | null,
  causes: readonly CatalogueEntry[],
): void {
  printLine(`${styled('bold', entry.title)} (${entry.id})`);
  printLine(entry.meaning);

  heading('On this Mac');
  if (episodes.length === 0) printLine(notSeen(entry, open));
  for (const row of episodes.slice(0, 5)) {
    const for_ = openFor(row, until);
    printLine(
      row.status === 'open'
        ? `  Open since ${localTime(row.opened_at)} (${for_}). ${withLocalTimes(row.summary)}`
        : `  ${localTime(row.opened_at)}, resolved after ${for_}. ${withLocalTimes(row.summary)}`,
    );
  }
  if (end !== null && episodes.some(({ status }) => status === 'open')) printLine(`  ${end}`);
  if (evidence !== null) {
    heading('Evidence');
    for (const [key, value] of Object.entries(evidence)) {
      if (key !== 'possibleCauses' && key !== 'changesBefore') printLine(`  ${evidenceText(key, value)}`);
    }
    const changes = changesBefore(evidence);
    if (changes.length > 0) {
      heading('What changed in the 24 hours before');
      list(
        changes.map(({ at, kind, from, to }) => {
          if (kind === 'profile-changed') return `${localTime(toIso(at))}: ${profileText(from, to)}`;
          const was = from === '' || from === to ? '' : `; it was ${from}`;
          return `${localTime(toIso(at))}: ${changeText(kind, to)}${was}`;
        }),
      );
    }
  }
  const reliability = entry.detector === null ? 'a possible cause' : entry.reliability;
  printLine(`\nReliability: ${reliability}. ${entry.reliabilityNote}`);

  const text = userTextOf(entry, evidence);
  if (text !== null) {
    heading('What the user can do');
    printLine(`  ${text.title}. ${text.body}`);
    list(text.steps);
    if (entry.settingsLink !== null) printLine(`  To open the pane: open '${entry.settingsLink}'`);
  }
  heading('For the admin');
  printLine(`  ${entry.admin.text}`);
  list(entry.admin.steps);
  heading('To confirm it');
  list(entry.admin.confirm);
  if (causes.length > 0) {
    heading('Possible causes, the most likely first; none is proven');
    for (const cause of causes) {
      printLine(`  ${cause.id}: ${cause.title}`);
      for (const check of cause.admin.confirm) printLine(`    - ${check}`);
    }
  }
  heading('Links');
  list(entry.links.map((link) => `${link.title}: ${link.url}`));
  const shown = history.filter((event) => event.kind.startsWith('notification-'));
  if (shown.length > 0) {
    heading('What the user was shown');
    list(shown.map((event) => `${localTime(event.at)}: ${event.summary}`));
  }
  if (episodes.length > 0) printLine(styled('dim', `\nTimes are ${timeZone()}.`));
}
