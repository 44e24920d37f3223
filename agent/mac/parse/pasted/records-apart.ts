import { parseLogLine } from '../log-lines.ts';

/** A time within a line. */
const timeInLine = /(?<=\S) {1,9}(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d)/g;
/** Characters, which the head of a record does not fill. */
const longestHead = 300;

/** A log whose line ends became blanks, with each record in a line. Linear time. */
export function recordsApart(text: string): string {
  return text.replace(timeInLine, (blanks, at: number) => {
    const from = at + blanks.length;
    const [head = ''] = text.slice(from, from + longestHead).split('\n', 1);
    return parseLogLine(head) === null ? blanks : '\n';
  });
}
