/** Why a property list is not read: it is cut off, malformed, too large or too deep. */
export class PlistError extends Error {
  override readonly name = 'PlistError';
}

/**
 * Characters. A global password policy with its localised descriptions is about 40 KiB; the runner stops at
 * 1 MiB.
 */
const largestText = 1024 * 1024;
/** Levels of nesting. */
const deepest = 200;

/**
 * The first complete `<plist …>…</plist>` at or after an offset, without declaration and DOCTYPE, so that no
 * entity declaration is ever parsed. Null: there is none, or it is cut off. `end` is where it stopped.
 */
export function findXmlPlist(text: string, from = 0): { readonly xml: string; readonly end: number } | null {
  const opening = /<plist(?=[\s>/])/g;
  opening.lastIndex = from;
  const start = opening.exec(text);
  if (start === null) return null;
  const closing = text.indexOf('</plist>', start.index);
  if (closing === -1) return null;
  const end = closing + '</plist>'.length;
  return { xml: text.slice(start.index, end), end };
}

/**
 * The value of an XML property list from `findXmlPlist`: dictionaries are plain objects, data is Uint8Array,
 * dates are Date. Throws PlistError for anything that plist(5) does not allow.
 *
 * The resident agent reads such lists in every poll. The plist package would load an XML document model,
 * eleven megabytes that stay (docs/decisions/0009), so this is the grammar only. A property test compares it
 * with the package.
 */
export function parseXmlPlist(xml: string): unknown {
  if (xml.length > largestText) throw new PlistError('the property list is too large');
  const reader = new Reader(xml);
  const frame = reader.next();
  if (frame?.name !== 'plist' || frame.kind === 'close') throw reader.wrong('it does not begin with <plist>');
  if (frame.kind === 'empty') throw reader.wrong('it is empty');
  const value = readValue(reader, reader.opening(), 0);
  reader.closing('plist');
  reader.end();
  return value;
}

interface Tag {
  readonly kind: 'open' | 'close' | 'empty';
  readonly name: string;
}

function readValue(reader: Reader, tag: Tag, depth: number): unknown {
  if (depth > deepest) throw reader.wrong('it is too deep');
  const { name, kind } = tag;
  switch (name) {
    case 'dict':
      return kind === 'empty' ? {} : dictionaryIn(reader, depth);
    case 'array': {
      const list: unknown[] = [];
      if (kind === 'empty') return list;
      for (;;) {
        const next = reader.next();
        if (next?.kind === 'close' && next.name === 'array') return list;
        list.push(readValue(reader, reader.opened(next), depth + 1));
      }
    }
    case 'true':
    case 'false':
      if (kind === 'open' && reader.text(name).trim() !== '') throw reader.wrong(`<${name}> holds a text`);
      return name === 'true';
    case 'string':
      return kind === 'empty' ? '' : reader.text('string');
    case 'integer':
    case 'real':
      return numberIn(reader, name, kind);
    case 'date': {
      const text = kind === 'empty' ? '' : reader.text('date').trim();
      // A date that is none is an invalid Date: one bad value, and not a bad list.
      return new Date(/^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? text : Number.NaN);
    }
    case 'data': {
      const text = kind === 'empty' ? '' : reader.text('data').replace(/\s+/g, '');
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 === 1)
        throw reader.wrong('there is data that is not base64');
      return new Uint8Array(Buffer.from(text, 'base64'));
    }
    default:
      throw reader.wrong(`<${name.slice(0, 20)}> is no value`);
  }
}

function dictionaryIn(reader: Reader, depth: number): Record<string, unknown> {
  const dictionary: Record<string, unknown> = {};
  for (;;) {
    const tag = reader.next();
    if (tag?.kind === 'close' && tag.name === 'dict') return dictionary;
    if (tag?.name !== 'key' || tag.kind === 'close') throw reader.wrong('there is a value without a key');
    const key = tag.kind === 'empty' ? '' : reader.text('key');
    if (key === '__proto__') throw reader.wrong('there is a key that no dictionary can have');
    dictionary[key] = readValue(reader, reader.opening(), depth + 1);
  }
}

