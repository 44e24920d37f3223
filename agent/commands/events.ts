import { pathsOf } from '../paths.ts';
import { openReader } from '../store/reader.ts';
import type { EventFilter, EventRow } from '../store/store.ts';
import { eventKinds } from '../types/event.ts';
import { exitStatus, type Subcommand, UsageError } from './command.ts';
import { localDateTime, timeZone } from './instants.ts';
import { printJsonLine, printLine, styled, table } from './print.ts';

interface Options {
  json?: boolean;
  since?: string;
  until?: string;
  kind?: string[];
  issue?: string;
  last?: string;
}

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `2d`, `4h`, `30m` before now, or an ISO date or instant. */
export function instantOption(name: string, text: string, now: number): number {
  const ago = /^(\d{1,5})([smhdw])$/.exec(text);
  if (ago !== null) return now - Number(ago[1]) * (units[ago[2] ?? 'm'] ?? 0);
  // `Date.parse` takes almost anything for a date: "5" would be a day in May of 2001.
  const at = /^\d{4}-\d{2}-\d{2}([T ]|$)/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError(
      `--${name} takes a time ago (30m, 4h, 2d, 1w) or an ISO date such as 2026-11-23T09:00:00Z, not "${text}".`,
    );
  }
  return at;
}

export const events: Subcommand = {
  configure(command, call) {
    command
      .option('--since <when>', 'from this time on: 30m, 4h, 2d ago, or an ISO date')
      .option('--until <when>', 'up to this time')
      .option('--kind <kind...>', 'only these kinds')
      .option('--issue <id>', 'only what belongs to this issue')
      .option('--last <n>', 'only the newest so many')
      .option('--json', 'print NDJSON, one event a line, as in the view v_events')
      .addHelpText(
        'after',
        `
Example:
  psso-monitor events --since 2d
  psso-monitor events --kind registration-lost --kind re-registered --json
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const now = Date.now();
      for (const kind of options.kind ?? []) {
        if (!(eventKinds as readonly string[]).includes(kind)) {
          throw new UsageError(`there is no event kind "${kind}"; the kinds are: ${eventKinds.join(', ')}.`);
        }
      }
      const last = options.last === undefined ? undefined : Number(options.last);
      if (last !== undefined && (!Number.isInteger(last) || last < 1)) {
        throw new UsageError(`--last takes a whole number from 1, not "${options.last}".`);
      }
      const filter: EventFilter = {
        ...(options.since === undefined ? {} : { since: instantOption('since', options.since, now) }),
        ...(options.until === undefined ? {} : { until: instantOption('until', options.until, now) }),
        ...(options.kind === undefined ? {} : { kinds: options.kind }),
        ...(options.issue === undefined ? {} : { issue: options.issue }),
        ...(last === undefined ? {} : { last }),
      };
      const reader = openReader({ path: pathsOf(global).database });
      const rows = reader.events(filter);
      reader.close();
      if (options.json) for (const row of rows) printJsonLine(row);
      else if (rows.length === 0) printLine('Nothing is recorded for that.');
      else {
        printLine(table(rows.map(cells)));
        printLine(styled('dim', `Times are ${timeZone()}.`));
      }
      return exitStatus.done;
    });
  },
};

const styles: Readonly<Record<string, Parameters<typeof styled>[0]>> = { high: 'red', medium: 'yellow' };

function cells(row: EventRow): string[] {
  const style = styles[row.severity];
  return [localDateTime(row.at), row.kind, style === undefined ? row.summary : styled(style, row.summary)];
}
