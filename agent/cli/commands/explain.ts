import { isCurrent } from '../../assess/freshness.ts';
import { openSeconds } from '../../history/assessment-of.ts';
import { possibleCausesGiven } from '../../history/evidence.ts';
import { headlineText } from '../../history/headline-texts.ts';
import { type IssueOnMac, issueOnMac } from '../../history/issue-on-mac.ts';
import { userTextOf } from '../../history/main-issue.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { causesOf } from '../../history/stated-causes.ts';
import { entryOf } from '../../issues/catalogue.ts';
import { isOwnId, type Organisation } from '../../issues/organisation.ts';
import { loadOrganisation } from '../../settings/load-context.ts';
import { ProblemError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import type { Paths } from '../../shared/paths.ts';
import { isoOrNull } from '../../shared/time.ts';
import { storeError } from '../../store/errors.ts';
import { issueOption } from '../options/issue-option.ts';
import type { ExplainOutput } from '../output/explain.ts';
import { printExplanation } from '../print/explain-text.ts';
import { printJson, printJsonLine, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const explain: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .argument('[issue]', 'an issue of `psso-monitor catalogue`, or its beginning; default: what is open')
      .option('--json', 'print JSON; without an issue NDJSON, one open issue a line')
      .addHelpText(
        'after',
        `
Without an issue it explains every open issue, the most serious first. Without a history it explains an issue
in general, with the names of Microsoft Entra ID.

Example:
  psso-monitor explain
  psso-monitor explain registration-needs-repair
  psso-monitor explain registration-n
`,
      );
    call(async (global) => {
      const json = command.opts<{ json?: boolean }>().json === true;
      const [given] = command.args;
      const organisation = await loadOrganisation(global);
      if (given !== undefined) {
        const id = issueOption(given, organisation);
        const output = explained(await pathsToRead(global), id, organisation);
        if (json) printJson(outputOf(output));
        else print(output, global);
        return exitStatus.done;
      }
      const paths = await pathsToRead(global);
      const { known, unknown, seen } = openOn(paths, organisation);
      const all = known.map((id) => explained(paths, id, organisation));
      if (json) for (const one of all) printJsonLine(outputOf(one));
      else if (known.length + unknown.length === 0) printNothingOpen(seen);
      else printAll(all, unknown, global);
      return exitStatus.done;
    });
  },
};

type Explained = ReturnType<typeof explained>;

function explained(paths: Paths, id: string, organisation: Organisation) {
  const seen = issueOnMac(paths, id, Date.now(), organisation);
  const entry = entryOf(id, seen.provider, organisation);
  // An issue of a newer agent, in a history that this version reads.
  if (entry === null) throw new ProblemError(`this version does not know the issue "${id}".`);
  const { evidence, provider } = seen;
  const found = userTextOf(id, evidence, provider, organisation);
  return {
    id,
    entry,
    seen,
    causes: causesOf(id, evidence, provider),
    text: found === null ? null : { ...found, steps: [...found.steps] },
  };
}

function outputOf({ id, entry, seen, causes, text }: Explained): ExplainOutput {
  const { assessment, episodes, history, evidence, provider, until, silencedUntil } = seen;
  return {
    entry,
    freshness: assessment?.freshness ?? null,
    headline: assessment?.headline ?? null,
    was: assessment?.was ?? null,
    userText: text,
    episodes: episodes.map((row) =>
      row.open_seconds === '' ? row : { ...row, open_seconds: String(openSeconds(row, until)) },
    ),
    silencedUntil: isoOrNull(silencedUntil),
    evidence,
    causes,
    possibleCauses: possibleCausesGiven(id, evidence, provider).map((cause) => cause.id),
    history,
  };
}

interface OpenIssues {
  /** Ids, the most serious first. */
  readonly known: readonly string[];
  /** Of a newer agent. */
  readonly unknown: readonly string[];
  readonly seen: IssueOnMac;
}

/** Throws StoreError. */
function openOn(paths: Paths, organisation: Organisation): OpenIssues {
  const seen = issueOnMac(paths, '', Date.now(), organisation);
  if (seen.assessment === null) throw storeError('missing', paths.database);
  const ids = [...new Set(seen.assessment.open.map(({ issue }) => issue))];
  const isKnown = (id: string) => entryOf(id, seen.provider, organisation) !== null;
  return { known: ids.filter(isKnown), unknown: ids.filter((id) => !isKnown(id)), seen };
}

function print({ entry, seen, causes, text }: Explained, place: GlobalOptions): void {
  printExplanation(entry, seen, { evidence: seen.evidence, causes, text, place });
}

function printAll(all: readonly Explained[], unknown: readonly string[], place: GlobalOptions): void {
  for (const [index, one] of all.entries()) {
    if (index > 0) printLine(`\n${styled('dim', '─'.repeat(40))}\n`);
    print(one, place);
  }
  for (const id of unknown) printLine(unknownText(id));
}

function unknownText(id: string): string {
  return isOwnId(id)
    ? `The issue ${id} is open too; the settings of this computer have no rule for it.`
    : `The issue ${id} is open too; this version does not know it.`;
}

function printNothingOpen({ assessment }: IssueOnMac): void {
  if (assessment === null) return;
  printLine(headlineText(assessment));
  printLine(isCurrent(assessment.freshness) ? 'No issue is open.' : 'No issue was open then.');
}
