import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { providerNames } from '../../shared/identity-provider.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { shellWord } from '../../shared/shell-quoted.ts';
import { datedName } from '../options/dated-name.ts';
import type { DiagnoseOutput } from '../output/diagnose.ts';
import { printJson, printLine, printUnwrapped, styled, table } from '../print/print.ts';
import { progressLine } from '../print/progress.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  out?: string;
  days: string;
  describe?: boolean;
  yes?: boolean;
  force?: boolean;
  json?: boolean;
}

export const diagnose: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--out <file>', 'archive; default: psso-monitor-diagnose-DATE-TIME.zip in this folder')
      .option('--days <n>', 'days of history and log', '7')
      .option('--describe', 'print the description for a ticket; make no archive')
      .option('--yes', 'do not ask before making the archive')
      .option('--force', 'overwrite the archive')
      .option('--json', 'print a summary as JSON; needs --yes')
      .addHelpText(
        'after',
        `
Collects what a support case about Platform SSO needs: state, history, log, versions, and a description with
blanks for you. Names, ids, keys and tokens are replaced. It lists the contents and asks before it makes the
archive. It sends nothing, changes nothing, and runs nothing as root: it prints the commands for an admin.
With --database the archive holds that copy of a history alone, and nothing of this Mac.

Example:
  psso-monitor diagnose
  psso-monitor diagnose --days 14 --out ticket.zip --yes
  psso-monitor diagnose --database pulled/events.db --days 30
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const { yes = false, force = false, json = false } = options;
      const days = Number(options.days);
      if (!Number.isInteger(days) || days < 1 || days > 3650)
        throw new UsageError(`--days takes a whole number from 1 to 3650, not "${options.days}".`);
      if (json && !yes) throw new UsageError('--json is for scripts; it needs --yes.');
      const now = Date.now();
      const out = resolve(options.out ?? datedName('diagnose', 'zip', new Date(now)));
      const [making, { partsFor, descriptionOf }] = await Promise.all([
        import('../../diagnose/diagnose.ts'),
        import('../../diagnose/parts.ts'),
      ]);
      if (options.describe === true) {
        printUnwrapped(descriptionOf(await making.gatherDiagnosis(global, days, now)).trimEnd());
        return exitStatus.done;
      }
      if (!existsSync(dirname(out))) throw new UsageError(`the folder ${dirname(out)} does not exist.`);
      if (existsSync(out) && !force)
        throw new UsageError(`${out} exists already; choose another name, or overwrite it with --force.`);

      const ofCopy = making.isOfCopy(global);
      // A copy that can't be read is an error before any announcement.
      const read = ofCopy ? await making.gatherDiagnosis(global, days, now) : null;
      if (!json) announce(out, days, partsFor(ofCopy));
      if (!yes) {
        if (!process.stdin.isTTY || !process.stdout.isTTY)
          throw new UsageError('no archive was made: there is no terminal to confirm it on. Add --yes.');
        if (!(await agreed())) {
          printLine('No archive was made.');
          return exitStatus.done;
        }
      }
      const progress = progressLine();
      progress.say('Reading the history, the log and this Mac…');
      const gathered = read ?? (await making.gatherDiagnosis(global, days, now));
      progress.say('Making the archive…');
      const made = await making.diagnose(gathered, days);
      progress.done();
      if (made.parts.every(({ missing }) => missing !== null))
        throw new ProblemError('no part could be made; `psso-monitor doctor` prints the reason.');
      writePrivateFile(out, made.archive, { force });
      const [{ nextSteps, nextStepsText }, { providerOfDiagnosis }] = await Promise.all([
        import('../../diagnose/next-steps.ts'),
        import('../../diagnose/provider.ts'),
      ]);
      const steps = nextSteps(providerNames(providerOfDiagnosis(gathered)));
      const output: DiagnoseOutput = {
        file: out,
        bytes: made.archive.byteLength,
        parts: made.parts.map((part) => ({ ...part })),
        nextSteps: steps.map((step) => ({ ...step })),
      };
      if (json) printJson(output);
      else print(output, nextStepsText(steps));
      return exitStatus.done;
    });
  },
};

function announce(out: string, days: number, parts: readonly { file: string; title: string }[]): void {
  printLine(styled('bold', `This makes ${out}`));
  printLine(`for the last ${days === 1 ? 'day' : `${days} days`}, readable by you alone, with:\n`);
  printLine(
    table(
      parts.map(({ file, title }) => [file, title]),
      '  ',
    ),
  );
  printLine(
    '\nIt holds no password, key, certificate or token. Names, domains, addresses and ids are replaced.',
  );
  printLine('Nothing is sent: you decide who gets the file.\n');
}

/** Asks the user. Ctrl-C and the end of the input mean no. */
async function agreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<string>((resolve) => {
    terminal.once('close', () => resolve('no'));
  });
  const answer = await Promise.race([terminal.question('Make it? [y/N] ').catch(() => 'no'), closed]);
  terminal.close();
  return /^(?:y|yes|j|ja)$/i.test(answer.trim());
}

function print({ file, bytes, parts }: DiagnoseOutput, steps: string): void {
  printLine(`Made ${file} (${Math.max(1, Math.round(bytes / 1024))} KiB).`);
  for (const { file: part, missing } of parts)
    if (missing !== null) printLine(styled('yellow', `  without ${part}: ${missing}`));
  if (process.platform === 'darwin') printLine(`Show it in Finder:\n  open -R ${shellWord(file)}`);
  printLine(`\n${styled('bold', 'Next steps')}, for when the helpdesk asks for more:\n`);
  printLine(steps);
}
