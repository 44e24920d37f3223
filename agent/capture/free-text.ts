import { isIP } from 'node:net';
import { dictionaryOf } from '../mac/parse/dictionary.ts';
import type { Redactor } from '../mac/redact/redactor.ts';
import { urlText } from '../mac/redact/values.ts';
import { vocabulary, wordsIn } from './vocabulary.ts';

/**
 * `own`: sentences of this product. When the user's name is an ordinary word such as `mac`, `this Mac` does
 * not name the user, and a replacement there would give the name away.
 *
 * `foreign`: the text of another program, such as an error message.
 */
export type Author = 'own' | 'foreign';

/** The longest text that is kept, in characters. Texts of the product are much shorter. */
const longest = 16 * 1024;

const letter = String.raw`[\p{L}\p{M}\p{N}]`;
/**
 * In this order: the first that fits decides. What can begin at each character has a limit, so that time
 * grows linearly with the text; of a longer one the words are replaced.
 */
const shapes = [
  [
    'instant',
    String.raw`\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?(?!${letter})`,
  ],
  ['clock', String.raw`\d{1,2}:\d{2}(?::\d{2})?(?![\p{L}\p{N}:.])`],
  ['guid', `[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?!${letter})`],
  ['url', String.raw`https?://[^\s"'<>()\[\]]+`],
  ['home', String.raw`(?:/Users/|/home/)[^/\s"':;,)]+`],
  ['principal', String.raw`[^\s"'<>(),;:=/]{1,128}@[^\s"'<>(),;:/]{1,255}`],
  [
    'address',
    String.raw`\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}])|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%\w+)?`,
  ],
  ['telephone', String.raw`\+?\d[\d ()/-]{7,}\d`],
  ['version', String.raw`\d{1,6}(?:\.\d{1,6}){1,2}(?![\p{L}\p{N}])`],
  ['key', String.raw`ey[\w-]{8,}(?:\.[\w-]*)+|[A-Za-z0-9+/_-]{24,}={0,2}|[0-9A-Fa-f]{16,}(?!${letter})`],
  ['dotted', String.raw`(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.){1,127}\p{L}{2,}(?!${letter})`],
  ['word', String.raw`(?:[\p{L}\p{M}\p{N}_]|%(?!20)[0-9A-Fa-f]{2})+(?:['’][\p{L}\p{M}\p{N}_]+)*`],
] as const;
/** `known`: an identity of several words. */
const shapeNames = ['known', ...shapes.map(([name]) => name)] as const;
type Shape = (typeof shapeNames)[number];

/** A row of short numbers, such as a date, has fewer digits. */
const digitsOfTelephone = 9;

/**
 * Texts that may say anything. A word stays when it is one that this product or its tools write by themselves
 * (vocabulary.ts), and a number when it is short; dates and versions stay. All else is replaced, known or
 * not.
 */
export class FreeText {
  readonly #redactor: Redactor;
  readonly #tokens: RegExp;
  readonly #identities: ReadonlySet<string>;

