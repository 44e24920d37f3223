import { chunksOf, jsonPieces } from '../../shared/json-pieces.ts';
import { sanitiseJson, sanitiseOutput } from '../../shared/safe-text.ts';
import { mayBeTerminal, printToStandardError, writeOut, writeOutInTurn } from './standard-output.ts';
import { terminalWidth } from './terminal-width.ts';
import { commandsOnOwnLines, wrapHelp, wrapText } from './wrap-text.ts';

export { styled } from './styled.ts';
export { headedTable, table } from './table.ts';

/** Prints one indented JSON document. */
export function printJson(value: unknown): void {
  writeOut(`${sanitiseJson(JSON.stringify(value, null, 2))}\n`);
}

/** Prints one indented JSON document with long lists: the whole text is never in memory. */
export async function printLongJson(value: object): Promise<void> {
  for (const chunk of chunksOf(jsonPieces(value, 2))) await writeOutInTurn(sanitiseJson(chunk));
  writeOut('\n');
}

/** Prints one JSON document on one line. */
export function printJsonLine(value: unknown): void {
  writeOut(`${sanitiseJson(JSON.stringify(value))}\n`);
}

/**
 * The one way of a text to standard output: a database or a file's name can hold what a terminal obeys. A
 * command to copy has a line of its own. On a terminal, long lines wrap; `hanging` columns more before their
 * further lines, for lines that belong apart.
 */
export function printLine(text = '', { hanging = 0 }: { readonly hanging?: number } = {}): void {
  const width = terminalWidth();
  const safe = commandsOnOwnLines(sanitiseOutput(text));
  writeOut(`${width === null ? safe : wrapText(safe, width, hanging)}\n`);
}

/** Prints a text unchanged, such as a description for a ticket. */
export function printUnwrapped(text: string): void {
  writeOut(`${sanitiseOutput(text)}\n`);
}

/** Prints a message on standard error; on a terminal, long lines wrap. */
export function printMessage(text: string): void {
  const { isTTY, columns } = process.stderr;
  const lines = commandsOnOwnLines(text);
  printToStandardError(isTTY && columns > 0 ? wrapText(lines, columns) : lines);
}

/** On a terminal only. */
export function clearScreen(): void {
  if (mayBeTerminal()) writeOut('\u001b[H\u001b[2J');
}

/** Prints the help of a command. */
export function printHelp(text: string): void {
  const width = terminalWidth();
  writeOut(width === null ? text : wrapHelp(text, width));
}
