import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { zstdDecompressSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { ProblemError } from '../shared/errors.ts';
import { day } from '../shared/time.ts';
import type { Ledger } from './ledger.ts';
import type { StoreCell, StoreColumn, StoreColumnType, StoreRow } from './store-tables.ts';

/** More than this program writes into a row group, and into a page. */
const mostRows = 1_000_000;
const largestPage = 256 * 1024 * 1024;

/** The rows of a file, one row group after the other. Throws ProblemError. */
export async function* rowGroups(
  path: string,
  columns: readonly StoreColumn[],
): AsyncGenerator<StoreRow[], void> {
  try {
    if (!statSync(path).isFile()) throw new Error('it is not a regular file');
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const groups = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
    if (groups.reduce((sum, rows) => sum + rows, 0) !== Number(metadata.num_rows))
      throw new Error('its numbers of rows differ');
    let rowStart = 0;
    for (const count of groups) {
      if (count < 0 || count > mostRows) throw new Error(`a row group has ${count} rows`);
      const rowEnd = rowStart + count;
      const rows = await new Promise<unknown[][]>((resolve, reject) => {
        parquetRead({
          file,
          metadata,
          columns: columns.map(({ name }) => name),
          rowStart,
          rowEnd,
          compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes, { maxOutputLength: largestPage }) },
          onComplete: resolve,
        }).catch(reject);
      });
      if (rows.length !== count) throw new Error(`${rows.length} of ${count} rows can be read`);
      yield rows.map((row) => columns.map((column, index) => cellIn(row[index], column)));
      rowStart = rowEnd;
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/**
 * Throws ProblemError for a file that is not as it was written. A damaged one can give other rows, and one
 * made the reader of Parquet run until it was killed.
 */
export async function checkAsWritten(ledger: Ledger, path: string): Promise<void> {
  const known = ledger.hashOf(path);
  if (known === null) return;
  const hash = createHash('sha256');
  try {
    if (!statSync(path).isFile()) throw new Error('it is not a regular file');
    await pipeline(createReadStream(path), hash);
    if (hash.digest('hex') !== known) throw new Error('it is not as it was written');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): ProblemError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ProblemError(`${path} can't be read: ${why}. The store is unchanged; restore this file.`, {
    cause,
  });
}

/** Throws an Error for a cell of another type than the column's. */
function cellIn(cell: unknown, { name, type, nullable }: StoreColumn): StoreCell {
  const value = cell instanceof Date ? instantIn(cell, type) : (cell ?? null);
  if (value === null && nullable) return null;
  const isOne = type === 'text' ? 'string' : type === 'boolean' ? 'boolean' : 'number';
  if (typeof value !== isOne) throw new Error(`a cell of ${name} is not of its type`);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function instantIn(cell: Date, type: StoreColumnType): number {
  const at = cell.getTime();
  if (Number.isNaN(at)) throw new Error('an instant is beyond all years');
  return type === 'day' ? Math.floor(at / day) : at;
}
