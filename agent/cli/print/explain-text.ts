import { openSeconds } from '../../history/assessment-of.ts';
import { changeBeforeText, changesBefore, type Evidence } from '../../history/evidence.ts';
import { headlineText } from '../../history/headline-texts.ts';
import type { IssueOnMac } from '../../history/issue-on-mac.ts';
import { causeLine, type StatedCause } from '../../history/stated-causes.ts';
import { entryOf } from '../../issues/catalogue.ts';
import type { CatalogueEntry } from '../../issues/catalogue-schema.ts';
import { durationText } from '../../shared/duration-text.ts';
import { notComparedText } from '../../shared/effective-password-policy.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { type IdentityProvider, providerNames } from '../../shared/identity-provider.ts';
import { localTime, timeZone, withLocalTimes } from '../../shared/local-time.ts';
import { toIso } from '../../shared/time.ts';
import type { EventRow, IssueRow } from '../../store/store.ts';
import type { ExplainOutput } from '../output/explain.ts';
import { asCalled } from './as-called.ts';
import { evidenceText } from './evidence-text.ts';
import { printLine, styled } from './print.ts';

interface Explained {
  readonly evidence: Evidence | null;
  readonly causes: readonly StatedCause[];
  /** null: there is no notification for the issue. */
  readonly text: ExplainOutput['userText'];
  /** The options that say whose history it is. */
  readonly place: GlobalOptions;
}

const printedElsewhere = ['causes', 'possibleCauses', 'changesBefore'];
const passcodePolicy: CatalogueEntry['id'] = 'passcode-policy-complexity-mismatch';

/** Prints all about one issue for the helpdesk. */
export function printExplanation(
  entry: CatalogueEntry,
  seen: IssueOnMac,
  { evidence, causes, text, place }: Explained,
): void {
  const printHint = (hint: string) => printLine(asCalled(hint, place));
  printLine(`${styled('bold', entry.title)} (${entry.id})`);
  printLine(entry.meaning);
  if (!entry.providers.includes(seen.provider)) {
    const having = entry.providers.map((provider) => providerNames(provider).name).join(' or ');
    printLine(`Only a Mac with ${having} can have it.`);
  }
  printEpisodes(entry, seen);
  const concerned = [entry, ...causes].some(({ id }) => id === passcodePolicy);
  if (concerned && seen.rulesNotCompared.length > 0) printLine(`  ${notComparedText(seen.rulesNotCompared)}`);
  if (causes.length > 0) printCauses(causes, seen.provider, printHint);
  if (evidence !== null) printEvidence(evidence);
  const reliability = entry.detectable ? entry.reliability : undetectedWord(entry);
  printLine(`\nReliability: ${reliability}. ${entry.reliabilityNote}`);
  if (text !== null) printUserText(entry, text);
  heading('For the admin');
  printHint(`  ${entry.admin.text}`);
  list(entry.admin.steps, printHint);
  heading('To confirm it');
  list(entry.admin.confirm, printHint);
  heading('Links');
  for (const { title, url } of entry.links) printLine(`  - ${title}:\n    ${url}`);
  printNotifications(seen.history);
  if (seen.episodes.length > 0) printLine(styled('dim', `\nTimes in ${timeZone()}.`));
}

function printEpisodes(entry: CatalogueEntry, seen: IssueOnMac): void {
  const { episodes, open, until, end, silencedUntil, assessment } = seen;
  heading('On this Mac');
  if (assessment !== null && assessment.was !== null) printLine(`  ${headlineText(assessment)}`);
  if (episodes.length === 0) printLine(notSeen(entry, open));
  for (const row of episodes.slice(0, 5)) {
    const duration = durationText(openSeconds(row, until));
    printLine(
      row.status === 'open'
        ? `  Open since ${localTime(row.opened_at)} (${duration}). ${withLocalTimes(row.summary)}`
        : `  ${localTime(row.opened_at)}, resolved after ${duration}. ${withLocalTimes(row.summary)}`,
    );
  }
  if (end !== null && episodes.some(({ status }) => status === 'open')) printLine(`  ${end}`);
  if (silencedUntil !== null) printLine(`  Silenced by the user until ${localTime(toIso(silencedUntil))}.`);
}

function printEvidence(evidence: Evidence): void {
  heading('Evidence');
  for (const [key, value] of Object.entries(evidence)) {
    if (!printedElsewhere.includes(key)) printLine(`  ${evidenceText(key, value)}`);
  }
  const changes = changesBefore(evidence);
  if (changes.length === 0) return;
  heading('What changed before');
  list(changes.map((change) => `${localTime(toIso(change.at))}: ${changeBeforeText(change)}`));
}

function printUserText(
  { settingsLink }: CatalogueEntry,
  { title, body, steps }: NonNullable<Explained['text']>,
): void {
  heading('What the user can do');
  printLine(`  ${title}. ${body}`);
  list(steps);
  if (settingsLink !== null) printLine(`  To open the pane:\n    open '${settingsLink}'`);
}

function printCauses(
  causes: readonly StatedCause[],
  provider: IdentityProvider,
  printHint: (hint: string) => void,
): void {
  heading('Causes, the best first; none is proven');
  for (const cause of causes) {
    printLine(`  ${causeLine(cause)}`);
    const { id, changeAt, remedyFirst } = cause;
    printLine(styled('dim', `    ${id}${changeAt === null ? '' : `, ${localTime(changeAt)}`}`));
    if (remedyFirst !== null) printHint(`    First: ${remedyFirst}`);
    for (const check of entryOf(id, provider)?.admin.confirm ?? []) printHint(`    - ${check}`);
  }
}

function printNotifications(history: readonly EventRow[]): void {
  const shown = history.filter((event) => event.kind.startsWith('notification-'));
  if (shown.length === 0) return;
  heading('What the user was shown');
  list(shown.map((event) => `${localTime(event.at)}: ${event.summary}`));
}

function undetectedWord({ possibleCauseOf }: CatalogueEntry): string {
  return possibleCauseOf.length > 0 ? 'a possible cause' : 'not detected';
}

/** The text for an issue without episodes. An entry without a detector never has one. */
function notSeen(entry: CatalogueEntry, open: readonly IssueRow[]): string {
  if (entry.detectable) return '  Not seen.';
  if (entry.possibleCauseOf.length === 0) return '  The agent does not open it as an issue: see below why.';
  const explained = open.filter(({ issue }) => entry.possibleCauseOf.some((one) => one === issue));
  const of = explained.map(({ issue, opened_at }) => `${issue}, open since ${localTime(opened_at)}`);
  const possible = of.length === 0 ? '' : ` It is a possible cause of ${of.join(', and of ')}.`;
  return `  The Mac alone can't show this.${possible} To confirm it, follow the steps below.`;
}

function heading(text: string): void {
  printLine(`\n${styled('bold', text)}`);
}

function list(items: readonly string[], print: (text: string) => void = printLine): void {
  for (const item of items) print(`  - ${item}`);
}
