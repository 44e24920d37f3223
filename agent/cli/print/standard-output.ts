import { fstatSync, statSync, writeSync } from 'node:fs';
import { exitStatus } from '../../shared/exit-status.ts';
import { sanitiseOutput } from '../../shared/safe-text.ts';

const descriptor = 1;
/** True once the stream was used: later output must follow it. */
let streaming = false;

/**
 * Writes to standard output synchronously. It avoids `process.stdout` while the pipe is writable: creating
 * that stream loads Node's network code, which no command needs.
 *
 * When a reader such as `head` closes the pipe, the process ends without an error.
 */
export function writeOut(text: string): void {
  if (streaming) {
    process.stdout.write(text);
    return;
  }
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'EPIPE') process.exit(exitStatus.done);
      // The pipe is full and non-blocking; the stream waits for the reader.
      if (code !== 'EAGAIN') throw error;
      streaming = true;
      process.stdout.write(rest);
      return;
    }
  }
}

/** Writes to standard output, and waits until a slow reader has taken most of what was written before. */
export async function writeOutInTurn(text: string): Promise<void> {
  writeOut(text);
  if (!streaming || !process.stdout.writableNeedDrain) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** Whether standard output is a character device other than /dev/null, and so probably a terminal. */
export function mayBeTerminal(): boolean {
  try {
    const found = fstatSync(descriptor);
    return found.isCharacterDevice() && found.rdev !== statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}

/** A line on standard error. */
export function printToStandardError(text: string): void {
  process.stderr.write(`${sanitiseOutput(text)}\n`);
}
