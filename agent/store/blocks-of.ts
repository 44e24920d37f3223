import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The size of a page of the database. */
const blockSize = 4096;

export interface Block {
  readonly at: number;
  /** Valid until the next block; null: the disk fails to read it. */
  readonly bytes: Buffer | null;
}

/**
 * The blocks of a file. Closing a file drops the POSIX locks that this process has on it
 * (https://sqlite.org/howtocorrupt.html, 2.2), so no connection to a database may be open.
 *
 * `failed` is called with the error of a block that can't be read. Where it throws, the reading ends.
 */
export function* blocksOf(path: string, failed: (error: unknown) => void): Generator<Block> {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(file);
    const block = Buffer.alloc(blockSize);
    for (let at = 0; at < size; at += blockSize) {
      let bytes: Buffer | null = null;
      try {
        bytes = block.subarray(0, readSync(file, block, 0, blockSize, at));
      } catch (error) {
        failed(error);
      }
      yield { at, bytes };
    }
  } finally {
    closeSync(file);
  }
}
