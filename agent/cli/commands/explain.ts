import { evidenceOf, possibleCausesGiven } from '../../history/evidence.ts';
import { issueOnMac } from '../../history/issue-on-mac.ts';
import { userTextOf } from '../../history/main-issue.ts';
import { catalogue } from '../../issues/catalogue.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { pathsOf } from '../../shared/paths.ts';
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
      const seen = issueOnMac(pathsOf(global), id, Date.now());
      const { episodes, history } = seen;
      const evidence = evidenceOf(id, history);
      const causes = possibleCausesGiven(id, evidence);
      const found = userTextOf(entry.id, evidence);
      const text = found === null ? null : { ...found, steps: [...found.steps] };
      if (options.json) {
        printJson({
          entry,
          freshness: seen.assessment?.freshness ?? null,
          headline: seen.assessment?.headline ?? null,
          was: seen.assessment?.was ?? null,
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
