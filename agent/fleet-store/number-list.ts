const numbersOfChunk = 256;

type Chunk = Float64Array<ArrayBuffer>;

/**
 * The memory of many lists of numbers: chunks of one size, which the next list uses again. Dozens of lists
 * grow and end in turn. If each had one array, it would keep its greatest size.
 */
export class NumberSpace {
  readonly #free: Chunk[] = [];
  #flat: Chunk = new Float64Array(0);
  #made = 0;

  /** How many chunks its lists have, or have had. */
  get chunks(): number {
    return this.#made;
  }

  take(): Chunk {
    const used = this.#free.pop();
    if (used !== undefined) return used;
    this.#made++;
    return new Float64Array(numbersOfChunk);
  }

  giveBack(chunks: readonly Chunk[]): void {
    for (const chunk of chunks) this.#free.push(chunk);
  }

  /** Chunks as one array, which is valid until the next call. */
  flat(chunks: readonly Chunk[], length: number): Chunk {
    if (this.#flat.length < length) this.#flat = new Float64Array(chunks.length * numbersOfChunk);
    for (const [index, chunk] of chunks.entries()) this.#flat.set(chunk, index * numbersOfChunk);
    return this.#flat.subarray(0, length);
  }
}

/** A list of numbers that grows at its end. */
export class NumberList {
  readonly #space: NumberSpace;
  #chunks: Chunk[] = [];
  #last: Chunk = new Float64Array(0);
  /** How many numbers the last chunk has. */
  #used = 0;

  constructor(space: NumberSpace) {
    this.#space = space;
  }

  get length(): number {
    return Math.max(0, this.#chunks.length - 1) * numbersOfChunk + this.#used;
  }

  push(number: number): void {
    if (this.#used === this.#last.length) this.#grow();
    this.#last[this.#used++] = number;
  }

  /** Adds `numbers` from `from` up to `to`. */
  pushAll(numbers: Float64Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      if (this.#used === this.#last.length) this.#grow();
      const end = Math.min(to, at + this.#last.length - this.#used);
      this.#last.set(numbers.subarray(at, end), this.#used);
      this.#used += end - at;
      at = end;
    }
  }

  /** Adds a number several times. */
  repeat(number: number, count: number): void {
    for (let left = count; left > 0; ) {
      if (this.#used === this.#last.length) this.#grow();
      const end = Math.min(this.#last.length, this.#used + left);
      this.#last.fill(number, this.#used, end);
      left -= end - this.#used;
      this.#used = end;
    }
  }

  /** All numbers, until the next call for a list of the same space. */
  flat(): Float64Array {
    return this.#space.flat(this.#chunks, this.length);
  }

  clear(): void {
    this.#space.giveBack(this.#chunks);
    this.#chunks = [];
    this.#last = new Float64Array(0);
    this.#used = 0;
  }

  #grow(): void {
    this.#last = this.#space.take();
    this.#chunks.push(this.#last);
    this.#used = 0;
  }
}
