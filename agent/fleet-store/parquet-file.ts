import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { versionText } from '../shared/version.ts';
import type { RowGroup } from './row-group.ts';
import { columnsOfStore, type StoreColumnType, type StoreTable } from './store-tables.ts';

type Element = ParquetWriter['schema'][number];

/** Timestamps are in UTC. */
const elements = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  boolean: { type: 'BOOLEAN' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  day: { type: 'INT32', converted_type: 'DATE' },
} as const satisfies Record<StoreColumnType, Partial<Element>>;

/** Ends the name of a file that is not complete. No engine reads it. */
export const partialEnding = '.partial';

const smallBuffer = 1024;

/** Most pages have some hundred bytes. The buffers of zlib would have 16 kB each. */
function compressed(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, { chunkSize: Math.max(smallBuffer, bytes.length) });
}

/** A Parquet file that grows by row groups, so that no more than one of them is in memory. */
export class ParquetFile {
  readonly path: string;
  readonly #table: StoreTable;
  readonly #file: number;
  readonly #hash = createHash('sha256');
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;

  /** Creates `PATH.partial`, private to this user. */
  constructor(path: string, table: StoreTable) {
    this.path = path;
    this.#table = table;
    this.#file = openSync(path + partialEnding, 'w', 0o600);
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: schemaOf(table),
      codec: 'ZSTD',
      compressors: { ZSTD: compressed },
      createdBy: versionText(),
    });
  }

  /** Writes a row group. Equal neighbours compress best. */
  write(group: RowGroup): void {
    if (group.rows === 0) return;
    const columnData: ColumnSource[] = [];
    for (const { name, cells } of group.groupedBy(groupedBy[this.#table]))
      columnData.push({ name, data: cells, statistics: withStatistics.has(name) });
    void this.#writer.write({ columnData, rowGroupSize: group.rows });
    this.#flush();
  }

  /** Completes the file, on the disk too. Returns its SHA-256. */
  complete(): string {
    void this.#writer.finish();
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
    return this.#hash.digest('hex');
  }

  /** Gives the complete file its name. */
  giveName(): void {
    renameSync(this.path + partialEnding, this.path);
  }

  /** Deletes the file. */
  abandon(): void {
    closeSync(this.#file);
    rmSync(this.path + partialEnding, { force: true });
  }

  #flush(): void {
    const bytes = this.#bytes.getBytes();
    this.#hash.update(bytes);
    for (let written = 0; written < bytes.length; )
      written += writeSync(this.#file, bytes, written, bytes.length - written);
    // Dozens of files are open: none keeps the space of its largest row group.
    this.#bytes.buffer = new ArrayBuffer(smallBuffer);
    this.#bytes.view = new DataView(this.#bytes.buffer);
    this.#bytes.index = 0;
  }
}

function schemaOf(table: StoreTable): Element[] {
  const columns = columnsOfStore(table).map(
    ({ name, type, nullable }): Element => ({
      name,
      repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED',
      ...elements[type],
    }),
  );
  return [{ name: 'root', num_children: columns.length }, ...columns];
}

/**
 * Engines skip row groups by the least and the most of these. A row group has some dozen Macs of a run, and
 * every kind, so those of other columns would help nothing.
 */
const withStatistics: ReadonlySet<string> = new Set([
  'mac',
  'at',
  'stale_from',
  'opened_at',
  'resolved_at',
  'seen_at',
  'day',
  'last_record_at',
]);

/** The rows of one user stay in the order in which they were read: that of their time. */
const groupedBy = {
  events: ['kind', 'mac', 'user'],
  windows: ['outcome', 'mac', 'user'],
  issues: ['issue', 'mac', 'user'],
  macs: ['mac', 'user'],
} as const satisfies Record<StoreTable, readonly string[]>;
