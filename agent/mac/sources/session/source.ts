import type { Session } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import type { Source } from '../../source.ts';
import { parseSession } from './parse-session.ts';

/**
 * Nearly all of `ioreg`'s output is one line of some 90,000 characters about kernel classes (macOS 26, 27).
 * It differs on every call and is discarded. `-w` cuts lines: a session needs some 400 characters, so 4096
 * have room for ten.
 */
const whole = ['-n', 'Root', '-d1'];
export const cutToTenSessions = [...whole, '-w', '4096'];

/** Whether the account's screen is locked and its session is the one at the console. */
export async function readSession(dependencies: ReaderDependencies): Promise<Reading<Session>> {
  const reading = await readWith(dependencies, cutToTenSessions);
  if (reading.ok || (reading.reason !== 'malformed' && reading.reason !== 'exit')) return reading;
  // More sessions than fit into a line, or a macOS that does not cut lines.
  return await readWith(dependencies, whole);
}

async function readWith(
  { runner, who }: ReaderDependencies,
  args: readonly string[],
): Promise<Reading<Session>> {
  return await readOutput(runner, {
    command: 'ioreg',
    args,
    what: 'the list of console users',
    parse: (text) => parseSession(text, who.name),
  });
}

export const session: Source<'session'> = {
  name: 'session',
  label: 'screen and console (ioreg)',
  read: readSession,
  reread: { kind: 'eachPoll' },
  nameInRemarks: 'the session',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
