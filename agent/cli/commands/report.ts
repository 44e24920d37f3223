import { resolve } from 'node:path';
import type { History } from '../../history/history.ts';
import { agentStatus } from '../../history/status-of.ts';
import type { MacReportOptions } from '../../report/mac-report.ts';
import { ProblemError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { pathsOf } from '../../shared/paths.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import type { EpochMs } from '../../shared/time.ts';
import { openReader } from '../../store/reader.ts';
import { datedName } from '../options/dated-name.ts';
import { refuseOverwriting } from '../options/export-options.ts';
import { sinceOption } from '../options/instant-option.ts';
import { printLine } from '../print/print.ts';
import { quoted } from '../print/shell-quoted.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  out?: string;
  since?: string;
  database?: string;
  force?: boolean;
}

export const report: Subcommand = {
  configure(command, call) {
    command
      .option('--out <file>', 'output file; default: psso-monitor-report-DATE-TIME.html in this folder')
      .option('--since <when>', 'events since 30s, 5m, 4h, 2d or 1w ago, or since a date')
      .option('--database <file>', 'report on this database, for example from another Mac')
      .option('--force', 'overwrite an existing file')
      .addHelpText(
        'after',
        `
Writes one self-contained HTML file for any browser: the state of sign-in, a timeline, the next steps, and all
events. The page loads nothing and sends nothing. Only you can read the file (0600). For many Macs, see
\`psso-monitor fleet --help\`.

Example:
  psso-monitor report
  psso-monitor report --since 30d --out report.html
  psso-monitor report --database pulled/events.db --out that-mac.html
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const now = Date.now();
      const out = resolve(options.out ?? datedName('report', 'html', new Date(now)));
      const force = options.force === true;
      refuseOverwriting(out, force);
      const since = options.since === undefined ? undefined : sinceOption(options.since, now);
      const [{ macReport }, { macReportHtml }] = await Promise.all([
        import('../../report/mac-report.ts'),
        import('../../report/html.ts'),
      ]);
      const { history, agent } =
        options.database === undefined
          ? await ownHistory(global, since, now)
          : await pulledHistory(options.database, since);
      const html = await macReportHtml(macReport(history, { now, agent }));
      writePrivateFile(out, html, { force });
      printLine(`Made ${out} (${Math.ceil(html.length / 1024)} KiB).`);
      printLine(`To view it: open ${quoted(out)}`);
      return exitStatus.done;
    });
  },
};

interface Found {
  readonly history: History;
  readonly agent: MacReportOptions['agent'];
}

async function ownHistory(global: GlobalOptions, since: EpochMs | undefined, now: EpochMs): Promise<Found> {
  const { historyOf } = await import('../../history/history.ts');
  const { database, dataDir } = pathsOf(global);
  const reader = openReader({ path: database });
  try {
    const { running, lastLookAt } = agentStatus(dataDir, reader, new Date(now));
    const agent = { running, lastLookAt: lastLookAt === null ? null : Date.parse(lastLookAt) };
    return { history: historyOf(reader, since), agent };
  } finally {
    reader.close();
  }
}

/** Reads a database from elsewhere as untrusted: runs no SQL of it, and does not change it. */
async function pulledHistory(path: string, since: EpochMs | undefined): Promise<Found> {
  const { UntrustedDatabaseError, readUntrustedDatabase } = await import(
    '../../untrusted/read-untrusted-database.ts'
  );
  try {
    const found = readUntrustedDatabase(resolve(path));
    const events = found.events.filter(({ at }) => since === undefined || Date.parse(at) >= since);
    return { history: { ...found, events }, agent: undefined };
  } catch (error) {
    if (error instanceof UntrustedDatabaseError)
      throw new ProblemError(`${path} can't be read as a database of PSSO Monitor: ${error.message}.`, {
        cause: error,
      });
    throw error;
  }
}
