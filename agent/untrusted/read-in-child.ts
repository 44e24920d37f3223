import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod/mini';
import { type TableRow, tableRow } from './table-rows.ts';
import { UntrustedDatabaseError, untrustedDatabaseReasons } from './untrusted-database-error.ts';

/** A line of the child: a row, or at the end the schema version or the reason of a failure. */
const childLine = z.union([
  tableRow,
  z.object({ schemaVersion: z.int() }),
  z.object({ reason: z.enum(untrustedDatabaseReasons), detail: z.string() }),
]);
export type ChildLine = z.infer<typeof childLine>;

export interface ChildLimits {
  /** Milliseconds after which it is killed. */
  readonly timeMs: number;
  /** The most characters that it may print, in all and on one line. */
  readonly printed: number;
  readonly line: number;
}

/** Reading 250 MB takes about two seconds; a row of the longest texts is two million characters of JSON. */
const usual: ChildLimits = { timeMs: 60_000, printed: 512 * 1024 * 1024, line: 8 * 1024 * 1024 };

export const invalidResponse = 'the database reader returned an invalid response';

/**
 * Limits V8's heap; the limit of the file's size also limits SQLite's memory. By Node's permission model the
 * reader's JavaScript starts no process, opens no connection and writes no file (docs/decisions/0021).
 */
export const childFlags = [
  '--max-old-space-size=128',
  '--permission',
  '--allow-addons',
  '--allow-fs-read=*',
] as const;

/**
 * Reads the rows of an untrusted database in another process, which a file may crash, fill or block. Its
 * output is validated like the file.
 *
 * Returns the schema version. Throws UntrustedDatabaseError; the caller must then discard the rows it has
 * received.
 */
export async function readInChild(
  args: readonly string[],
  take: (row: TableRow) => void,
  limits: ChildLimits = usual,
): Promise<number> {
  // Without root's environment, and outside of every folder with a file to open by name.
  const child = spawn(process.execPath, [...childFlags, ...args], {
    cwd: '/',
    env: {},
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: limits.timeMs,
    killSignal: 'SIGKILL',
  });
  const began = performance.now();
  const closed = once(child, 'close');
  // A failed start is reported by the `await` below.
  closed.catch(() => {});
  let schemaVersion: number | null = null;
  try {
    for await (const line of linesOf(child.stdout.setEncoding('utf8'), limits)) {
      const parsed = childLineOf(line);
      if (schemaVersion !== null) throw new UntrustedDatabaseError('damaged', invalidResponse);
      if ('table' in parsed) take(parsed);
      else if ('reason' in parsed) throw new UntrustedDatabaseError(parsed.reason, parsed.detail);
      else schemaVersion = parsed.schemaVersion;
    }
    await closed;
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
  if (schemaVersion !== null && child.exitCode === 0) return schemaVersion;
  throw performance.now() - began >= limits.timeMs
    ? new UntrustedDatabaseError('tooLarge', 'reading took too long')
    : new UntrustedDatabaseError('damaged', 'the database reader crashed');
}

function childLineOf(line: string): ChildLine {
  try {
    return z.parse(childLine, JSON.parse(line));
  } catch (error) {
    throw new UntrustedDatabaseError('damaged', invalidResponse, error);
  }
}

async function* linesOf(chunks: AsyncIterable<string>, limits: ChildLimits): AsyncGenerator<string, void> {
  let [rest, printed] = ['', 0];
  for await (const chunk of chunks) {
    printed += chunk.length;
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    if (printed > limits.printed || rest.length > limits.line)
      throw new UntrustedDatabaseError('tooLarge', 'its output is too large');
    yield* lines;
  }
}
