import { describe, expect, it } from 'vitest';
import { start } from './processes/child.ts';
import { batch, connection, databaseIn, event, opened, temporaryFolder } from './samples.ts';

describe('kill -9 while writing', () => {
  it('loses no committed event, and leaves no partial batch', async () => {
    const path = databaseIn(temporaryFolder());
    // Three runs, killed at different points of the WAL: before, at and after its first checkpoints.
    for (const batches of [2, 40, 150]) {
      const writer = start('busy-writer.ts', [path]);
      let committed = 0;
      for (let count = 0; count < batches; count++) {
        const line = (await writer.line()) ?? '';
        committed = Math.max(committed, ...line.split(' ').map(Number));
      }
      await writer.kill();

      const store = opened(path);
      expect(store.recovered).toBeNull();
      const db = connection(path);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      const { n, newest } = {
        n: 0,
        newest: 0,
        ...Object(db.prepare('SELECT count(*) AS n, max(id) AS newest FROM event').get()),
      };
      expect(newest).toBeGreaterThanOrEqual(committed);
      expect([n, n % 3]).toEqual([newest, 0]);
      // Events, state and memory of a batch are stored together.
      const last = db.prepare<[], string>('SELECT summary FROM event ORDER BY id DESC').pluck().get();
      const { round } = JSON.parse(store.memory() ?? '{}');
      expect(last).toBe(`${round}c`);
      store.commit(batch({ events: [event(), event(), event({ summary: `${round}c` })] }));
      store.close();
      db.close();
    }
  });
});
