import { shellQuoted } from '../shared/shell-quoted.ts';

/**
 * Lines for sh that append the arguments of a call to a file: each ended by NUL, then a record separator and
 * a line feed. The record is one write, so that calls at the same time don't mix. `words` stand before the
 * arguments.
 */
export function callRecorder(file: string, ...words: readonly string[]): string {
  const all = [...words.map(shellQuoted), '"$@"'].join(' ');
  return `recordFormat=
for word in ${all}; do recordFormat="$recordFormat%s\\\\0"; done
printf "$recordFormat\\\\036\\\\n" ${all} >> ${shellQuoted(file)}
`;
}

/** The calls in such a file, in their order. */
export function recordedCalls(text: string): string[][] {
  const calls = text.split('\u001e\n').slice(0, -1);
  return calls.map((call) => call.split('\0').slice(0, -1));
}
