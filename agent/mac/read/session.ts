import type { Session } from '../../types/observation.ts';
import type { Reading } from '../../types/reading.ts';
import { consoleUsersIn, parseSession } from '../parse/session.ts';
import { type Question, questions, wholeSession } from '../questions.ts';
import type { ReaderDependencies } from './dependencies.ts';
import { outputOf, understood } from './outcome.ts';
import { rememberLast } from './remember-last.ts';

const parse = rememberLast((text: string, account) => parseSession(text, account));

/** Whether the account's screen is locked and its session is the one at the console. */
export async function readSession(dependencies: ReaderDependencies): Promise<Reading<Session>> {
  const reading = await ask(dependencies, questions.session);
  if (reading.ok || (reading.reason !== 'malformed' && reading.reason !== 'exit')) return reading;
  // More sessions than a line has room for, or a macOS that does not cut lines.
  return await ask(dependencies, wholeSession);
}

async function ask({ runner, who }: ReaderDependencies, question: Question): Promise<Reading<Session>> {
  const output = outputOf('ioreg', await runner.run(...question));
  // The rest of it is another one at each look, and none of it is kept.
  return output.ok
    ? understood('the list of console users', parse(consoleUsersIn(output.value), who.name))
    : output;
}
