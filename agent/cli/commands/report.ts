import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { loadContext, loadOrganisation } from '../../settings/load-context.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { defaultLanguage, type Language, languages } from '../../shared/languages.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { shellWord } from '../../shared/shell-quoted.ts';
import { datedName } from '../options/dated-name.ts';
import { refuseOverwriting } from '../options/export-options.ts';
import { sinceOption } from '../options/instant-option.ts';
import { subjectOf } from '../options/report-subject.ts';
import { printLine } from '../print/print.ts';
import { progressLine } from '../print/progress.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  open?: boolean;
  out?: string;
  since?: string;
  force?: boolean;
  language?: string;
}

export const report: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--out <file>', 'output file; default: psso-monitor-report-DATE-TIME.html in this folder')
      .option('--since <when>', 'events since 30s, 5m, 4h, 2d or 1w ago, today, yesterday, or a date')
      .option(
        '--language <language>',
        `language of the headline, titles, labels and user's steps: ${languages.join(', ')}`,
      )
      .option('--open', 'open the report in the browser')
      .option('--force', 'overwrite an existing file')
      .addHelpText(
        'after',
        `
Writes one self-contained HTML file for any browser: the state of sign-in, a timeline, the next steps, and all
events. The events, their summaries and causes, and the admin's steps are English. The page loads nothing and
sends nothing. Only you can read the file (0600). For many Macs, see
\`psso-monitor fleet --help\`.

Example:
  psso-monitor report --open
  psso-monitor report --since 30d --out report.html
  psso-monitor report --language fr
  psso-monitor report --database pulled/events.db --out that-mac.html
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const now = Date.now();
      const language = languageOption(options.language);
      const out = resolve(options.out ?? datedName('report', 'html', new Date(now)));
      const force = options.force === true;
      refuseOverwriting(out, force);
      const since = options.since === undefined ? undefined : sinceOption(options.since, now);
      const [{ macReport }, { macReportHtml }, { loadHistory }] = await Promise.all([
        import('../../report/mac-report.ts'),
        import('../../report/html.ts'),
        import('../../report/load-history.ts'),
      ]);
      const progress = progressLine();
      progress.say('Reading the history…');
      const { history, lastPoll, silences } = loadHistory(await pathsToRead(global), since, now);
      progress.say('Making the page…');
      const organisation = await loadOrganisation(global);
      const subject = subjectOf(global.database ?? global.dataDir, global.sysroot);
      const html = await macReportHtml(
        macReport(history, { now, lastPoll, silences, subject, organisation, language }),
      );
      progress.done();
      writePrivateFile(out, html, { force });
      printLine(`Made ${out} (${Math.ceil(html.length / 1024)} KiB).`);
      if (options.open !== true) {
        printLine(howToView(out));
        return exitStatus.done;
      }
      // Another system's `open` is another program.
      if (process.platform !== 'darwin' && global.sysroot === undefined) {
        printLine(`This is not a Mac, so the report was not opened. ${howToView(out)}`);
        return exitStatus.done;
      }
      const { runner } = await loadContext(global);
      const opened = await runner.run('open', [out]);
      if (opened.kind !== 'exited' || opened.status !== 0)
        throw new ProblemError(`macOS could not open ${out}; open it in a browser by hand.`);
      return exitStatus.done;
    });
  },
};

/** `open` is a command of macOS only. */
function howToView(file: string): string {
  return process.platform === 'darwin'
    ? `To view it:\n  open ${shellWord(file)}`
    : `To view it, open this address in a browser:\n  ${pathToFileURL(file).href}`;
}

function languageOption(given: string | undefined): Language {
  if (given === undefined) return defaultLanguage;
  const found = languages.find((one) => one.toLowerCase() === given.toLowerCase().replace('_', '-'));
  if (found === undefined)
    throw new UsageError(`--language takes one of ${languages.join(', ')}, not "${given}".`);
  return found;
}
