import { join, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { ListedSummary } from '../../fleet/fleet-output.ts';
import type { GivenChanges } from '../../fleet/password-changes/measure.ts';
import { UsageError } from '../../shared/errors.ts';
import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import { pathsOf } from '../../shared/paths.ts';
import type { EpochMs } from '../../shared/time.ts';
import { instantOption, sinceOption } from '../options/instant-option.ts';
import { printFleet } from '../print/fleet-text.ts';
import { printLine, printLongJson } from '../print/print.ts';
import { progressLine } from '../print/progress.ts';
import { printToStandardError } from '../print/standard-output.ts';
import type { Subcommand } from '../subcommand.ts';
import { type FleetFiles, refuseUnwritable, temporaryOf, writeFiles, writePages } from './fleet-files.ts';

interface Options extends FleetFiles {
  ndjson?: string;
  since?: string;
  silentAfter: string;
  passwordChanges?: string;
  identityKey?: string;
  keep?: string;
  json?: boolean;
  force?: boolean;
}

export const fleet: Subcommand = {
  configure(command, call) {
    command
      .argument('[folder]', 'folder of collected databases: NAME.db, NAME/events.db or NAME/USER/events.db')
      .option('--store <dir>', 'keep what is new in Parquet files, and report on the whole store')
      .option('--keep <days>', 'with --store: delete months older than this, such as 400d')
      .option('--out <file>', 'merge them into one database')
      .option('--html <file>', 'write the report as HTML')
      .option('--pages <dir>', 'write a page of each Mac, which the report links to')
      .option('--otel <file>', 'write records as OpenTelemetry logs (OTLP JSON lines); - is standard output')
      .option('--ndjson <dir>', 'with --store: write what is new there as flat JSON lines, for log platforms')
      .option('--since <when>', 'records since 30s, 5m, 4h, 2d or 1w ago, or since a date')
      .option('--password-changes <file>', 'measure when changed passwords reached the Macs; see below')
      .option('--identity-key <file>', 'with --password-changes: a file with the setting IdentityHashKey')
      .option('--silent-after <span>', 'a Mac without a record for this long is silent', '3d')
      .option('--json', 'print JSON')
      .option('--force', 'overwrite existing files')
      .addHelpText(
        'after',
        `
Reports on many Macs: issues, with counts and start times; password sync lag; changes before issues opened;
silent agents. It treats the databases as untrusted and never changes them. It names and skips an unreadable
database; the exit status is then 1. A page has about 600 kB; without --html, the report is index.html beside
the pages. With --otel, FOLDER may also be one database file.

--password-changes takes the audit log of Entra as the portal's CSV or as JSON, or a CSV with the columns user
and at. It joins users by the setting StoredIdentity.

Example:
  psso-monitor fleet pulled/
  psso-monitor fleet pulled/ --since 30d --html fleet.html
  psso-monitor fleet pulled/ --pages pages/
  psso-monitor fleet pulled/ --password-changes audit-log.csv
  psso-monitor fleet pulled/ --store store/ --html fleet.html
  psso-monitor fleet --store store/ --json
  psso-monitor fleet pulled/ --store store/ --ndjson for-splunk/
  psso-monitor fleet compact --store store/
  psso-monitor fleet pulled/ --otel fleet.ndjson
  psso-monitor fleet pulled/ --out fleet.db
  sqlite3 fleet.db "SELECT mac, issue FROM v_issues WHERE status = 'open'"
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const [folder = ''] = command.args;
      const now = Date.now();
      const { store } = options;
      if (store !== undefined && folder === 'compact') return await compact(store, optionsGiven(command));
      checkStoreOptions(folder, options);
      const since = options.since === undefined ? null : sinceOption(options.since, now);
      const silentAfterSeconds = spanOption(options.silentAfter, now);
      const force = options.force === true;
      if (options.pages !== undefined) options.html ??= join(options.pages, 'index.html');
      refuseUnwritable(options, force);
      if (options.otel === '-' && options.json === true)
        throw new UsageError('--otel - and --json both write to standard output; use --otel FILE.');
      const request: FleetRequest = {
        now,
        since,
        silentAfterSeconds,
        force,
        passwordChanges: await givenChanges(options),
      };
      return store === undefined
        ? await reportOnFolder(folder, pathsOf(global).database, request, options)
        : await reportOnStore(folder === '' ? null : folder, store, request, options);
    });
  },
};

/** What one call measures, and whether it overwrites files. */
interface FleetRequest {
  readonly now: EpochMs;
  readonly since: EpochMs | null;
  readonly silentAfterSeconds: number;
  readonly passwordChanges: GivenChanges | null;
  readonly force: boolean;
}

/** Brings the databases of the folder into the store, and reports on it. `folder` null: reports alone. */
async function reportOnStore(
  folder: string | null,
  store: string,
  request: FleetRequest,
  options: Options,
): Promise<ExitStatus> {
  const { keepOption, storeAndSummarise } = await import('./fleet-store.ts');
  const progress = progressLine();
  const { summary, written } = await storeAndSummarise({
    ...request,
    store,
    folder,
    keepSince: options.keep === undefined ? null : keepOption(options.keep, request.now),
    progress: progress.say,
    consumers: [
      ...(options.ndjson === undefined ? [] : [{ form: 'ndjson', folder: options.ndjson } as const]),
      ...(options.otel === undefined ? [] : [{ form: 'otel', folder: options.otel } as const]),
    ],
  });
  if (summary.macs > 0) await writeFiles(summary, { merged: null, pages: {} }, options, request.force);
  progress.done();
  return await printSummary(summary, options, written);
}

/** Reports on the databases of a folder; with --otel, it can be one file. `own`: the database of this Mac. */
async function reportOnFolder(
  folder: string,
  own: string,
  request: FleetRequest,
  options: Options,
): Promise<ExitStatus> {
  const { databasesIn } = await import('../../fleet/databases-in.ts');
  const databases = databasesIn(folder, options.otel === undefined ? null : own);
  const progress = progressLine();
  const { merged, leftovers } = temporaryOf(options);
  const { withTemporaryFiles } = await import('../../shared/temporary-files.ts');
  return await withTemporaryFiles(leftovers, async () => {
    const { fleetOf } = await import('../../fleet/fleet-of.ts');
    const summary = await fleetOf(databases, {
      ...request,
      merged,
      command: [process.execPath, process.argv[1] ?? ''],
      progress: (done) => {
        progress.say(`${done} of ${databases.found.length} read`);
      },
    });
    if (summary.macs > 0) {
      const pages = await writePages(summary, databases.found, options, { ...request, progress });
      progress.say('Writing the files…');
      await writeFiles(summary, { merged, pages }, options, request.force);
      if (options.otel !== undefined) {
        const { otelOf } = await import('./fleet-store.ts');
        await otelOf(databases.found, options.otel, { ...request, progress: progress.say });
      }
    }
    progress.done();
    return await printSummary(summary, options);
  });
}

async function printSummary(
  summary: ListedSummary,
  options: Options,
  written: readonly string[] = [],
): Promise<ExitStatus> {
  if (options.json === true) await printLongJson(summary);
  else if (options.otel === '-') {
    for (const { file, reason } of summary.files.skipped)
      printToStandardError(`psso-monitor: skipped ${file}: ${reason}.`);
  } else {
    printFleet(summary);
    for (const line of written) printLine(line);
    const otel = options.store === undefined ? options.otel : undefined;
    for (const file of [options.out, options.html, otel, options.pages])
      if (file !== undefined && summary.macs > 0) printLine(`Written: ${file}`);
  }
  return summary.files.skipped.length > 0 || summary.macs === 0 ? exitStatus.problem : exitStatus.done;
}

/** Throws UsageError for what does not go together. */
function checkStoreOptions(folder: string, { store, keep, out, otel, pages, ndjson }: Options): void {
  if (store === undefined) {
    if (folder === '') throw new UsageError('name a folder of collected databases, or a store: --store DIR.');
    if (keep !== undefined) throw new UsageError('--keep deletes from a store: name it with --store DIR.');
    if (ndjson !== undefined)
      throw new UsageError('--ndjson writes what is new in a store: name it with --store DIR.');
    return;
  }
  if (folder !== '' && isInside(store, folder))
    throw new UsageError('the store is inside the folder of databases: put it elsewhere.');
  const [without] = Object.entries({ out, pages }).find(([, value]) => value !== undefined) ?? [];
  if (without !== undefined)
    throw new UsageError(`--${without} reads the databases themselves: use it without --store.`);
  if (otel === '-') throw new UsageError('with --store, --otel takes a folder: it remembers what it has.');
}

/** The changes of the file, with the digest of the admin's key. */
async function givenChanges({ passwordChanges, identityKey }: Options): Promise<GivenChanges | null> {
  if (passwordChanges === undefined) {
    if (identityKey === undefined) return null;
    throw new UsageError('--identity-key belongs to --password-changes FILE.');
  }
  const [{ readPasswordChanges }, { readIdentityKey }] = await Promise.all([
    import('../../fleet/password-changes/read-changes.ts'),
    import('../../fleet/password-changes/read-identity-key.ts'),
  ]);
  const digest = identityKey === undefined ? null : await readIdentityKey(identityKey);
  return { ...readPasswordChanges(passwordChanges), digest };
}

/** Throws UsageError for another option than --store: it would have no effect. */
async function compact(store: string, given: readonly string[]): Promise<ExitStatus> {
  const other = given.find((option) => option !== '--store');
  if (other !== undefined) throw new UsageError(`fleet compact takes --store only, not ${other}.`);
  const { compactStore } = await import('../../fleet-store/compact.ts');
  const progress = progressLine();
  const { months, filesBefore, filesAfter } = await compactStore(store, progress.say);
  progress.done();
  printLine(
    months === 0
      ? 'No month of the store has more than one file of a table.'
      : `${filesBefore} files of the store are ${filesAfter} now.`,
  );
  return exitStatus.done;
}

/** Seconds of a span such as 3d or 12h. */
function spanOption(text: string, now: EpochMs): number {
  const at = /^\d+[smhdw]$/.test(text) ? instantOption('silent-after', text, now) : now;
  const seconds = Math.round((now - at) / 1000);
  if (seconds <= 0) throw new UsageError(`--silent-after takes a span such as 12h or 3d, not "${text}".`);
  return seconds;
}

/** The options of the call, without those that have their default. */
function optionsGiven(command: Command): string[] {
  return command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map(({ long }) => long ?? '');
}

const isInside = (path: string, folder: string) =>
  `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
