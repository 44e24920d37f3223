// The reader of `fleet --store`, as a file that controls it could make it answer.
import { frameOf } from '../../../agent/fleet/frames.ts';
import { packAnswer } from '../../../agent/fleet-store/new-rows.ts';
import { columnsToSend, packColumns } from '../../../agent/fleet-store/sent-columns.ts';
import { serveNewRows } from '../../../agent/fleet-store/serve-new-rows.ts';
import { optionOfProcess } from '../../helpers/process-rights.ts';

const hole: unknown[] = [];
hole.length = 1;
const at = 1_772_000_000_000;
const event = [at, 'macos-updated', null, 'info', '', '15.5', '15.6', '{}', '15.6', '1.0.0'];
const foreign = packColumns(
  columnsToSend(
    'event',
    [1, 2, 3].map((id) => [id, ...event]),
  ),
);
const cycle = columnsToSend('sync_cycle', [[at, null, null, null, null, 'open', null, null]]);
const none = { numbers: new Float64Array(0), at: new Int32Array(0) };

const hostile: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a hole in the state': { state: hole },
  'a boxed text': { state: [[Object('headline'), 'ok', at]] },
  'a hole for an outcome': {
    windows: { ...packColumns(cycle), texts: [null, null, null, null, null, hole, null, null] },
  },
  'big integers for texts': {
    events: {
      ...foreign,
      texts: foreign.texts.map((texts) => (texts === null ? null : texts.map(() => 1n))),
    },
  },
  'rows without columns': { events: { rows: 2 ** 32, texts: [], ...none } },
  'events that were not asked for': { events: foreign },
};

const change = hostile[optionOfProcess('--answer') ?? ''];
await serveNewRows(
  process.stdin,
  optionOfProcess('--new-rows') ?? '',
  (answer) => void process.stdout.write(frameOf({ ...packAnswer(answer), ...change })),
  null,
);
