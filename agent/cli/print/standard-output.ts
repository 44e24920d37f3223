import { fstatSync, writeSync } from 'node:fs';
import { exitStatus } from '../../shared/exit-status.ts';

const descriptor = 1;
/** Once the stream has taken something, all that follows goes the same way, in order. */
let streaming = false;

/**
 * Writes to standard output, in order and at once. Past `process.stdout`, as long as the reader keeps up: making that stream loads
 * Node's network code, which nothing else of a command needs (docs/decisions/0014-node-as-it-is.md).
 *
 * A reader that has seen enough, such as `head`, is no error: the process ends.
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
      // The other end is slow, and whoever shares it with us asked not to wait: the stream knows how to.
      if (code !== 'EAGAIN') throw error;
      streaming = true;
      process.stdout.write(rest);
      return;
    }
  }
}

/** Whether a person may be looking: a terminal is a character device, as are few other things. */
export function mayBeTerminal(): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}
