import { forEachLine } from '../lines.ts';
import { jsonStringAround, quotedLine, unescapeXml, unquoteLines } from './escapes.ts';
import { messageLines } from './message-lines.ts';
import { type PasteForm, pasteForms } from './paste-form.ts';
import { plainSections, withLineEnds } from './plain-app-sso.ts';
import { recordsApart } from './records-apart.ts';

export interface Unwrapped {
  readonly text: string;
  /** What to remove, when the output is there and is wrapped in a way that is not known. */
  readonly remark: string | null;
}

/** Colours of a terminal, and characters without a width. */
const unseen = /(?![\t\n])\p{Cc}\[[0-9;]{0,20}[A-Za-z]|[\u200b\ufeff]/gu;

/** An attribute of XML in doubled quotes, as in CSV, or in typographic ones. */
const quotedAttribute = /=(?:""|[\u201c\u201d])([\w.-]{1,20})(?:""|[\u201c\u201d])/g;

/** A text can be wrapped several times: escaped, then logged with a prefix. */
const mostLayers = 4;

/**
 * The output of a command within a text that a person pasted from a management tool, a ticket or a log:
 * without the prefix of each line, quotes, the escapes of JSON and XML, tags around it. A plain output stays
 * unchanged. Only removes and unescapes: what is a section stays one, so no registration is put together.
 * The agent's own polls read commands directly and need none of this. Never throws; time grows linearly with
 * the text.
 */
export function unwrap(source: keyof typeof pasteForms, pasted: string): Unwrapped {
  const form = pasteForms[source];
  // Mail programs and web pages write blanks that no line breaks at.
  const spaced = pasted.replace(/[\u00a0\u202f]|&nbsp;/g, ' ').replace(unseen, '');
  if (!form.mark.test(spaced)) return { text: pasted, remark: null };
  let text = inLines(source, spaced);
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const before = text;
    text = withoutLayer(form, text);
    if (text === before) break;
  }
  if (source === 'app-sso') text = plainSections(text);
  else if (source !== 'log') text = text.replace(quotedAttribute, '="$1"');
  if (source === 'log') text = text.replace(/\}<\/[\w:.-]{1,60}>[ \t]*$/gm, '}');
  const { plain } = survey(form, text);
  const remark =
    plain === 0
      ? 'The output is wrapped in other text: remove what stands before and after it, and at the start of each line.'
      : null;
  return { text, remark };
}

/** Tags of HTML that begin or end a line. Blank lines do no harm. */
const tagsOfLines = /<\/?(?:br|p|div|li|tr|td|pre)(?: [^<>\n]{0,200})? ?\/?>\n?/gi;

/** Restores the lines of a text that a tool joined, or wrapped one by one. */
function inLines(source: keyof typeof pasteForms, pasted: string): string {
  // Each object of a log of macOS is a record itself.
  if (source === 'log') return recordsApart(pasted);
  const text = pasted.replace(tagsOfLines, '\n').replace(/[\u2028\u2029]/g, '\n');
  const lines = messageLines(pasteForms[source], text);
  return source === 'app-sso' ? withLineEnds(lines) : lines;
}

function withoutLayer(form: PasteForm, text: string): string {
  const found = survey(form, text);
  if (found.plain === 0 && found.quoted > 0) return unquoteLines(text);
  if (form.isJsonEscaped(text)) return jsonStringAround(text, Math.max(text.search(form.mark), 0));
  if (form.isXmlEscaped(text)) return unescapeXml(text);
  if (found.plain > 0) return withoutLead(text, found.first);
  return withoutPrefix(form, text, found.prefixes);
}

/** Where lines of the output are: so many suffice, and keep the survey short. */
const enoughLines = 300;

interface Survey {
  /** Lines that begin as the output's do. */
  readonly plain: number;
  /** Lines that are one quoted text, which begins as the output's do. */
  readonly quoted: number;
  /** The first line of the output, and where in it the output begins. */
  readonly first: { readonly start: number; readonly offset: number } | null;
  /** What stands before a line of the output, by its pattern, with the number of such lines. */
  readonly prefixes: ReadonlyMap<string, number>;
}

function survey(form: PasteForm, text: string): Survey {
  const prefixes = new Map<string, number>();
  let plain = 0;
  let quoted = 0;
  let first: Survey['first'] = null;
  let seen = 0;
  forEachLine(text, (line, start) => {
    if (seen >= enoughLines || line === '') return;
    const content = quotedLine(line);
    if (content !== null && form.startIn(content.slice(0, content.search(/\n|$/))) === 0) {
      quoted += 1;
      seen += 1;
      return;
    }
    const offset = form.startIn(line);
    if (offset === null) return;
    seen += 1;
    first ??= { start, offset };
    if (offset === 0) plain += 1;
    else {
      const pattern = patternOf(line.slice(0, offset));
      prefixes.set(pattern, (prefixes.get(pattern) ?? 0) + 1);
    }
  });
  return { plain, quoted, first, prefixes };
}

/** The unified log writes the number of a thread as `0x3f2a`, or behind the process: `[1095:3f2a]`. */
const number = /(\b0x[0-9a-f]+|(?<=\[\d{1,9}:)[0-9a-f]+)|\d+/g;

/**
 * A prefix as the source of a regular expression: numbers and half-days may differ from line to line, so a
 * time or a line number may. Its last blanks are the output's indentation and must be the same in each line,
 * but for a line that ends there.
 */
function patternOf(prefix: string): string {
  const stem = prefix.trimEnd();
  const blanks = prefix.slice(stem.length);
  const pattern = stem
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/[ \t]+/g, '[ \\t]+')
    .replace(/^\[ \\t\]\+/, '[ \\t]*')
    .replace(number, (_, hexadecimal?: string) => (hexadecimal === undefined ? '\\d+' : '[0-9a-fx]+'))
    .replace(/\b[AP]M\b/g, '[AP]M');
  return `^${pattern}(?:${blanks}|[ \\t]*$)`;
}

/** The prefix that most lines have is removed from every line that has it. */
function withoutPrefix(form: PasteForm, text: string, prefixes: Survey['prefixes']): string {
  const [best] = [...prefixes].sort(([, left], [, right]) => right - left);
  if (best === undefined || best[1] < form.leastPrefixed) return text;
  return text.replace(new RegExp(best[0], 'gm'), '');
}

/** What stands before the first line alone: a tag, a quote, words of a script. */
function withoutLead(text: string, first: Survey['first']): string {
  if (first === null || first.offset === 0) return text;
  return text.slice(0, first.start) + text.slice(first.start + first.offset);
}