function numberIn(reader: Reader, name: 'integer' | 'real', kind: Tag['kind']): number {
  const text = kind === 'empty' ? '' : reader.text(name).trim();
  const shape =
    name === 'integer'
      ? /^[+-]?(\d+|0x[\da-f]+)$/i
      : /^([+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?|nan|[+-]?inf(inity)?)$/i;
  if (!shape.test(text)) throw reader.wrong('there is a number that is none');
  const hexadecimal = /^([+-]?)(0x.+)$/i.exec(text);
  if (hexadecimal !== null) return Number(hexadecimal[2]) * (hexadecimal[1] === '-' ? -1 : 1);
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The tags of a document, one after the other. Between them only white space, comments and instructions may
 * stand.
 */
class Reader {
  readonly #xml: string;
  #at = 0;

  constructor(xml: string) {
    this.#xml = xml;
  }

  wrong(what: string): PlistError {
    return new PlistError(`the property list can't be understood: ${what}, at character ${this.#at}`);
  }

  /** Null at the end. */
  next(): Tag | null {
    this.#skip();
    if (this.#at === this.#xml.length) return null;
    const tag = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
    tag.lastIndex = this.#at;
    const found = tag.exec(this.#xml);
    const [whole = '', slash, name = '', attributes = '', empty] = found ?? [];
    const closing = slash === '/';
    if (found === null || (closing && (empty === '/' || attributes !== '')))
      throw this.wrong('it is not well-formed XML');
    this.#at += whole.length;
    return { name, kind: closing ? 'close' : empty === '/' ? 'empty' : 'open' };
  }

  opening(): Tag {
    return this.opened(this.next());
  }

  opened(tag: Tag | null): Tag {
    if (tag === null || tag.kind === 'close') throw this.wrong('a value is missing');
    return tag;
  }

  closing(name: string): void {
    const tag = this.next();
    if (tag?.kind !== 'close' || tag.name !== name) throw this.wrong(`</${name}> is missing`);
  }

  end(): void {
    this.#skip();
    if (this.#at !== this.#xml.length) throw this.wrong('there is more after its end');
  }

  /** The text up to the end of the element that was just opened. */
  text(name: string): string {
    let text = '';
    for (;;) {
      const from = this.#at;
      const to = this.#xml.indexOf('<', from);
      if (to === -1) throw this.wrong(`</${name}> is missing`);
      text += this.#plain(this.#xml.slice(from, to));
      this.#at = to;
      if (this.#xml.startsWith('<![CDATA[', to)) {
        const end = this.#xml.indexOf(']]>', to);
        if (end === -1) throw this.wrong('it is cut off');
        text += this.#xml.slice(to + '<![CDATA['.length, end);
        this.#at = end + ']]>'.length;
      } else if (!this.#skipped('<!--', '-->')) {
        this.closing(name);
        return text;
      }
    }
  }

  #plain(text: string): string {
    // XML makes one line feed of every line end.
    const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    if (!lines.includes('&')) return lines;
    return lines.replace(/&([^;&]{0,12};)?/g, (_all, reference: string | undefined) => {
      const name = reference?.slice(0, -1) ?? '';
      const known = Object.hasOwn(entities, name) ? entities[name] : undefined;
      if (known !== undefined) return known;
      const code = /^#(?:(\d+)|x([\da-f]+))$/i.exec(name);
      const point = code === null ? Number.NaN : Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 10 : 16);
      if (!(point > 0 && point <= 0x10ffff)) throw this.wrong('there is a reference to nothing');
      return String.fromCodePoint(point);
    });
  }

  #skip(): void {
    for (;;) {
      while (/\s/.test(this.#xml[this.#at] ?? '')) this.#at++;
      if (!this.#skipped('<!--', '-->') && !this.#skipped('<?', '?>')) return;
    }
  }

  #skipped(opening: string, closing: string): boolean {
    if (!this.#xml.startsWith(opening, this.#at)) return false;
    const end = this.#xml.indexOf(closing, this.#at + opening.length);
    if (end === -1) throw this.wrong('it is cut off');
    this.#at = end + closing.length;
    return true;
  }
}
