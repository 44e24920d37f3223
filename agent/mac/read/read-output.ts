import type { Reading } from '../../shared/reading.ts';
import type { CommandName } from '../commands.ts';
import type { Runner } from '../runner.ts';
import { outputOf, parsedReading } from './outcome.ts';

export interface ParsedCommand<T> {
  readonly command: CommandName;
  readonly args: readonly string[];
  /** Names the output in the failure of a text that `parse` does not know. */
  readonly what: string;
  /** Null: another text. */
  readonly parse: (output: string) => T | null;
}

/** Runs a command and parses its output. */
export async function readOutput<T>(
  runner: Runner,
  { command, args, what, parse }: ParsedCommand<T>,
): Promise<Reading<T>> {
  const output = outputOf(command, await runner.run(command, args));
  return output.ok ? parsedReading(what, parse(output.value)) : output;
}
