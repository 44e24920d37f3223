import type { Session } from '../../types/observation.ts';
import type { Reading } from '../../types/reading.ts';
import { consoleUsersIn, parseSession } from '../parse/session.ts';
import { questions } from '../questions.ts';
import type { ReaderDependencies } from './dependencies.ts';
import { outputOf, understood } from './outcome.ts';
import { rememberLast } from './remember-last.ts';

const parse = rememberLast((text: string, account) => parseSession(text, account));

/** Whether the account's screen is locked and its session is the one at the console. */
export async function readSession({ runner, who }: ReaderDependencies): Promise<Reading<Session>> {
  const output = outputOf('ioreg', await runner.run(...questions.session));
  // The rest of it is another one at each look, and none of it is kept.
  return output.ok
    ? understood('the list of console users', parse(consoleUsersIn(output.value), who.name))
    : output;
}
