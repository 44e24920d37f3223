import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import { hasWideCharacters, wrapWide } from './wrap-wide.ts';

/** Stands for a space that is no place for a line break. */
const glue = '\ue000';
/** A command inside a sentence: in backquotes, or this program's own. */
const inlineCommand =
  /`[^`\n]+`|(?:\bnpm run -s )?\bpsso-monitor (?:-- )?[a-z][a-z-]*(?: --(?:sysroot|data-dir|database|user) (?:'[^']*'|\S+))*/g;
/** A line that is a command to copy. */
const commandLine =
  /^\s*(?:[-→] )?(?:\$ |sudo |psso-monitor [a-z-]|app-sso platform |open (?:-R |['"/])|npm run |sqlite3 )/;
const addressAtTheEnd = /^(.*\S) ((?:https?|x-apple\.systempreferences):\S+)$/;
const commandAtTheEnd =
  /^(.*:) ((?:sudo|psso-monitor|npm run|app-sso(?= platform )|open(?= (?:-R |['"/]))) \S.*)$/;
const address = /(?:https?|x-apple\.systempreferences):\S/;
/** The indentation, the mark of an item of a list, and short columns before the text. */
const lead = /^ *(?:(?:[-•→] |\d{1,2}\. )+ *)?(?:\S{1,24}(?: \S{1,12})? {2,})*/;
/** Text goes below columns that are wider than this and leave it less than that. */
const mostHanging = 12;
const leastBeside = 20;

/** A command at the end of a line goes on a line of its own, so that it can be copied. */
export function commandsOnOwnLines(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, before, command] = commandAtTheEnd.exec(line) ?? [];
      if (before === undefined || command === undefined) return line;
      const [start] = lead.exec(line) ?? [''];
      return `${before}\n${' '.repeat(stringWidth(start) + 2)}${command}`;
    })
    .join('\n');
}

/**
 * Breaks long lines between words. Further lines have the indentation of the first one, and `hanging` columns
 * more. A command to copy and an address are never broken, even if the terminal is narrower.
 */
export function wrapText(text: string, width: number, hanging = 0): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, hanging))
    .join('\n');
}

/** Breaks the text of a cell: its lines have no indentation of their own. */
export function wrapCell(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, 0))
    .join('\n');
}

function wrapLine(line: string, width: number, more: number): string {
  if (stringWidth(line) <= width || commandLine.test(line)) return line;
  const [start] = lead.exec(line) ?? [''];
  const body = line.slice(start.length);
  const hanging = stringWidth(start) + more;
  if (hanging > mostHanging && width - hanging < leastBeside) return below(start, body, width);
  const further = `\n${' '.repeat(hanging)}`;
  const [, before, found] = addressAtTheEnd.exec(body) ?? commandAtTheEnd.exec(body) ?? [];
  if (before !== undefined && found !== undefined)
    return wrapLine(start + before, width, more) + further + found;
  const glued = body.replace(inlineCommand, (command) => command.replaceAll(' ', glue));
  const lines = wrapWords(glued, Math.max(10, width - hanging));
  return start + lines.join(further).replaceAll(glue, ' ');
}

/** The text below its columns, since beside them it has no room. */
function below(columns: string, text: string, width: number): string {
  const indent = `${/^ */.exec(columns)?.[0] ?? ''}  `;
  const block = wrapLine(text, Math.max(10, width - indent.length), 0).replaceAll('\n', `\n${indent}`);
  return `${columns.trimEnd()}\n${indent}${block}`;
}

/** Breaks between words, and inside a word that is too long, unless it is there to copy. */
function wrapWords(text: string, width: number): string[] {
  const lines = hasWideCharacters(text)
    ? wrapWide(text, width)
    : wrapAnsi(text, width, { hard: false }).split('\n');
  return lines.flatMap((line) => {
    const toCopy = line.includes(glue) || address.test(line) || /(?:^|\s)[~/]/.test(line);
    return toCopy || stringWidth(line) <= width ? [line] : wrapAnsi(line, width, { hard: true }).split('\n');
  });
}

/** The text without the columns that do not fit; a cut text ends in `…`. */
export function cutText(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const [first = ''] = wrapAnsi(text, Math.max(1, width - 1), {
    hard: true,
    wordWrap: false,
    trim: false,
  }).split('\n');
  return `${first.trimEnd()}…`;
}

/**
 * The help of a command for a terminal. Its paragraphs are broken for a file, so they are joined first. Lists
 * of options are laid out already, and examples stay.
 */
export function wrapHelp(text: string, width: number): string {
  const joined: string[] = [];
  let inParagraph = false;
  for (const line of text.split('\n')) {
    const isProse = line !== '' && !line.startsWith(' ') && !/^[A-Z]\w*:/.test(line);
    if (isProse && inParagraph) joined[joined.length - 1] += ` ${line}`;
    else joined.push(line);
    inParagraph = isProse;
  }
  return joined.map((line) => wrapLine(line, width, 0)).join('\n');
}
