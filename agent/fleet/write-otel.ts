import { randomUUID } from 'node:crypto';
import { createWriteStream, linkSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EventRow } from '../store/store.ts';
import { MergedDatabase } from './merged-database.ts';
import { otlpRequest } from './otlp.ts';

/** Small enough for every engine's limit of a request. */
const perLine = 500;
/** In characters; a line of the collector's file receiver has at most 1 MiB unless it is told otherwise, and is cut in two. */
const textPerLine = 200_000;

/**
 * Writes every event of a merged database as OTLP JSON, a request a line. `target`: a file, which is there in one step and only for
 * its owner, or `-` for standard output.
 */
export async function writeOtel(
  merged: string,
  target: string,
  { force }: { force: boolean },
): Promise<void> {
  const database = new MergedDatabase(merged);
  try {
    const lines = Readable.from(linesOf(database));
    if (target === '-') {
      await pipeline(lines, process.stdout, { end: false });
      return;
    }
    const path = resolve(target);
    const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
    try {
      await pipeline(lines, createWriteStream(temporary, { mode: 0o600, flags: 'wx' }));
      if (force) renameSync(temporary, path);
      else linkSync(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
  } finally {
    database.close();
  }
}

function* linesOf({ db }: MergedDatabase): Generator<string, void> {
  const rows = db
    .prepare<[], EventRow & { mac: string }>('SELECT * FROM v_events ORDER BY mac, CAST(id AS INTEGER)')
    .iterate();
  let mac = '';
  let version = '';
  let batch: EventRow[] = [];
  let text = 0;
  for (const row of rows) {
    // The version of the agent is told once a line, for all of it.
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

function line(mac: string, events: readonly EventRow[]): string {
  return `${JSON.stringify(otlpRequest(mac, events))}\n`;
}
