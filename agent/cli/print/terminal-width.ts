import { mayBeTerminal } from './standard-output.ts';

/** The columns of a terminal that does not report them. */
const usual = 80;
/** Below this, a text is not readable in any layout. */
const least = 20;

/** The columns of the terminal; null: standard output is no terminal, and a script gets each text whole. */
export function terminalWidth(): number | null {
  if (!mayBeTerminal() || !process.stdout.isTTY) return null;
  return Math.max(least, process.stdout.columns || usual);
}