  /** `identities`: known names in full. Two words of a name may each be an ordinary word. */
  constructor(redactor: Redactor, identities: readonly string[]) {
    this.#redactor = redactor;
    const known = [...new Set(identities.flatMap(formsOf))].filter((name) => name !== '');
    const several = known
      .filter((name) => !/^[\p{L}\p{M}\p{N}_]+$/u.test(name))
      .sort((a, b) => b.length - a.length)
      .map((name) => `(?:${RegExp.escape(name)})(?!${letter})`);
    this.#identities = new Set(known.flatMap((name) => [name, ...name.split(/[^\p{L}\p{M}\p{N}_]+/u)]));
    const names = several.length === 0 ? [] : [['known', several.join('|')] as const];
    // An address is one as a whole, also where its beginning is known.
    const whole = shapes.findIndex(([name]) => name === 'address');
    const all = [...shapes.slice(0, whole), ...names, ...shapes.slice(whole)];
    this.#tokens = new RegExp(
      all.map(([name, source]) => `(?<${name}>(?<![\\p{L}\\p{M}\\p{N}])(?:${source}))`).join('|'),
      'giu',
    );
  }

  redact(text: string, author: Author): string {
    if (text.length > longest) return `${this.redact(text.slice(0, longest), author)}…`;
    return text.normalize('NFC').replace(this.#tokens, (token: string, ...rest: unknown[]) => {
      const groups = dictionaryOf(rest.at(-1)) ?? {};
      return this.#replace(
        shapeNames.find((name) => groups[name] !== undefined),
        token,
        author,
      );
    });
  }

  /** Every text and every name of a field in it; switches, and numbers that are no text, stay. */
  redactJson(value: unknown, author: Author): unknown {
    if (typeof value === 'string') return this.redact(value, author);
    if (Array.isArray(value)) return value.map((one: unknown) => this.redactJson(one, author));
    const dictionary = dictionaryOf(value);
    if (dictionary === null) return value;
    return Object.fromEntries(
      Object.entries(dictionary).map(([key, one]) => [
        this.#isKnownWord(key, 'own') ? key : this.#redactor.field(key),
        this.redactJson(one, author),
      ]),
    );
  }

  #replace(shape: Shape | undefined, token: string, author: Author): string {
    const redactor = this.#redactor;
    switch (shape) {
      case 'known':
        return redactor.name(token);
      case 'instant':
      case 'clock':
      case 'version':
        return token;
      case 'guid':
        return redactor.guid(token);
      case 'url':
        return this.#url(token, author);
      case 'home': {
        const [, folder = '', name = ''] = /^(\/\w+\/)(.*)$/su.exec(token) ?? [];
        return name === 'Shared' ? token : `${folder}${redactor.name(name)}`;
      }
      case 'principal':
        return redactor.principal(token) ?? redactor.name(token);
      case 'address':
        return isIP(token.replace(/%.*$/, '')) === 0 ? this.#words(token, author) : redactor.address(token);
      case 'telephone':
        return token.replace(/\D/g, '').length < digitsOfTelephone
          ? this.#words(token, author)
          : redactor.name(token);
      case 'key':
        return this.#allWords(token, author)
          ? token
          : /[\d+=.]/.test(token)
            ? redactor.key(token)
            : this.#words(token, author);
      case 'dotted':
        return this.#allWords(token, author) ? token : this.#dotted(token, author);
      default:
        return this.#isKnownWord(token, author) ? token : redactor.name(token);
    }
  }

  #url(token: string, author: Author): string {
    let end = token.length;
    while (end > 0 && '.,;!?'.includes(token.charAt(end - 1))) end -= 1;
    const url = token.slice(0, end);
    return this.#allWords(url, author) ? token : `${urlText(url, this.#redactor)}${token.slice(end)}`;
  }

  /** A file's name word by word; a host's as the name it is. */
  #dotted(token: string, author: Author): string {
    const isFile = /\.(?:ts|js|mjs|json|plist|log|db|sqlite|ndjson|html|md|txt|node|app|pkg)$/i.test(token);
    return isFile || author === 'own' ? this.#words(token, author) : this.#redactor.domain(token);
  }

  #words(token: string, author: Author): string {
    return token.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) =>
      this.#isKnownWord(word, author) ? word : this.#redactor.name(word),
    );
  }

  #allWords(token: string, author: Author): boolean {
    return (token.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).every((word) => this.#isKnownWord(word, author));
  }

  #isKnownWord(token: string, author: Author): boolean {
    if (author === 'foreign' && this.#identities.has(token)) return false;
    if (/\d{7,}|%/.test(token)) return false;
    if (vocabulary.has(token.toLowerCase())) return true;
    return wordsIn(token).every((word) => vocabulary.has(word));
  }
}

/**
 * The forms in which another program may print a name: composed or not, in capitals, escaped for JSON, a URL
 * or a shell.
 */
function formsOf(identity: string): string[] {
  const name = identity.trim();
  const escaped = [
    name,
    JSON.stringify(name).slice(1, -1),
    encodeURIComponent(name),
    name.replaceAll(' ', '\\ '),
  ];
  return escaped.flatMap((form) => [form.normalize('NFC'), form.normalize('NFD')]);
}
