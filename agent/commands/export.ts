import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyDatabase } from '../export/copy-database.ts';
import { csvOf, ndjsonOf, type ViewName, viewNames } from '../export/rows.ts';
import { pathsOf } from '../paths.ts';
import { openReader } from '../store/reader.ts';
import { exitStatus, ProblemError, type Subcommand, UsageError } from './command.ts';
import { instantOption } from './events.ts';
import { printLine } from './print.ts';

const formats = ['sqlite', 'ndjson', 'csv'] as const;
type Format = (typeof formats)[number];

interface Options {
  format: string;
  out?: string;
  view?: string;
  since?: string;
  until?: string;
  force?: boolean;
}

export const exportCommand: Subcommand = {
  configure(command, call) {
    command
      .option('--format <format>', `what to write: ${formats.join(', ')}`, 'ndjson')
      .option('--out <file>', 'where to; ndjson and csv go to standard output without it')
      .option('--view <view>', `only this view: ${viewNames.join(', ')}`)
      .option('--since <when>', 'from this time on: 30m, 4h, 2d ago, or an ISO date')
      .option('--until <when>', 'up to this time')
      .option('--force', 'write over a file that is there')
      .addHelpText(
        'after',
        `
A copy of what is recorded, complete also while the agent writes: sqlite is one file that any SQLite opens, ndjson and csv
are the rows of the public views.

Example:
  psso-monitor export --format sqlite --out history.db
  psso-monitor export --since 7d > week.ndjson
  psso-monitor export --format csv --view events --out events.csv
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const format = formatOf(options.format);
      const view = viewOf(options.view);
      const now = Date.now();
      const since = options.since === undefined ? undefined : instantOption('since', options.since, now);
      const until = options.until === undefined ? undefined : instantOption('until', options.until, now);
      const { out } = options;
      if (out !== undefined && existsSync(out) && !options.force)
        throw new UsageError(`${out} is there already; --force writes over it.`);
      const { database } = pathsOf(global);

      if (format === 'sqlite') {
        if (out === undefined) throw new UsageError('say where to: --out history.db.');
        if (view !== null) throw new UsageError('--view is for ndjson and csv; a copy has all views.');
        // Says in plain words that there is no history, where there is none.
        openReader({ path: database }).close();
        await copyDatabase(database, out, { since, until });
      } else {
        const filter = {
          ...(since === undefined ? {} : { since }),
          ...(until === undefined ? {} : { until }),
        };
        const reader = openReader({ path: database });
        try {
          if (format === 'csv' && view === null)
            throw new UsageError('a table holds one view: --view events, for example.');
          const text =
            format === 'csv'
              ? csvOf(reader, view ?? 'events', filter)
              : ndjsonOf(reader, view === null ? viewNames : [view], filter);
          if (out === undefined) process.stdout.write(text);
          else writeInOneStep(out, text);
        } finally {
          reader.close();
        }
      }
      if (out !== undefined) printLine(`Written: ${out}`);
      return exitStatus.done;
    });
  },
};

function formatOf(text: string): Format {
  const format = formats.find((one) => one === text);
  if (format === undefined)
    throw new UsageError(`there is no format "${text}"; there are ${formats.join(', ')}.`);
  return format;
}

function viewOf(text: string | undefined): ViewName | null {
  if (text === undefined) return null;
  const view = viewNames.find((one) => one === text);
  if (view === undefined)
    throw new UsageError(`there is no view "${text}"; there are ${viewNames.join(', ')}.`);
  return view;
}

function writeInOneStep(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new ProblemError(`${path} could not be written.`, { cause });
  }
}
