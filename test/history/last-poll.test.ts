import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { lastPollIn } from '../../agent/history/last-poll.ts';
import { minute, toIso } from '../../agent/shared/time.ts';
import { openReader } from '../../agent/store/reader.ts';
import { batch, databaseIn, event, noon, opened, temporaryFolder } from '../store/samples.ts';

test.each([
  ['of the last event', 9, 4, 9],
  ['of the poll that was stored last', 4, 9, 9],
  ['of the last event, where no poll is stored', 4, null, 4],
])('without a run record, the last poll is at the time %s', (_what, eventAt, storedAt, expected) => {
  const path = databaseIn(temporaryFolder());
  const store = opened(path);
  const state = storedAt === null ? {} : { 'last-poll': toIso(noon + storedAt * minute) };
  const events = [event(), event({ at: noon + eventAt * minute })];
  store.commit(batch({ events, state }));
  const reader = openReader({ path });
  try {
    expect(lastPollIn(dirname(path), reader)).toEqual({ at: noon + expected * minute, agent: 'none' });
  } finally {
    reader.close();
  }
});
