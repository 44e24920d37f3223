import { Deserializer, Serializer } from 'node:v8';

/** In front of the bytes of a frame: how many they are. */
export const lengthBytes = 4;
const noLength = new Uint8Array(lengthBytes);
/** Twice the heap of the untrusted reader, see `childFlags`. */
const mostBytes = 256 * 1024 * 1024;

/**
 * A value as `Frames` reads it. V8 copies texts and typed arrays as they are in memory. JSON has no typed
 * arrays, and puts a backslash before each quotation mark of a text.
 */
export function frameOf(value: unknown): Buffer {
  const serializer = new Serializer();
  serializer.writeRawBytes(noLength);
  serializer.writeHeader();
  serializer.writeValue(value);
  const frame = serializer.releaseBuffer();
  frame.writeUInt32LE(frame.length - lengthBytes);
  return frame;
}

/** Several times those of a history of many years. Each cell can become an error of the validation. */
const mostCells = 1_000_000;

/**
 * The value of a frame, which still has to be validated: what JSON can say, and typed arrays. Throws Error
 * for other values and other bytes.
 */
export function valueIn(bytes: Uint8Array): unknown {
  const deserializer = new Deserializer(bytes);
  deserializer.readHeader();
  const value: unknown = deserializer.readValue();
  checkPlain(value, Math.min(bytes.length, mostCells));
  return value;
}

/**
 * V8 also has holes, boxed texts and big integers, which a validation takes for other values. A few bytes can
 * be an array of billions of holes, or arrays that have one another as cells, which would block it. An
 * array, an object and each of its cells take a byte at least. Returns how many of `most` are left. Throws
 * Error for more.
 */
function checkPlain(value: unknown, most: number): number {
  if (value === null || plainTypes.has(typeof value) || ArrayBuffer.isView(value)) return most;
  const isArray = Array.isArray(value);
  if (typeof value !== 'object' || !(isArray || Object.getPrototypeOf(value) === Object.prototype))
    throw new Error('a frame has a value that JSON does not have');
  const cells: readonly unknown[] = isArray ? value : Object.values(value);
  let left = most - 1 - cells.length;
  if (left < 0) throw new Error('a frame has too many cells');
  // A hole is undefined here.
  for (const cell of cells) left = checkPlain(cell, left);
  return left;
}

const plainTypes: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

/** Reads the frames of a stream, one after the other. */
export class Frames {
  readonly #chunks: AsyncIterator<Buffer>;
  #read: Buffer[] = [];
  #length = 0;

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** The bytes of the next frame. */
  async next(): Promise<Buffer | 'ended' | 'invalid'> {
    const length = await this.#bytes(lengthBytes);
    if (length === null) return 'ended';
    const size = length.readUInt32LE();
    if (size === 0 || size > mostBytes) return 'invalid';
    return (await this.#bytes(size)) ?? 'ended';
  }

  /** Null: the stream has ended before. */
  async #bytes(size: number): Promise<Buffer | null> {
    while (this.#length < size) {
      // A stream with an error has ended too.
      const chunk = await this.#chunks.next().catch(() => null);
      if (chunk === null || chunk.done === true) return null;
      this.#read.push(chunk.value);
      this.#length += chunk.value.length;
    }
    const [first = Buffer.alloc(0), ...more] = this.#read;
    const bytes = more.length === 0 ? first : Buffer.concat(this.#read);
    this.#read = [bytes.subarray(size)];
    this.#length -= size;
    return bytes.subarray(0, size);
  }
}
