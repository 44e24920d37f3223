// Opens the database as the agent does, on a clock of its own, and says what came of each commit. Arguments:
// the database, and the minutes of each commit.
import { writeSync } from 'node:fs';
import { minute } from '../../../agent/shared/time.ts';
import { asStoreError } from '../../../agent/store/errors.ts';
import { ReopeningStore } from '../../../agent/store/reopening-store.ts';
import { batch, event, noon } from '../samples.ts';

const [path = '', ...minutes] = process.argv.slice(2);
let now = 0;
const store = new ReopeningStore({
  path,
  agentVersion: '1.2.3',
  now: noon,
  busyTimeout: 0,
  clock: { monotonic: () => now },
  lockState: () => ({ kind: 'held' }),
  recoveredBatch: ({ salvagedEvents }) =>
    batch({ events: [event({ kind: 'store-recovered', data: { salvagedEvents } })] }),
});
for (const at of minutes) {
  now = Number(at) * minute;
  try {
    store.commit(batch({ events: [event()] }));
    writeSync(1, 'written\n');
  } catch (error) {
    writeSync(1, `${asStoreError(error, path).code}\n`);
  }
}
store.close();
