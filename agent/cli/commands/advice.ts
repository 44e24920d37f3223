import { type Advice, adviceFor } from '../../history/advice.ts';
import { adviceDialog } from '../../history/advice-dialog.ts';
import type { AdviceOutput } from '../../history/advice-output.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { ownStateIfAny } from '../../history/users-of-this-mac.ts';
import { readSilences } from '../../notify/silences.ts';
import { loadContext } from '../../settings/load-context.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const advice: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--as <format>', 'text, or dialog: options for the --jsonfile of swiftDialog', 'text')
      .addHelpText(
        'after',
        `
Prints the state of work sign-in and the next steps in the user's language, for a self-service item such as
"Why can't I sign in?". Exit status 1 when a problem is found.

Example:
  psso-monitor advice
  psso-monitor advice --as dialog > /tmp/advice.json; /usr/local/bin/dialog --jsonfile /tmp/advice.json
`,
      );
    call(async (global) => {
      const { as } = command.opts<{ as: string }>();
      if (as !== 'text' && as !== 'dialog') throw new UsageError(`--as takes text or dialog, not "${as}".`);
      const { settings, languageBy } = await loadContext(global);
      const language = languageBy(settings.values);
      const paths = await pathsToRead(global);
      const now = Date.now();
      const found = adviceFor(ownStateIfAny(paths), language, now, {
        organisation: settings.organisation,
        silences: readSilences(paths.silences, now),
      });
      if (as === 'dialog') printJson(adviceDialog(found, language) satisfies AdviceOutput);
      else print(found);
      return found.problems.length > 0 ? exitStatus.problem : exitStatus.done;
    });
  },
};

function print({ sentences, problems }: Advice): void {
  for (const sentence of sentences) printLine(sentence);
  for (const { title, steps, silenced } of problems) {
    printLine(`\n${styled('bold', title)}`);
    for (const [index, step] of steps.entries()) printLine(`  ${index + 1}. ${step}`);
    if (silenced !== null) printLine(`  ${silenced}`);
  }
}
