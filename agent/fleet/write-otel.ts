import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { placeFileAsync } from '../shared/atomic-file.ts';
import { ProblemError } from '../shared/errors.ts';
import { privateTemporary } from '../shared/private-file.ts';
import { readerPlace } from './reader-place.ts';
import { ReaderProcess, readTimeoutMs } from './reader-process.ts';
import { lastLine } from './serve-otel.ts';

interface OtelOptions {
  readonly force: boolean;
  /** A private folder for the reader, which the caller deletes. */
  readonly scratch: string;
  /** The command that starts this program. */
  readonly command: readonly string[];
}

/**
 * Writes all events of a merged database as OTLP JSON, one request a line. `target`: a file, created in one
 * step and private to its owner, or `-` for standard output. Another process reads the database, since a
 * reader of untrusted files wrote it. Throws ProblemError.
 */
export async function writeOtel(
  merged: string,
  target: string,
  { force, scratch, command }: OtelOptions,
): Promise<void> {
  const place = readerPlace(scratch, merged);
  const reader = new ReaderProcess(command, place, ['--otel', place.merged ?? merged]);
  let complete = false;
  try {
    const lines = Readable.from(linesOf(reader));
    if (target === '-') await pipeline(lines, process.stdout, { end: false });
    else {
      const path = resolve(target);
      await placeFileAsync(
        path,
        (temporary) => pipeline(lines, createWriteStream(temporary, { mode: 0o600, flags: 'wx' })),
        { temporary: privateTemporary(path), replace: force },
      );
    }
    complete = true;
  } finally {
    await reader.end(!complete);
    place.end();
  }
}

async function* linesOf(reader: ReaderProcess): AsyncGenerator<string, void> {
  for (;;) {
    const line = await reader.line(readTimeoutMs);
    if ('failure' in line) throw new ProblemError(`the events could not be read: ${line.failure}.`);
    if (line.text === lastLine) return;
    yield `${jsonOf(line.text)}\n`;
  }
}

/** The output of a reader is validated: a line is JSON, so that it holds no control character. */
function jsonOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (cause) {
    throw new ProblemError('the events could not be read: the reader returned an invalid response.', {
      cause,
    });
  }
}
