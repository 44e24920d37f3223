import { undoubleField } from './escapes.ts';

/**
 * What tools change within the output of `app-sso platform -s`: line ends, indentation, quotes, backslashes,
 * tags around it. Each step leaves an output as macOS prints it unchanged. Time grows linearly with the text.
 */

const plainHeader = /^(?:(?:Device|Login|User) Configuration|SSO Tokens):[ \t]*$/m;
const bodyInLine = /(?:Device|User) Configuration: {0,9}(?:\{|\(null\))/;
const headerInLine = /(?:(?:Device|Login|User) Configuration|SSO Tokens|Received|Expiration):/g;

/** Restores the line ends that a shell replaced by blanks, as `echo $(app-sso …)` does. */
export function withLineEnds(text: string): string {
  if (plainHeader.test(text) || !bodyInLine.test(text)) return text;
  return text.replace(headerInLine, (header, at: number) => {
    const before = text.slice(Math.max(0, at - 9), at).trimEnd();
    return before === '' || /[})\dZ:]$/.test(before) ? `\n${header}\n` : header;
  });
}

/** The sections as macOS prints them, after everything around them was removed. */
export function plainSections(text: string): string {
  return withIndentation(withoutEdits(withBackslashes(withStraightQuotes(withoutTags(undoubleField(text))))));
}

/** A header with marks of Markdown or quotes around it. */
const markedHeader =
  /^[ \t#*_"']{0,9}((?:Device|Login|User) Configuration|SSO Tokens)[ \t*_]{0,9}:[ \t*_"']{0,9}$/gm;
/**
 * A value without quotes that is no JSON: a word in place of a value that was removed. Without the value of
 * `registrationCompleted` the section stays unreadable: a removed value proves no lost registration.
 */
const bareWord =
  /^([ \t]*"(?!registrationCompleted)\w+" ?: )(?!["{[\d-]|(?:true|false|null),?[ \t]*$)[^\n]{1,200}?(,?)[ \t]*$/gm;

/** Undoes what people edit before they show an output: marked headings, fences, removed values and lines. */
function withoutEdits(text: string): string {
  return text
    .replace(markedHeader, '$1:')
    .replace(/^[ \t]*```\w{0,20}[ \t]*$/gm, '')
    .replace(/^[ \t]*(?:\.{3}|…),?[ \t]*$/gm, '')
    .replace(bareWord, '$1"taken out"$2')
    .replace(/,([ \t\n]*\n[ \t]*[}\]])/g, '$1');
}

const tagsBefore = /^[ \t]*(?:<[^<>\n]{1,100}>|<!\[CDATA\[|["'`])+(?=Time: \d{4}-)/gm;
/** A line that ends a section, and then tags or quotes. */
const tagsAfter =
  /^(\}| ?\(null\)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?: \([^()\n]{1,40}\))?)(?:<\/[\w:.-]{1,60}>|\]\]>|["'`])+,?[ \t]*$/gm;

function withoutTags(text: string): string {
  return text.replace(tagsBefore, '').replace(tagsAfter, '$1');
}

/** Editors and mail programs make typographic quotes. */
function withStraightQuotes(text: string): string {
  return /[\u201c\u201d\u201e]\w+[\u201c\u201d] ?:/.test(text)
    ? text.replace(/[\u201c\u201d\u201e]/g, '"')
    : text;
}

/** zsh's echo writes one backslash for the two before the `@` of a Kerberos name. */
function withBackslashes(text: string): string {
  return text.replace(/\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})?/g, (whole, escaped?: string) =>
    escaped === undefined ? '\\\\' : whole,
  );
}

/** More levels than macOS prints. */
const deepest = 8;

/** Where keys stand at the start of a line, `}` alone does not show which body it ends. */
function withIndentation(text: string): string {
  if (!/^"\w+" ?:/m.test(text)) return text;
  let depth = 0;
  return text
    .split('\n')
    .map((line) => {
      if (plainHeader.test(line)) depth = 0;
      else if (/^[ \t]*[}\]]/.test(line)) depth = Math.max(0, depth - 1);
      const indented = `${'  '.repeat(Math.min(depth, deepest))}${line}`;
      if (/[{[][ \t]*$/.test(line)) depth += 1;
      return indented;
    })
    .join('\n');
}
