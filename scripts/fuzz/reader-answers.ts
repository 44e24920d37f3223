import { frameOf, lengthBytes, valueIn } from '../../agent/fleet/frames.ts';
import { newRowsAnswer, packAnswer } from '../../agent/fleet-store/new-rows.ts';

const columns = {
  rows: 2,
  columns: [
    Float64Array.of(1, Number.NaN),
    { texts: ['a', 'ä €', 'x'.repeat(200)], at: Int32Array.of(0, -1) },
  ],
};
const answer = frameOf(
  packAnswer({
    schemaVersion: 1,
    state: [['headline', 'ok', 1_772_000_000_000]],
    events: columns,
    more: false,
    last: { id: 2, at: 1_772_000_000_000 },
    episodes: [['psso-not-registered', null, -1, 1e300]],
    windows: columns,
    windowsBefore: 3,
    firstWindow: null,
  }),
);

/** Changes bytes of an answer of the untrusted reader, and validates it. Other bytes throw Error. */
export function readDamagedAnswer(random: (below: number) => number): void {
  const bytes = Buffer.from(answer.subarray(lengthBytes));
  for (let change = random(6); change >= 0; change -= 1)
    bytes[random(bytes.length)] = [random(256), 0, 0x7f, 0x80, 0xff][random(5)] ?? 0;
  let value: unknown;
  try {
    value = valueIn(random(10) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes);
  } catch (error) {
    if (error instanceof Error) return;
    throw error;
  }
  newRowsAnswer.safeParse(value);
}
