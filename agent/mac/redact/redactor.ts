import { createHmac, randomBytes } from 'node:crypto';
import { domainToUnicode } from 'node:url';
import { publicDomains, publicGuids } from './public-names.ts';

/** The kinds of identity. The same text has another stand-in for each kind, but not for each source. */
export type IdentityKind = 'name' | 'domain' | 'guid' | 'text' | 'key' | 'address';

/** Bytes that a stand-in is made of; the same for the same kind and value. */
export type Derive = (kind: IdentityKind | 'bytes', value: string) => Buffer;

export interface RedactorOptions {
  /**
   * The same seed gives the same stand-ins, so that two captures can be compared. Anyone who knows the seed
   * can test guesses of names: keep it like a password. Without a seed, the stand-ins of two runs have
   * nothing in common.
   */
  readonly seed?: string;
  /** For tests that hold two outputs against each other. */
  readonly derive?: Derive;
}

/**
 * Replaces identities by stand-ins of the same shape. A name has the same stand-in in every source of a
 * capture, and two names never share one.
 */
export class Redactor {
  readonly #derive: Derive;
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #counts = new Map<IdentityKind, number>();
  readonly #fields = new Map<string, string>();

  constructor(options: RedactorOptions = {}) {
    const key = options.seed ?? randomBytes(32);
    this.#derive =
      options.derive ?? ((kind, value) => createHmac('sha256', key).update(`${kind}\0${value}`).digest());
  }

  /** How many different identities were replaced. */
  get counts(): {
    readonly names: number;
    readonly domains: number;
    readonly ids: number;
    readonly keys: number;
  } {
    const count = (kind: IdentityKind) => this.#counts.get(kind) ?? 0;
    return {
      names: count('name') + count('text'),
      domains: count('domain') + count('address'),
      ids: count('guid'),
      keys: count('key'),
    };
  }

  /**
   * The name of a person, computer, account or group: `name-3f2a9c41`. Capitals stay capitals, since macOS
   * distinguishes them.
   */
  name(value: string): string {
    const made = this.#standIn('name', normal(value), (bytes) => `name-${bytes.toString('hex', 0, 4)}`);
    if (value === value.toLowerCase()) return made;
    return value === value.toUpperCase() ? made.toUpperCase() : made.replace('n', 'N');
  }

  /** A domain or host name: `org-3f2a9c41.example`. Public services stay. */
  domain(value: string): string {
    const plain = normal(value).replace(/\.$/, '');
    // `xn--…` is another way of writing the same name.
    const name = domainToUnicode(plain) || plain;
    if (publicDomains.has(name)) return name;
    return this.#standIn('domain', name, (bytes) => `org-${bytes.toString('hex', 0, 4)}.example`);
  }

  /** A Kerberos realm: the domain's stand-in in capitals. */
  realm(value: string): string {
    return this.domain(value).toUpperCase();
  }

  /** A GUID in the case it had. The application ids that every tenant shares stay. */
  guid(value: string): string {
    const id = value.toLowerCase();
    const shown = publicGuids.has(id)
      ? id
      : this.#standIn('guid', id, (bytes) => {
          const hex = bytes.toString('hex');
          return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
        });
    return /[A-F]/.test(value) ? shown.toUpperCase() : shown;
  }

  /**
   * `alex@contoso.example`, the form with a backslash, and the one with a realm behind it; null for anything
   * else.
   */
  principal(value: string): string | null {
    const found = /^(PlatformSSO:)?([^@\s]+?)(\\?)@([^@\s]+?)(?:@([^@\s]+))?$/.exec(value);
    if (found === null) return null;
    const [, prefix = '', local = '', backslash = '', domain = '', realm] = found;
    const behind = realm === undefined ? '' : `@${this.realm(realm)}`;
    // What macOS masks by itself, `a***@…`, is masked still: of every stand-in the first letter is the same.
    const name = /^.?\*+$/u.test(local) ? 'n***' : this.name(local);
    return `${prefix}${name}${backslash}@${this.domain(domain)}${behind}`;
  }

  /** Key material, a digest, a token: same length, same kind of characters. */
  key(value: string): string {
    const alphabet = /^[0-9A-F]+$/.test(value)
      ? '0123456789ABCDEF'
      : /^[0-9a-f]+$/.test(value)
        ? '0123456789abcdef'
        : /[-_]/.test(value)
          ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
          : 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const padding = /={0,2}$/.exec(value)?.[0] ?? '';
    const length = value.length - padding.length;
    return this.#standIn('key', value, (bytes) => {
      const of = bytes.toString('hex');
      let made = '';
      for (let block = 0; made.length < length; block++) {
        for (const byte of this.#derive('bytes', `${block} ${of}`)) {
          if (made.length < length) made += alphabet.charAt(byte % alphabet.length);
        }
      }
      return made + padding;
    });
  }

  /** An Internet address, from the ranges for documentation (RFC 5737, RFC 3849). */
  address(value: string): string {
    return this.#standIn('address', normal(value), (bytes, attempt) =>
      value.includes(':') || attempt > 0
        ? `2001:db8::${bytes.toString('hex', 0, 2)}:${bytes.toString('hex', 2, 4)}`
        : `192.0.2.${1 + ((bytes[0] ?? 0) % 254)}`,
    );
  }

  /** Free text, such as the name of a rule. */
  text(value: string): string {
    return this.#standIn('text', normal(value), (bytes) => `text-${bytes.toString('hex', 0, 4)}`);
  }

  /** The name of an unknown field: numbered, since any name may be part of it. */
  field(value: string): string {
    const known = this.#fields.get(value);
    if (known !== undefined) return known;
    const made = `unrecognisedField${this.#fields.size + 1}`;
    this.#fields.set(value, made);
    return made;
  }

  /** How many fields were met that no list has. */
  get unrecognisedFields(): number {
    return this.#fields.size;
  }

  #standIn(kind: IdentityKind, value: string, shape: (bytes: Buffer, attempt: number) => string): string {
    const key = `${kind}\0${value}`;
    const given = this.#given.get(key);
    if (given !== undefined) return given;
    for (let attempt = 0; ; attempt++) {
      const made = shape(this.#derive(kind, attempt === 0 ? value : `${value}\0${attempt}`), attempt);
      if (made !== value && (!this.#taken.has(made) || attempt >= attemptsForUnique)) {
        this.#given.set(key, made);
        this.#taken.add(made);
        this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
        return made;
      }
      if (attempt > attemptsForOther) return made;
    }
  }
}

/** A key of a few characters has few stand-ins: after so many attempts it may share one. */
const attemptsForUnique = 16;
/** A key without characters has itself as its only stand-in. */
const attemptsForOther = 64;

/** A name is the same in any case and with its accents composed or not. */
function normal(value: string): string {
  return value.normalize('NFC').toLowerCase();
}
