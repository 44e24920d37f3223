import { possibleCausesGiven } from '../../history/evidence.ts';
import { issueOnMac } from '../../history/issue-on-mac.ts';
import { userTextOf } from '../../history/main-issue.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { causesOf } from '../../history/stated-causes.ts';
import { entryOf } from '../../issues/catalogue.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { toIso } from '../../shared/time.ts';
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
Without a history it explains the issue in general, with the names of Microsoft Entra ID.

Example:
  psso-monitor explain registration-needs-repair
`,
      );
    call(async (global) => {
      const options = command.opts<{ json?: boolean }>();
      const [id = ''] = command.args;
      const seen = issueOnMac(await pathsToRead(global), id, Date.now());
      const { episodes, history, evidence, provider } = seen;
      const entry = entryOf(id, provider);
      if (entry === null)
        throw new UsageError(`there is no issue "${id}"; \`psso-monitor catalogue\` lists them.`);
      const causes = causesOf(id, evidence, provider);
      const found = userTextOf(id, evidence, provider);
      const text = found === null ? null : { ...found, steps: [...found.steps] };
      if (options.json) {
        printJson({
          entry,
          freshness: seen.assessment?.freshness ?? null,
          headline: seen.assessment?.headline ?? null,
          was: seen.assessment?.was ?? null,
          userText: text,
          episodes,
          silencedUntil: seen.silencedUntil === null ? null : toIso(seen.silencedUntil),
          evidence,
          causes,
          possibleCauses: possibleCausesGiven(id, evidence, provider).map((cause) => cause.id),
          history,
        } satisfies ExplainOutput);
      } else printExplanation(entry, seen, { evidence, causes, text });
      return exitStatus.done;
    });
  },
};
