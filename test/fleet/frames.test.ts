import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Frames, frameOf, lengthBytes, valueIn } from '../../agent/fleet/frames.ts';

const value = {
  rows: 2,
  texts: ['a "quoted" text', 'ä \u{1F600} \ud800\n'],
  numbers: Float64Array.of(1, NaN),
};
const long = 'x'.repeat(300_000);
const text = Buffer.from('no frame, a text');

async function framesIn(chunks: readonly Buffer[]) {
  const frames = new Frames(Readable.from(chunks, { objectMode: false }));
  const read: unknown[] = [];
  for (;;) {
    const frame = await frames.next();
    if (typeof frame === 'string') return [...read, frame];
    read.push(valueIn(frame));
  }
}

const cut = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );

describe('the frames of a stream', () => {
  const bytes = Buffer.concat([value, long, null].map(frameOf));

  test.each([1_000_000, 65_536, 1000, 7])(
    'are the values that were written, in chunks of %i bytes',
    async (size) => {
      expect(await framesIn(cut(bytes, size))).toEqual([value, long, null, 'ended']);
    },
  );

  test('are read byte by byte', async () => {
    expect(await framesIn(cut(frameOf(value), 1))).toEqual([value, 'ended']);
  });

  test('end where the stream is cut, at any byte', async () => {
    const whole = frameOf('text');
    for (let length = 0; length < whole.length; length++)
      expect(await framesIn([Buffer.concat([whole, whole.subarray(0, length)])])).toEqual(['text', 'ended']);
  });

  test('end with an error of the stream', async () => {
    const stream = new Readable({ read: () => {} });
    stream.push(frameOf('text').subarray(0, 6));
    const next = new Frames(stream).next();
    stream.destroy(new Error('reset'));
    expect(await next).toBe('ended');
  });

  test.each([
    ['a text', text],
    ['a frame without a byte', Buffer.alloc(lengthBytes)],
  ])('end at what is no frame: %s', async (_, chunk) => {
    expect(await framesIn([frameOf(1), chunk])).toEqual([1, 'invalid']);
  });

  const read = (value: unknown) => valueIn(frameOf(value).subarray(lengthBytes));

  test('are refused with too many cells', () => {
    const holes: unknown[] = [];
    holes.length = 4_000_000_000;
    const itself: Record<string, unknown> = {};
    itself.itself = itself;
    let nested: unknown[] = [1];
    for (let depth = 0; depth < 40; depth++) nested = [nested, nested];
    const many = Array.from({ length: 1_000_001 }, () => 0);
    for (const value of [holes, [[holes]], { rows: holes }, itself, nested, many])
      expect(() => read(value)).toThrow(Error);
    const small = [[], {}, [[], [{}]], { a: [], b: { c: [null, true] } }, many.slice(2_000)];
    expect(read(small)).toEqual(small);
  });

  test.each([
    ['a hole', Object.assign([1], { 2: 3 })],
    ['undefined', { cause: undefined }],
    ['a big integer', [1n]],
    ['a boxed text', [Object('text')]],
    ['a boxed number', [Object(1)]],
    ['a date', [new Date(0)]],
    ['a map', [new Map()]],
    ['an error', [new Error('no')]],
  ])('are refused with %s, which JSON does not have', (_, value) => {
    expect(() => read(value)).toThrow('that JSON does not have');
  });

  test('are refused without a value', () => {
    expect(() => valueIn(Buffer.from('no value'))).toThrow(Error);
    expect(() => valueIn(frameOf(value).subarray(lengthBytes, -1))).toThrow(Error);
  });
});
