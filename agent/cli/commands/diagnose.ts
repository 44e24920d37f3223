import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { datedName } from '../options/dated-name.ts';
import type { DiagnoseOutput } from '../output/diagnose.ts';
import { printJson, printLine, styled, table } from '../print/print.ts';
import { quoted } from '../print/shell-quoted.ts';
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
  configure(command, call) {
    command
      .option('--out <file>', 'the archive; by default psso-monitor-diagnose-DATE-TIME.zip in this folder')
      .option('--days <n>', 'how many days of history and log', '7')
      .option('--describe', 'print only the description, to paste into a ticket; makes no archive')
      .option('--yes', 'make it without asking')
      .option('--force', 'overwrite the archive')
      .option('--json', 'print what was made as JSON; with --yes only')
      .addHelpText(
        'after',
        `
Puts together what a support case about Platform SSO asks for: state, history, log, versions, a description with blanks for
you. Names, ids, keys and tokens are replaced. It says what is in it and asks before it makes it; nothing is sent anywhere,
nothing is changed, and no command is run as root: those for an admin are printed in the end.

Example:
  psso-monitor diagnose
  psso-monitor diagnose --days 14 --out ticket.zip --yes
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const { yes = false, force = false, json = false } = options;
      const days = Number(options.days);
      if (!Number.isInteger(days) || days < 1 || days > 3650)
        throw new UsageError(`--days takes a whole number from 1 to 3650, not "${options.days}".`);
      if (json && !yes) throw new UsageError('--json is for scripts, and needs --yes.');
      const now = Date.now();
      const out = resolve(options.out ?? datedName('diagnose', 'zip', new Date(now)));
      const [making, { parts, descriptionOf }] = await Promise.all([
        import('../../diagnose/diagnose.ts'),
        import('../../diagnose/parts.ts'),
      ]);
      if (options.describe === true) {
        process.stdout.write(descriptionOf(await making.gatherDiagnosis(global, days, now)));
        return exitStatus.done;
      }
      if (!existsSync(dirname(out))) throw new UsageError(`there is no folder ${dirname(out)} to write to.`);
      if (existsSync(out) && !force)
        throw new UsageError(`${out} is there already; choose another name, or overwrite it with --force.`);

      if (!json) announce(out, days, parts);
      if (!yes) {
        if (!process.stdin.isTTY || !process.stdout.isTTY)
          throw new UsageError('nothing was made: there is nobody to ask. Add --yes to make it.');
        if (!(await agreed())) {
          printLine('Nothing was made.');
          return exitStatus.done;
        }
      }
      const made = await making.diagnose(await making.gatherDiagnosis(global, days, now), days);
      if (made.parts.every(({ missing }) => missing !== null))
        throw new ProblemError('nothing could be put together; `psso-monitor doctor` says why.');
      writePrivateFile(out, made.archive, { force });
      const { nextSteps, nextStepsText } = await import('../../diagnose/next-steps.ts');
      const output: DiagnoseOutput = {
        file: out,
        bytes: made.archive.byteLength,
        parts: made.parts.map((part) => ({ ...part })),
        nextSteps: nextSteps.map((step) => ({ ...step })),
      };
      if (json) printJson(output);
      else print(output, nextStepsText());
      return exitStatus.done;
    });
  },
};

function announce(out: string, days: number, parts: readonly { file: string; title: string }[]): void {
  printLine(styled('bold', `This makes ${out}`));
  printLine(`of the last ${days === 1 ? 'day' : `${days} days`}, readable by you alone, with:\n`);
  printLine(
    table(
      parts.map(({ file, title }) => [file, title]),
      '  ',
    ),
  );
  printLine(
    '\nNot in it: passwords, keys, certificates and tokens. Names, domains, addresses and ids are replaced.',
  );
  printLine('Nothing is sent: you decide who gets the file.\n');
}

/** Ctrl-C and the end of the input are a no. */
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
  printLine(`Show it in Finder: open -R ${quoted(file)}`);
  printLine(`\n${styled('bold', 'What comes next')}, if the helpdesk or Microsoft asks for more:\n`);
  printLine(steps);
}
