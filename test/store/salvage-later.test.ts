import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../agent/shared/clock.ts';
import { quarantine } from '../../agent/store/quarantine.ts';
import { openReader } from '../../agent/store/reader.ts';
import { ReopeningStore } from '../../agent/store/reopening-store.ts';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import {
  batch,
  connection,
  databaseIn,
  event,
  manyEvents,
  noon,
  opened,
  temporaryFolder,
} from './samples.ts';

/** A new database that can't be written at first: what is salvaged later is the same. */

const memory = JSON.stringify({ notified: 'already' });

/** A closed database with 300 events and an agent memory. */
function recordedIn(folder: string): string {
  const path = databaseIn(folder);
  const store = opened(path);
  store.commit(batch({ events: manyEvents(300), memory }));
  store.close();
  return path;
}

/** As the agent opens it. */
function reopening(path: string, clock: Pick<Clock, 'monotonic'> = systemClock): ReopeningStore {
  const store = new ReopeningStore({
    path,
    agentVersion: '1.2.3',
    now: noon,
    busyTimeout: 0,
    lockState: () => ({ kind: 'held' }),
    clock,
    recoveredBatch: ({ salvagedEvents }) =>
      batch({ events: [event({ kind: 'store-recovered', data: { salvagedEvents } })] }),
  });
  onTestFinished(() => store.close());
  return store;
}

function eventsIn(path: string) {
  const reader = openReader({ path });
  onTestFinished(() => reader.close());
  return reader.events({});
}

describe('salvage waits', () => {
  it('while another program locks the new database', () => {
    const path = recordedIn(temporaryFolder());
    const fresh = databaseIn(temporaryFolder());
    opened(fresh).close();
    // An earlier start was killed before it salvaged.
    quarantine(path, { now: noon, reason: 'malformed' });
    copyFileSync(fresh, path);
    const other = connection(path);
    other.exec('BEGIN IMMEDIATE');

    const store = reopening(path);
    expect(store.memory()).toBe(memory);
    expect(() => store.commit(batch({ events: [event()] }))).toThrow(
      expect.objectContaining({ code: 'busy' }),
    );
    other.exec('ROLLBACK');
    store.commit(batch({ events: [event()] }));
    const events = eventsIn(path);
    expect(events).toHaveLength(302);
    expect(events.at(-2)).toMatchObject({ kind: 'store-recovered', detail: '{"salvagedEvents":300}' });
  });

  describe('on a full disk', () => {
    needsRoot();
    needsLinux('a small disk is a tmpfs');
    it('for room', () => {
      const folder = join(temporaryFolder(), 'data');
      const disk = smallDisk(folder, 'size=2m,mode=0700');
      onTestFinished(() => disk.unmount());
      const path = recordedIn(folder);
      // No page is damaged: the check at the open finds another fault.
      quarantine(path, { now: noon, reason: 'malformed' });
      disk.fill();

      const store = reopening(path);
      expect(store.memory()).toBe(memory);
      expect(() => store.commit(batch({ events: [event()] }))).toThrow(
        expect.objectContaining({ code: 'full' }),
      );
      // Room for the new database, and not for the copy that is read.
      disk.free();
      writeFileSync(join(folder, 'filling'), Buffer.alloc(1_300_000, 1));
      expect(() => store.commit(batch({ events: [event()] }))).toThrow(
        expect.objectContaining({ code: 'full' }),
      );
      disk.free();
      store.commit(batch({ events: [event()] }));
      expect(eventsIn(path)).toHaveLength(302);
      store.close();
    });
  });
});
