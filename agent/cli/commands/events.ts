import { follow } from '../../history/follow.ts';
import { instantOf } from '../../history/history.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { isIssueId, issueIds } from '../../issues/issues.ts';
import { changeKinds } from '../../shared/changes.ts';
import { counted } from '../../shared/counted.ts';
import { UsageError } from '../../shared/errors.ts';
import { eventKinds, severities } from '../../shared/event.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { localDateTime, localTime, timeZone, withLocalTimes } from '../../shared/local-time.ts';
import { nearestOf } from '../../shared/nearest.ts';
import { pathsOf } from '../../shared/paths.ts';
import { routineKinds } from '../../shared/routine-kinds.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';
import { onStopSignal } from '../../shared/stop-signals.ts';
import { day, type EpochMs, toIso } from '../../shared/time.ts';
import { openReader } from '../../store/reader.ts';
import type { EventFilter, EventRow, IssueRow, StoreReader } from '../../store/store.ts';
import { rangeOption } from '../options/instant-option.ts';
import type { EventsOutput } from '../output/events.ts';
import { asCalled } from '../print/as-called.ts';
import { printJsonLine, printLine, printMessage, styled, table } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  json?: boolean;
  since?: string;
  until?: string;
  kind?: string[];
  issue?: string;
  severity?: string;
  text?: string;
  last?: string;
  all?: boolean;
  follow?: boolean;
}

const week = 7 * day;

/** The number of older events that `--follow` prints first, like `tail`. */
const shownBeforeFollowing = 10;

export const events: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--since <when>', 'events since 30s, 5m, 4h, 2d or 1w ago, today, yesterday, or a date')
      .option('--until <when>', 'events until this time; includes a date')
      .option('--kind <kind...>', 'events of these kinds')
      .option('--issue <id>', 'events of this issue')
      .option(
        '--severity <severity>',
        `events of this severity or higher, and in a text every change: ${severities.join(', ')}`,
      )
      .option('--text <words>', 'events with this text in summary or detail')
      .option('--last <n>', 'the newest n events')
      .option('--all', 'in a text: also routine events, and those older than a week')
      .option('--follow', 'print new events until Ctrl-C')
      .option('--json', 'print NDJSON, one event a line, as in v_events; times in UTC')
      .addHelpText(
        'after',
        `
A text leaves out routine events, such as the refresh of tokens, and without --since or --until those older
than a week before the newest. --all, --last, --kind, --issue, --text, --follow and --json leave nothing out.

Example:
  psso-monitor events
  psso-monitor events --since yesterday
  psso-monitor events --since 2d --severity medium
  psso-monitor events --since 2026-11-20 --until 2026-11-23 --text password
  psso-monitor events --kind registration-lost --kind re-registered --json
  psso-monitor events --follow
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const filter = filterOf(options);
      const last = lastOf(options.last) ?? (options.follow && !options.since ? shownBeforeFollowing : null);
      const { database } = await pathsToRead(global);
      if (options.follow && database !== pathsOf(global).database)
        throw new UsageError('--follow reads the database of an agent, and this one has other views.');
      const reader = openReader({ path: database });
      doubtUnknownIssue(options.issue, reader.issues());
      const newest = reader.events({ last: 1 }).at(0);
      const view = viewOf(options, filter, newest);
      const rows = reader.events(last === null ? view.filter : { ...view.filter, last });
      const leftOut = options.json || options.follow ? '' : asCalled(leftOutText(reader, view), global);
      reader.close();
      if (options.follow) {
        const afterId = rows.reduce((most, { id }) => Math.max(most, Number(id)), Number(newest?.id ?? 0));
        await printAndFollow(database, filter, { rows, afterId, json: options.json === true });
      } else if (options.json) for (const row of rows) printJsonLine(row satisfies EventsOutput);
      else print(rows, view, leftOut);
      return exitStatus.done;
    });
  },
};

/** What a text shows by default: changes and trouble of the last week of the history. */
interface View {
  readonly filter: EventFilter;
  /** The filter with routine events; null: they are not left out. */
  readonly withRoutine: EventFilter | null;
  /** The start of the last week; null: an option chose the range. */
  readonly weekFrom: EpochMs | null;
}

function viewOf(options: Options, filter: EventFilter, newest: EventRow | undefined): View {
  const { json, follow, all, kind, issue, text, last } = options;
  const chosen = [json, follow, all, kind, issue, text, last];
  const inText = json || follow ? filter : withEveryChange(filter);
  if (chosen.some((option) => option !== undefined))
    return { filter: inText, withRoutine: null, weekFrom: null };
  const ranged = options.since !== undefined || options.until !== undefined;
  const newestAt = ranged ? null : instantOf(newest?.at);
  // A clock that was ahead must not hide the week before now.
  const weekFrom = newestAt === null ? null : Math.min(Date.now(), newestAt) - week;
  const withRoutine = weekFrom === null ? inText : { ...inText, since: weekFrom };
  return { filter: { ...withRoutine, withoutKinds: [...routineKinds] }, withRoutine, weekFrom };
}

/** A change may be the cause, and its severity is info. */
function withEveryChange(filter: EventFilter): EventFilter {
  return filter.severities === undefined ? filter : { ...filter, kindsOfAnySeverity: [...changeKinds] };
}

/** Empty: nothing was left out. */
function leftOutText(reader: StoreReader, { withRoutine, weekFrom }: View): string {
  if (withRoutine === null) return '';
  const routine = reader.events({ ...withRoutine, kinds: [...routineKinds] }).length;
  const isOlder = weekFrom !== null && reader.events({ until: weekFrom - 1, last: 1 }).length > 0;
  const parts = [
    ...(routine > 0 ? [counted(routine, 'routine event')] : []),
    ...(isOlder ? ['older events'] : []),
  ];
  return parts.length === 0 ? '' : `Left out: ${parts.join(', and ')}. To see all: psso-monitor events --all`;
}

function print(rows: readonly EventRow[], { weekFrom, withRoutine }: View, leftOut: string): void {
  const since = weekFrom === null ? '' : ` since ${localTime(toIso(weekFrom))}`;
  if (rows.length > 0) printLine(table(rows.map(cells)));
  else printLine(`No events match${since}.`);
  if (withRoutine !== null && rows.length > 0)
    printLine(styled('dim', `${counted(rows.length, 'event')}${since}.`));
  if (leftOut !== '') printLine(styled('dim', leftOut));
  if (rows.length > 0) printLine(styled('dim', `Times in ${timeZone()}.`));
}

/** Warns of an unknown issue. It is no error, since scripts query agents of several versions. */
function doubtUnknownIssue(id: string | undefined, rows: readonly IssueRow[]): void {
  if (id === undefined || isIssueId(id) || rows.some(({ issue }) => issue === id)) return;
  const meant = nearestOf(id, issueIds);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  printMessage(
    `psso-monitor: this version has no issue "${sanitiseLine(id, 80)}"; ` +
      `\`${asCalled('psso-monitor catalogue')}\` lists all.${hint}`,
  );
}

