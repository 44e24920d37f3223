import { type Evidence, evidenceOf, possibleCausesGiven } from '../../history/evidence.ts';
import { issueOnMac } from '../../history/issue-on-mac.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { catalogue } from '../../issues/catalogue.ts';
import type { CatalogueEntry } from '../../issues/catalogue-schema.ts';
import { isStoppedByProfile } from '../../issues/notification-rules.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { textParameters } from '../../texts/text-parameters.ts';
import { notifiableIssueOf, userText } from '../../texts/user-texts.ts';
import type { ExplainOutput } from '../output/explain.ts';
import { printExplanation } from '../print/explain-text.ts';
import { printJson } from '../print/print.ts';
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
      const seen = issueOnMac(await pathsToRead(global), id, Date.now());
      const { episodes, history } = seen;
      const evidence = evidenceOf(id, history);
      const causes = possibleCausesGiven(id, evidence);
      const text = userTextOf(entry, evidence);
      if (options.json) {
        printJson({
          entry,
          userText: text,
          episodes,
          evidence,
          possibleCauses: causes.map((cause) => cause.id),
          history,
        } satisfies ExplainOutput);
      } else printExplanation(entry, seen, { evidence, causes, text });
      return exitStatus.done;
    });
  },
};

function userTextOf(entry: CatalogueEntry, evidence: Evidence | null): ExplainOutput['userText'] {
  // Without an applied profile, or with a mistake in it, there is nothing that the user could do.
  if (notifiableIssueOf(entry.id) !== entry.id) return null;
  if (evidence?.configured === false || isStoppedByProfile(evidence)) return null;
  const text = userText(entry.id, 'en', textParameters(evidence));
  return { ...text, steps: [...text.steps] };
}
