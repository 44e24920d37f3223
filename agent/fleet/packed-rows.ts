import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** So many rows are compressed as one block. */
const rowsOfBlock = 256;

/**
 * Rows that are kept compressed, some 50 bytes for a Mac, and read again one block after the other: a list of
 * 200,000 Macs is never in memory as a whole. A row is plain JSON.
 */
export class PackedRows<Row> implements Iterable<Row> {
  readonly #blocks: Uint8Array[] = [];
  #open: Row[] = [];

  add(row: Row): void {
    this.#open.push(row);
    if (this.#open.length < rowsOfBlock) return;
    this.#blocks.push(zstdCompressSync(JSON.stringify(this.#open)));
    this.#open = [];
  }

  *[Symbol.iterator](): Generator<Row, void> {
    for (const block of this.#blocks) {
      const rows: Row[] = JSON.parse(zstdDecompressSync(block).toString('utf8'));
      yield* rows;
    }
    yield* this.#open;
  }
}
