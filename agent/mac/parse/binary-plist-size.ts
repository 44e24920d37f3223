/**
 * The number of values of a binary property list, with a shared object counted for each reference. The parser
 * of the plist package follows every reference, so a few hundred bytes of arrays with shared members could
 * keep it busy without end. Null: a cycle, a broken table, or more than `limit`.
 *
 * Layout: CFBinaryPList.c in Apple's CF (32 byte trailer, offset table, one marker byte an object).
 */
export function expandedSize(bytes: Uint8Array, limit: number): number | null {
  try {
    return new Sizes(bytes, limit).total();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The format allows any nesting; Apple's own payloads stay below ten levels. */
const deepest = 64;

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

  total(): number {
    return this.#sizeOf(this.#top);
  }

  #unsigned(at: number, size: number): number {
    let value = 0;
    for (let i = 0; i < size; i += 1) value = value * 256 + this.#view.getUint8(at + i);
    return value;
  }

  #sizeOf(object: number): number {
    const known = this.#sizes.get(object);
    if (known !== undefined) return known;
    if (object >= this.#objects || this.#open.has(object) || this.#open.size >= deepest) {
      throw new RangeError('a reference out of the table, a cycle, or nested too deep');
    }
    const size = 1 + this.#sizeOfMembers(object);
    if (size > this.#limit) throw new RangeError('too many values');
    this.#sizes.set(object, size);
    return size;
  }

  #sizeOfMembers(object: number): number {
    const at = this.#unsigned(this.#table + object * this.#offsetSize, this.#offsetSize);
    const marker = this.#view.getUint8(at);
    const kind = marker >> 4;
    if (kind !== 0xa && kind !== 0xd) return 0;
    let count = marker & 0x0f;
    let first = at + 1;
    if (count === 0x0f) {
      const countSize = 2 ** (this.#view.getUint8(first) & 0x0f);
      count = this.#unsigned(first + 1, countSize);
      first += 1 + countSize;
    }
    const references = kind === 0xd ? count * 2 : count;
    this.#open.add(object);
    let sum = 0;
    for (let i = 0; i < references; i += 1) {
      sum += this.#sizeOf(this.#unsigned(first + i * this.#referenceSize, this.#referenceSize));
      if (sum > this.#limit) throw new RangeError('too many values');
    }
    this.#open.delete(object);
    return sum;
  }
}
