import { forEachLine } from '../../parse/lines.ts';

/**
 * The layout of `app-sso platform -s`: a `Time:` line, then sections. A header is a separate line; below it
 * is JSON that ends with the first line that is exactly `}`, or ` (null)`. Neither can occur inside a JSON
 * string, which has no line ends, so the content of a string can't mislead a scan by lines.
 */
export type Section =
  /** No header. */
  | { readonly kind: 'absent' }
  /** The header, and literally `(null)`. */
  | { readonly kind: 'null' }
  | { readonly kind: 'body'; readonly json: string }
  /** A header, and then neither, or a body without its end. */
  | { readonly kind: 'broken' };

/** The lines as printed; null for one that is not there. */
export interface TokenLines {
  readonly received: string | null;
  readonly expiration: string | null;
}

interface AppSsoOutput {
  /** What follows `Time: `, unchecked. */
  readonly time: string | null;
  readonly device: Section;
  readonly login: Section;
  readonly user: Section;
  readonly tokens: TokenLines | null;
  /** Sections with a header that is not known. */
  readonly unknownSections: number;
  /** Lines between sections that belong to none. */
  readonly strayLines: number;
}

export interface AppSsoOutputs {
  /** The last output that is complete, or just the last one; null when no section was seen. */
  readonly chosen: AppSsoOutput | null;
  /** How many outputs with at least one section the text holds. */
  readonly count: number;
  /** A later output than the chosen one is cut off. */
  readonly laterIsCutOff: boolean;
}

type SectionName = 'device' | 'login' | 'user' | 'tokens';
type BodyOwner = 'device' | 'login' | 'user' | 'unknown';

export const sectionHeaders: ReadonlyMap<string, SectionName> = new Map([
  ['Device Configuration:', 'device'],
  ['Login Configuration:', 'login'],
  ['User Configuration:', 'user'],
  ['SSO Tokens:', 'tokens'],
]);
const unknownHeader = /^\S.{0,80}:$/;
/** A `Time:` line without a time also begins an output. */
const timeLine = /^Time:(?: |$)/;

type Draft = { -readonly [K in keyof AppSsoOutput]: AppSsoOutput[K] };

type State =
  | { readonly in: 'nothing'; readonly belowUnknownHeader: boolean }
  | { readonly in: 'header'; readonly of: BodyOwner }
  | { readonly in: 'body'; readonly of: BodyOwner; readonly from: number }
  | { readonly in: 'tokens'; readonly value: 'received' | 'expiration' | null };

const nothing: State = { in: 'nothing', belowUnknownHeader: false };

/** One pass over the lines. Keeps at most two outputs in memory. */
export function findAppSsoOutputs(text: string): AppSsoOutputs {
  const scan = new Scan(text);
  forEachLine(text, (line, start) => scan.take(line, start));
  return scan.finish();
}

