import { PlistError } from './plist-xml.ts';

/**
 * Throws PlistError for a binary property list that is broken, or whose value would be larger than `limit`.
 * Objects can be shared, and the parser of the plist package makes a new value for each reference: a file of
 * 100 KB, with one long text and 2,000 references to it, would take gigabytes.
 *
 * The size of a value: one for itself, and the bytes of its text or data; a shared one counts for each
 * reference.
 *
 * Layout: CFBinaryPList.c in Apple's CF (32 byte trailer, offset table, one marker byte an object).
 */
export function checkBinaryPlist(bytes: Uint8Array, limit: number): void {
  try {
    new Sizes(bytes, limit).check();
  } catch (cause) {
    // DataView: an offset beyond the end.
    if (cause instanceof RangeError) throw new PlistError('a broken binary property list', { cause });
    throw cause;
  }
}

/** The format allows any nesting; Apple's own payloads stay below ten levels. */
const deepest = 64;

/** The kind of an object: the upper half of its marker. The lower half is its count, if that is below 15. */
const kinds = { data: 0x4, ascii: 0x5, utf16: 0x6, array: 0xa, dictionary: 0xd } as const;
const countFollows = 0x0f;

class Sizes {
  readonly #view: DataView;
  readonly #limit: number;
  readonly #sizes = new Map<number, number>();
  readonly #open = new Set<number>();
  readonly #offsetSize: number;
  readonly #referenceSize: number;
  readonly #objects: number;
  readonly #top: number;
  readonly #table: number;

  constructor(bytes: Uint8Array, limit: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limit = limit;
    const trailer = bytes.byteLength - 32;
    this.#offsetSize = this.#view.getUint8(trailer + 6);
    this.#referenceSize = this.#view.getUint8(trailer + 7);
    this.#objects = this.#unsigned(trailer + 8, 8);
    this.#top = this.#unsigned(trailer + 16, 8);
    this.#table = this.#unsigned(trailer + 24, 8);
  }

  check(): void {
    this.#sizeOf(this.#top);
  }

  #unsigned(at: number, size: number): number {
    let value = 0;
    for (let i = 0; i < size; i += 1) value = value * 256 + this.#view.getUint8(at + i);
    return value;
  }

  #sizeOf(object: number): number {
    const known = this.#sizes.get(object);
    if (known !== undefined) return known;
    if (object >= this.#objects)
      throw new PlistError('the property list refers to an object that is not there');
    if (this.#open.has(object)) throw new PlistError('the property list contains itself');
    if (this.#open.size >= deepest) throw new PlistError('the property list is too deep');
    const size = 1 + this.#sizeOfContent(object);
    this.#refuseTooLarge(size);
    this.#sizes.set(object, size);
    return size;
  }

  #refuseTooLarge(size: number): void {
    if (size > this.#limit) throw new PlistError('the property list is too large');
  }

  #sizeOfContent(object: number): number {
    const at = this.#unsigned(this.#table + object * this.#offsetSize, this.#offsetSize);
    const marker = this.#view.getUint8(at);
    let count = marker & 0x0f;
    let first = at + 1;
    if (count === countFollows) {
      const countSize = 2 ** (this.#view.getUint8(first) & 0x0f);
      count = this.#unsigned(first + 1, countSize);
      first += 1 + countSize;
    }
    switch (marker >> 4) {
      case kinds.data:
      case kinds.ascii:
        return count;
      case kinds.utf16:
        return count * 2;
      case kinds.array:
        return this.#sizeOfMembers(object, first, count);
      case kinds.dictionary:
        return this.#sizeOfMembers(object, first, count * 2);
      default:
        return 0;
    }
  }

  #sizeOfMembers(object: number, first: number, references: number): number {
    this.#open.add(object);
    let sum = 0;
    for (let i = 0; i < references; i += 1) {
      sum += this.#sizeOf(this.#unsigned(first + i * this.#referenceSize, this.#referenceSize));
      this.#refuseTooLarge(sum);
    }
    this.#open.delete(object);
    return sum;
  }
}
