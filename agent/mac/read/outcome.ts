import { basename } from 'node:path';
import { failed, type Reading, read } from '../../shared/reading.ts';
import { type CommandName, commands } from '../commands.ts';
import type { CommandOutcome } from '../runner.ts';

/**
 * A command's output as a reading: exit status 0 and some output. Its error output is dropped: it may hold
 * names.
 */
export function outputOf(command: CommandName, outcome: CommandOutcome): Reading<string> {
  const name = basename(commands[command]);
  switch (outcome.kind) {
    case 'exited':
      if (outcome.status !== 0) return failed('exit', `${name} ended with status ${outcome.status}`);
      return outcome.stdout.trim() === '' ? failed('empty', `${name} printed nothing`) : read(outcome.stdout);
    case 'missing':
      return failed('missing', `${name} is not on this Mac`);
    case 'denied':
      return failed('denied', `${name} may not be run`);
    case 'timeout':
      return failed('timeout', `${name} did not answer in time and was stopped`);
    case 'busy':
      return failed('timeout', `${name} still runs from an earlier poll`);
    case 'signalled':
      return failed('exit', `${name} was ended by ${outcome.signal}`);
    case 'tooMuchOutput':
      return failed('malformed', `${name} printed more than it should and was stopped`);
  }
}

/** A parsed value as a reading; null becomes `malformed`. */
export function parsedReading<T>(what: string, value: T | null): Reading<T> {
  return value === null ? failed('malformed', `${what} can't be understood`) : read(value);
}