function filterOf(options: Options): EventFilter {
  const kinds: readonly string[] = eventKinds;
  const unknown = options.kind?.find((kind) => !kinds.includes(kind));
  if (unknown !== undefined)
    throw new UsageError(`there is no event kind "${unknown}"; the kinds are: ${eventKinds.join(', ')}.`);
  const { severity } = options;
  const words: readonly string[] = severities;
  const least = words.indexOf(severity ?? '');
  if (severity !== undefined && least === -1)
    throw new UsageError(`there is no severity "${severity}"; there are ${severities.join(', ')}.`);
  if (options.follow && options.until !== undefined)
    throw new UsageError('--follow has no end and --until has an end; choose one of them.');
  return {
    ...rangeOption(options, Date.now()),
    ...(options.kind === undefined ? {} : { kinds: options.kind }),
    ...(options.issue === undefined ? {} : { issue: options.issue }),
    ...(severity === undefined ? {} : { severities: severities.slice(least) }),
    ...(options.text === undefined ? {} : { text: options.text }),
  };
}

function lastOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const last = Number(text);
  if (!/^\d+$/.test(text) || last < 1)
    throw new UsageError(`--last takes a whole number from 1, not "${text}".`);
  return last;
}

/** Prints recorded events, then new ones until a signal. */
async function printAndFollow(
  database: string,
  filter: EventFilter,
  from: { readonly rows: readonly EventRow[]; readonly afterId: number; readonly json: boolean },
): Promise<void> {
  const enough = new AbortController();
  onStopSignal(() => enough.abort());
  const print = (rows: readonly EventRow[]) => {
    if (from.json) for (const row of rows) printJsonLine(row satisfies EventsOutput);
    // Later rows align with these.
    else if (rows.length > 0) printLine(table(rows.map(cells), '', [0, longestKind]));
  };
  if (!from.json) printLine(styled('dim', `Times in ${timeZone()}. Ctrl-C ends this.`));
  print(from.rows);
  for await (const rows of follow({ path: database, filter, afterId: from.afterId, signal: enough.signal }))
    print(rows);
}

const longestKind = Math.max(...eventKinds.map((kind) => kind.length));
const styles: Readonly<Record<string, Parameters<typeof styled>[0]>> = { high: 'red', medium: 'yellow' };

function cells(row: EventRow): string[] {
  const style = styles[row.severity];
  const summary = withLocalTimes(row.summary);
  return [localDateTime(row.at), row.kind, style === undefined ? summary : styled(style, summary)];
}
