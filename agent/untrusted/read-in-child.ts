import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod/mini';
import { type TableRow, tableRow } from './table-rows.ts';
import { UntrustedDatabaseError, untrustedDatabaseReasons } from './untrusted-database-error.ts';

/** What the child prints, one a line: rows, and at the end how it went. */
export const childLine = z.union([
  tableRow,
  z.object({ schemaVersion: z.int() }),
  z.object({ reason: z.enum(untrustedDatabaseReasons), detail: z.string() }),
]);
export type ChildLine = z.infer<typeof childLine>;

export interface ChildLimits {
  /** Milliseconds after which it is killed. */
  readonly timeMs: number;
  /** Characters it may print, in all and on one line. */
  readonly printed: number;
  readonly line: number;
}

/** Reading 250 MB takes about two seconds; a row of the longest texts is two million characters of JSON. */
const usual: ChildLimits = { timeMs: 60_000, printed: 512 * 1024 * 1024, line: 8 * 1024 * 1024 };

/** For V8's heap. The rest of the child's memory is what SQLite needs for a file of a limited size. */
export const childFlags = ['--max-old-space-size=128'] as const;

/**
 * Rows of a database as another process reads them, so that a file made to crash its reader, to fill its memory or to keep
 * it busy for ever does that to a process that is then gone. What it prints is believed no more than the file.
 *
 * Answers the schema version. Throws UntrustedDatabaseError; the rows handed over until then are to be forgotten.
 */
export async function readInChild(
  args: readonly string[],
  take: (row: TableRow) => void,
  limits: ChildLimits = usual,
): Promise<number> {
  // Nothing of root's environment, and no file of its own left to open by name.
  const child = spawn(process.execPath, [...childFlags, ...args], {
    cwd: '/',
    env: {},
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: limits.timeMs,
    killSignal: 'SIGKILL',
  });
  const began = performance.now();
  const closed = once(child, 'close');
  // That it could not be started is told below, once somebody waits for it.
  closed.catch(() => {});
  let schemaVersion: number | null = null;
  try {
    for await (const line of linesOf(child.stdout.setEncoding('utf8'), limits)) {
      const said = childLineOf(line);
      if (schemaVersion !== null) throw new UntrustedDatabaseError('damaged', 'its reader was led astray');
      if ('table' in said) take(said);
      else if ('reason' in said) throw new UntrustedDatabaseError(said.reason, said.detail);
      else schemaVersion = said.schemaVersion;
    }
    await closed;
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
  if (schemaVersion !== null && child.exitCode === 0) return schemaVersion;
  throw performance.now() - began >= limits.timeMs
    ? new UntrustedDatabaseError('tooLarge', 'to read it takes too long')
    : new UntrustedDatabaseError('damaged', 'its reader crashed');
}

function childLineOf(line: string): ChildLine {
  try {
    return z.parse(childLine, JSON.parse(line));
  } catch (error) {
    throw new UntrustedDatabaseError('damaged', 'its reader was led astray', error);
  }
}

async function* linesOf(chunks: AsyncIterable<string>, limits: ChildLimits): AsyncGenerator<string, void> {
  let [rest, printed] = ['', 0];
  for await (const chunk of chunks) {
    printed += chunk.length;
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    if (printed > limits.printed || rest.length > limits.line)
      throw new UntrustedDatabaseError('tooLarge', 'too much is in it');
    yield* lines;
  }
}
