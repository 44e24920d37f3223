import type { EventRow } from '../store/store.ts';
import { dropPrivileges } from '../untrusted/drop-privileges.ts';
import { MergedDatabase } from './merged-database.ts';
import { otlpRequest } from './otlp.ts';

/** The most events in a request: within the limits of all engines. */
const perLine = 500;
/** In characters. The collector's file receiver cuts a line of more than 1 MiB (its default) in two. */
const textPerLine = 200_000;

/** The last line of the process that reads a merged database. */
export const lastLine = '{"finished":true}';

/**
 * The lines of a merged database as OTLP JSON, one request a line, and the last line. `uid`: of root, the
 * user whose rights alone the process keeps, before it opens the database.
 */
export function* otelLines(merged: string, uid: number | null): Generator<string, void> {
  if (uid !== null) dropPrivileges(uid);
  const database = new MergedDatabase(merged);
  try {
    yield* linesOf(database);
    yield `${lastLine}\n`;
  } finally {
    database.close();
  }
}

function* linesOf({ db }: MergedDatabase): Generator<string, void> {
  const rows = db
    .prepare<[], EventRow & { mac: string }>('SELECT * FROM v_events ORDER BY mac, CAST(id AS INTEGER)')
    .iterate();
  const historyOf = db
    .prepare<[string], string>("SELECT value FROM v_state WHERE mac = ? AND key = 'history'")
    .pluck();
  const line = (mac: string, events: readonly EventRow[]) =>
    `${JSON.stringify(otlpRequest(mac, events, historyOf.get(mac) ?? ''))}\n`;
  let mac = '';
  let version = '';
  let batch: EventRow[] = [];
  let text = 0;
  for (const row of rows) {
    // A line has one agent version, as a property of the request's resource.
    const another = row.mac !== mac || row.agent_version !== version;
    const length = Object.values(row).reduce((sum, value) => sum + value.length, 0);
    if (batch.length > 0 && (another || batch.length >= perLine || text + length > textPerLine)) {
      yield line(mac, batch);
      batch = [];
      text = 0;
    }
    mac = row.mac;
    version = row.agent_version;
    batch.push(row);
    text += length;
  }
  if (batch.length > 0) yield line(mac, batch);
}
