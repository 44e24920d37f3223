import { isoOfPrinted } from '../../parse/timestamp.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { replaced } from '../../redact/values.ts';
import { JsonLines } from './redacted-json.ts';
import { sectionHeaders } from './sections.ts';
import { expiredBySuffix } from './tokens.ts';

/**
 * What `app-sso platform -s` printed, with identities and keys replaced. Every line stays what the parser
 * takes it for (agent/mac/sources/app-sso/sections.ts), so that it judges both texts alike, also where they
 * are garbled.
 */
export function redactAppSso(text: string, redactor: Redactor): string {
  const lines = new Lines(redactor);
  return text
    .split('\n')
    .map((line) => lines.redact(line))
    .join('\n');
}

type State = 'nothing' | 'below an unknown header' | 'header' | 'body' | 'tokens' | 'token value';

class Lines {
  readonly #redactor: Redactor;
  #state: State = 'nothing';
  #json: JsonLines;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
    this.#json = new JsonLines(redactor);
  }

  redact(printed: string): string {
    const line = printed.trimEnd();
    if (/^Time:(?: |$)/.test(line)) {
      this.#state = 'nothing';
      const time = line.slice('Time:'.length).trim();
      return time === '' ? 'Time:' : `Time: ${isoOfPrinted(time) === null ? replaced : time}`;
    }
    const section = sectionHeaders.get(line);
    if (section !== undefined) {
      this.#state = section === 'tokens' ? 'tokens' : 'header';
      return line;
    }
    if (this.#state === 'body') {
      if (line === '}') this.#state = 'nothing';
      return this.#json.redact(printed);
    }
    if (line === '') return '';
    if (this.#state === 'tokens' || this.#state === 'token value') return this.#token(line);
    return this.#opening(printed, line) ?? this.#stray(line);
  }

  /** The beginning of a section's body, or all of it; null: it is none. */
  #opening(printed: string, line: string): string | null {
    if (this.#state === 'nothing') return null;
    const opening = line.trimStart();
    if (opening === '(null)') {
      this.#state = 'nothing';
      return line;
    }
    if (!opening.startsWith('{') || (opening !== '{' && !opening.endsWith('}'))) return null;
    this.#json = new JsonLines(this.#redactor);
    this.#state = opening === '{' ? 'body' : 'nothing';
    return this.#json.redact(printed.endsWith('\r') ? line : printed);
  }

  #token(line: string): string {
    if (line === 'Received:' || line === 'Expiration:') {
      this.#state = 'token value';
      return line;
    }
    if (this.#state === 'tokens' && line.trimStart() === '(null)') {
      this.#state = 'nothing';
      return line;
    }
    if (this.#state === 'tokens') return this.#stray(line);
    this.#state = 'tokens';
    return tokenValue(line.trimStart());
  }

  /**
   * A line outside every section, such as a shell's prompt. A possible header could have a section below it.
   */
  #stray(line: string): string {
    const header = /^\S.{0,80}:$/.test(line);
    this.#state = header ? 'below an unknown header' : 'nothing';
    return header ? 'Other Configuration:' : replaced;
  }
}

/** `2026-05-09T09:00:15Z (Not Expired)`: the date, and what the parser takes the brackets for. */
function tokenValue(value: string): string {
  if (value === '(null)') return value;
  const bracket = value.indexOf('(');
  const date = bracket === -1 ? value : value.slice(0, bracket).trim();
  const shownDate = date === '' || isoOfPrinted(date) !== null ? date : 'no date';
  if (bracket === -1) return shownDate;
  const [, suffix = null] = /^\(([^()]{1,40})\)$/.exec(value.slice(bracket)) ?? [];
  return `${shownDate} ${suffix === null ? '(' : `(${shownSuffix(suffix)})`}`.trim();
}

function shownSuffix(suffix: string): string {
  const expired = expiredBySuffix.get(suffix.toLowerCase());
  if (expired === undefined) return 'Other';
  return expired ? 'Expired' : 'Not Expired';
}