class Scan {
  readonly #text: string;
  #draft = newDraft(null);
  #state: State = nothing;
  #strays = 0;
  #count = 0;
  #complete: AppSsoOutput | null = null;
  #latest: AppSsoOutput | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  take(printed: string, start: number): void {
    // Nearly every line is an indented one of a body: neither its end nor a header.
    if (this.#state.in === 'body' && printed.startsWith(' ')) return;
    const line = printed.trimEnd();
    const header = sectionHeaders.get(line);
    if (timeLine.test(line)) this.#startOutput(line.slice('Time:'.length).trim());
    else if (header !== undefined) this.#startSection(header);
    else if (this.#state.in === 'body') this.#takeInBody(line, start, this.#state);
    else if (line === '') return;
    else if (this.#state.in === 'header') this.#takeBelowHeader(line, start, this.#state.of);
    else if (this.#state.in === 'tokens') this.#takeInTokens(line, this.#state.value);
    else this.#takeStray(line, start, this.#state.belowUnknownHeader);
  }

  finish(): AppSsoOutputs {
    this.#endOutput();
    const chosen = this.#complete ?? this.#latest;
    return { chosen, count: this.#count, laterIsCutOff: chosen !== this.#latest };
  }

  #startOutput(time: string | null): void {
    this.#endOutput();
    this.#draft = newDraft(time);
    this.#state = nothing;
    this.#strays = 0;
  }

  #endOutput(): void {
    if (!hasSections(this.#draft)) return;
    this.#count += 1;
    this.#latest = this.#draft;
    if (isComplete(this.#draft)) this.#complete = this.#draft;
  }

  #startSection(name: SectionName): void {
    if (this.#beginsAnotherOutput(name)) this.#startOutput(null);
    else if (hasSections(this.#draft)) this.#draft.strayLines += this.#strays;
    this.#strays = 0;
    if (name === 'tokens') {
      this.#draft.tokens = { received: null, expiration: null };
      this.#state = { in: 'tokens', value: null };
    } else {
      // A section counts as broken until its end is found, so an interruption needs no code.
      this.#draft[name] = { kind: 'broken' };
      this.#state = { in: 'header', of: name };
    }
  }

  /**
   * Sections may come in any order below a Time line. Without one, a device section below others can be the
   * head of another output, and a registration must not be put together from the evidence of two.
   */
  #beginsAnotherOutput(name: SectionName): boolean {
    if (hasSection(this.#draft, name)) return true;
    return name === 'device' && this.#draft.time === null && hasSections(this.#draft);
  }

  #takeInBody(line: string, start: number, body: { readonly of: BodyOwner; readonly from: number }): void {
    if (line === '}') this.#endBody(body.of, { kind: 'body', json: this.#text.slice(body.from, start + 1) });
  }

  #endBody(of: BodyOwner, section: Section): void {
    if (of !== 'unknown') this.#draft[of] = section;
    this.#state = nothing;
  }

  #takeBelowHeader(line: string, start: number, of: BodyOwner): void {
    if (this.#openBody(line, start, of)) return;
    this.#takeStray(line, start, false);
  }

  #openBody(line: string, start: number, of: BodyOwner): boolean {
    const opening = line.trimStart();
    if (opening === '(null)') this.#endBody(of, { kind: 'null' });
    else if (opening === '{') this.#state = { in: 'body', of, from: start };
    else if (opening.startsWith('{') && opening.endsWith('}'))
      this.#endBody(of, { kind: 'body', json: opening });
    else return false;
    return true;
  }

  #takeInTokens(line: string, value: 'received' | 'expiration' | null): void {
    const trimmed = line.trimStart();
    if (line === 'Received:') this.#state = { in: 'tokens', value: 'received' };
    else if (line === 'Expiration:') this.#state = { in: 'tokens', value: 'expiration' };
    else if (value === null && trimmed === '(null)' && this.#hasNoTokens()) {
      this.#draft.tokens = { received: trimmed, expiration: trimmed };
      this.#state = nothing;
    } else if (value === null) this.#takeStray(line, 0, false);
    else {
      this.#draft.tokens = { received: null, expiration: null, ...this.#draft.tokens, [value]: trimmed };
      this.#state = { in: 'tokens', value: null };
    }
  }

  #hasNoTokens(): boolean {
    const { received = null, expiration = null } = this.#draft.tokens ?? {};
    return received === null && expiration === null;
  }

  #takeStray(line: string, start: number, belowUnknownHeader: boolean): void {
    if (belowUnknownHeader && this.#openBody(line, start, 'unknown')) {
      this.#draft.unknownSections += 1;
      // Its header was taken for a stray line until now.
      this.#strays -= 1;
      return;
    }
    this.#strays += 1;
    this.#state = { in: 'nothing', belowUnknownHeader: unknownHeader.test(line) };
  }
}

function newDraft(time: string | null): Draft {
  const absent: Section = { kind: 'absent' };
  return {
    time,
    device: absent,
    login: absent,
    user: absent,
    tokens: null,
    unknownSections: 0,
    strayLines: 0,
  };
}

function hasSection(output: AppSsoOutput, name: SectionName): boolean {
  return name === 'tokens' ? output.tokens !== null : output[name].kind !== 'absent';
}

function hasSections(output: AppSsoOutput): boolean {
  return [...sectionHeaders.values()].some((name) => hasSection(output, name));
}

function isComplete(output: AppSsoOutput): boolean {
  return [output.device, output.user].every(({ kind }) => kind === 'null' || kind === 'body');
}
