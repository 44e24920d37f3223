import { parseLogLine } from '../log-lines.ts';

/** A time within a line. */
const timeInLine = /(?<=\S) {1,9}(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d)/g;
/** In characters. The head of a record is shorter. */
const longestHead = 300;

/** Puts each record of a log on a separate line, where a tool replaced line ends by blanks. Linear time. */
export function recordsApart(text: string): string {
  return text.replace(timeInLine, (blanks, at: number) => {
    const from = at + blanks.length;
    const [head = ''] = text.slice(from, from + longestHead).split('\n', 1);
    return parseLogLine(head) === null ? blanks : '\n';
  });
}
