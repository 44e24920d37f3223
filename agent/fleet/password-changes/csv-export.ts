import { CsvError, parse } from 'csv-parse/sync';
import { changeTime } from './change-time.ts';
import { exportError, mostChanges, quoted } from './export-error.ts';
import { kindOfEntry } from './password-activities.ts';
import type { PasswordChange, ReadExport } from './password-change.ts';

/** A row of the portal's export has 2 kB. A longer one has a quote that is not closed. */
const longestRow = 1024 * 1024;

/** The columns of a file, by place. */
type Columns =
  | { readonly format: 'csv'; readonly user: number; readonly at: number }
  | {
      readonly format: 'entra-csv';
      readonly users: readonly number[];
      readonly at: number;
      readonly activity: number;
      readonly result: number;
    };

/**
 * Reads the portal's CSV of the audit log, or a CSV with the columns `user` and `at`. Throws ProblemError
 * with the line and the column.
 */
export function readCsvExport(name: string, text: string): ReadExport {
  const changes: PasswordChange[] = [];
  const left = { failed: 0, other: 0 };
  let entries = 0;
  let head: { readonly columns: Columns; readonly names: readonly string[] } | null = null;
  const take = (row: readonly string[], line: number) => {
    if (head === null) {
      head = { columns: columnsOf(name, row, line), names: row };
      return;
    }
    entries++;
    const kind = kindOfRow(head.columns, row);
    if (kind !== 'change') {
      left[kind]++;
      return;
    }
    if (changes.length >= mostChanges)
      throw exportError(name, `line ${line}`, `more than ${mostChanges} changes. Split the file by time.`);
    changes.push(changeOf(name, head, row, line));
  };
  eachRow(name, text, take);
  // Assigned in a function, which the compiler does not follow.
  const found = columnsIn(head);
  if (found === null) throw exportError(name, '', 'the file is empty. Export the audit log again.');
  return { format: found.format, entries, failed: left.failed, otherActivities: left.other, changes };
}

function columnsIn(head: { readonly columns: Columns } | null): Columns | null {
  return head?.columns ?? null;
}

function eachRow(name: string, text: string, take: (row: readonly string[], line: number) => void): void {
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      max_record_size: longestRow,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (row: string[], { lines }) => {
        take(row, lines);
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = typeof cause.lines === 'number' ? `line ${cause.lines}` : '';
    throw exportError(name, line, `${whyNot(cause.code)} Export the file again.`, cause);
  }
}

function whyNot(code: string): string {
  switch (code) {
    case 'CSV_MAX_RECORD_SIZE':
      return 'a row is longer than 1 MB.';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is not closed before the end of the file.';
    default:
      return 'a quote is at the wrong place.';
  }
}

/** The most frequent of comma, semicolon and tab in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const first = text.slice(0, Math.min(10_000, text.length)).split(/[\r\n]/, 1)[0] ?? '';
  const bare = first.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

const time = /^date(?: |$)|\(utc\)$/;
const target = /^target\d+userprincipalname$/;

function columnsOf(name: string, header: readonly string[], line: number): Columns {
  const names = header.map((column) => column.trim().toLowerCase());
  const place = (column: string) => names.indexOf(column);
  if (place('user') !== -1 && place('at') !== -1)
    return { format: 'csv', user: place('user'), at: place('at') };
  const users = names.flatMap((column, index) => (target.test(column) ? [index] : []));
  const found = {
    'Date (UTC)': names.findIndex((column) => time.test(column)),
    Activity: place('activity'),
    Result: place('result'),
    Target1UserPrincipalName: users[0] ?? -1,
  };
  const missing = Object.entries(found).flatMap(([column, index]) => (index === -1 ? [column] : []));
  if (missing.length > 0) {
    const what =
      missing.length === Object.keys(found).length
        ? 'the columns are neither those of an audit log of Entra nor user and at.'
        : `the column ${missing.join(', ')} is missing.`;
    throw exportError(
      name,
      `line ${line}`,
      `${what} The first line must name the columns: those of the portal's export in English, or user,at.`,
    );
  }
  return {
    format: 'entra-csv',
    users,
    at: found['Date (UTC)'],
    activity: found.Activity,
    result: found.Result,
  };
}

function kindOfRow(columns: Columns, row: readonly string[]): ReturnType<typeof kindOfEntry> {
  if (columns.format === 'csv') return 'change';
  return kindOfEntry(row[columns.activity] ?? '', row[columns.result] ?? '');
}

function changeOf(
  name: string,
  { columns, names }: { readonly columns: Columns; readonly names: readonly string[] },
  row: readonly string[],
  line: number,
): PasswordChange {
  const plain = columns.format === 'csv';
  const written = row[columns.at] ?? '';
  const at = changeTime(written, plain ? 'unknown' : 'utc');
  if (at === null)
    throw exportError(
      name,
      `line ${line}, column ${quoted(names[columns.at] ?? '')}`,
      `${quoted(written)} is no time. Write it as 2026-11-23T09:00:00Z or 2026-11-23T10:00:00+01:00.`,
    );
  const user = (plain ? row[columns.user] : columns.users.map((index) => row[index]).find(Boolean)) ?? '';
  if (plain && user.trim() === '')
    throw exportError(
      name,
      `line ${line}, column ${quoted(names[columns.user] ?? '')}`,
      'the user is missing.',
    );
  return { entry: line, at, user: user.trim() };
}
