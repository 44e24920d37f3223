import { frameOf, lengthBytes, valueIn } from '../../agent/fleet/frames.ts';
import { withEvents, withReading } from '../../agent/fleet-store/advance-record.ts';
import { emptyRecord, packRecord, unpackRecord } from '../../agent/fleet-store/history-record.ts';
import { type NewRows, newRowsAnswer, packAnswer } from '../../agent/fleet-store/new-rows.ts';
import { columnsToSend } from '../../agent/fleet-store/sent-columns.ts';
import { eventColumns } from '../../agent/fleet-store/stored-event.ts';
import { baseIdOf, goesOn, whichHistory } from '../../agent/fleet-store/which-history.ts';
import { UntrustedDatabaseError } from '../../agent/untrusted/untrusted-database-error.ts';

const at = 1_772_000_000_000;
const macos = ['macos-updated', null, 'info', 'macOS is 15.6.', '15.5', '15.6'];
const answer = frameOf(
  packAnswer({
    schemaVersion: 1,
    state: [['headline', 'ok', at]],
    events: columnsToSend('event', [
      [1, at, ...macos, '{}', '15.6', '1.0.0'],
      [2, at + 1, ...macos, '{"reason":"x €","lagSeconds":60}', '15.6', '1.0.0'],
    ]),
    more: false,
    last: { id: 2, at },
    episodes: [['psso-not-registered', 'high', 'Not registered.', at, null, '', '', '', 'none']],
    windows: columnsToSend('sync_cycle', [
      [at, at + 1, null, at + 2, null, 'password-synced', 60, 50],
      [at + 5, null, null, null, null, 'open', null, null],
    ]),
    windowsBefore: 3,
    firstWindow: null,
  }),
);
const known = {
  id: 'name:mac',
  base: 'name:mac',
  mac: 'mac',
  host: 'mac',
  lastId: 1,
  lastAt: at,
  marks: [[1, 'hash']],
  record: new Uint8Array(),
} as const;

/** Changes bytes of an answer of the untrusted reader, and takes a valid one into a record. */
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
  const { data } = newRowsAnswer.safeParse(value);
  if (data === undefined || 'reason' in data) return;
  try {
    take(data);
  } catch (error) {
    if (!(error instanceof UntrustedDatabaseError)) throw error;
  }
}

function take(rows: NewRows): void {
  const base = baseIdOf(rows, 'mac');
  goesOn({ ...known, base }, base, rows);
  const events = eventColumns(rows.events, 0);
  whichHistory([known], rows);
  const now = at + 1_000_000;
  unpackRecord(packRecord(withReading(withEvents(emptyRecord, events, now), rows, now).record));
}
