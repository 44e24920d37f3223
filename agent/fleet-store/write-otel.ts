import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NamedDatabases } from '../fleet/found-databases.ts';
import { placeFileAsync } from '../shared/atomic-file.ts';
import { privateTemporary } from '../shared/private-file.ts';
import { withTemporaryFiles } from '../shared/temporary-files.ts';
import { temporaryFolder } from '../shared/temporary-folder.ts';
import type { EpochMs } from '../shared/time.ts';
import type { FlatRecord } from './flat-record.ts';
import { otlpLines } from './otlp-lines.ts';
import { recordsIn } from './records-in.ts';
import { storeFiles } from './store-folder.ts';
import { type UpdateOptions, updateStore } from './update-store.ts';

interface OtelOptions extends UpdateOptions {
  /** Leaves out what ended before; null: all. */
  readonly since: EpochMs | null;
  readonly force: boolean;
}

/**
 * Writes the records of databases as OTLP JSON, one request a line, by way of a store that is deleted after
 * it. `target`: a file, created in one step and private to its owner, or `-` for standard output.
 */
export async function writeOtel(found: NamedDatabases, target: string, options: OtelOptions): Promise<void> {
  const store = temporaryFolder('fleet', tmpdir());
  await withTemporaryFiles([store], async () => {
    await updateStore(store, found, options);
    const lines = Readable.from(otlpLines(since(options.since, recordsIn(storeFiles(store)))));
    if (target === '-') return await pipeline(lines, process.stdout, { end: false });
    const path = resolve(target);
    await placeFileAsync(
      path,
      (temporary) => pipeline(lines, createWriteStream(temporary, { mode: 0o600, flags: 'wx' })),
      { temporary: privateTemporary(path), replace: options.force },
    );
  });
}

async function* since(
  instant: EpochMs | null,
  records: AsyncIterable<FlatRecord>,
): AsyncGenerator<FlatRecord, void> {
  for await (const record of records)
    if (instant === null || record.record === 'state' || record.at >= instant) yield record;
}
