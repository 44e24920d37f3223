import { describe, expect, test } from 'vitest';
import { PendingBatches } from '../../agent/daemon/pending-batches.ts';
import { minute, toIso } from '../../agent/shared/time.ts';
import { batch, episode, event, noon } from '../store/samples.ts';

const at = (minutes: number) => noon + minutes * minute;
const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => event({ at: at(from + index), summary: `${from + index}` }));

describe('batches that wait', () => {
  test('are returned in order, and the next one only after the first was written', () => {
    const pending = new PendingBatches();
    expect([pending.next(), pending.unwritten]).toEqual([null, null]);
    const first = batch({ at: at(1), events: events(1, 2), memory: '1' });
    const second = batch({ at: at(3), events: events(3, 1), memory: '2' });
    pending.add(first);
    pending.add(second);
    expect(pending.unwritten).toEqual({ events: 3, since: toIso(at(1)) });
    expect([pending.next(), pending.next()]).toEqual([first, first]);
    pending.written();
    expect(pending.next()).toEqual(second);
    pending.written();
    expect([pending.next(), pending.unwritten]).toEqual([null, null]);
  });

  test('lose the oldest events beyond the limit; these are counted and recorded once', () => {
    const pending = new PendingBatches(5);
    pending.add(batch({ at: at(4), events: events(0, 4), episodes: [episode()], memory: '1' }));
    pending.add(batch({ at: at(7), events: events(4, 3), memory: '2' }));
    expect(pending.unwritten).toEqual({ events: 7, since: toIso(at(0)) });
    const first = pending.next();
    expect(first?.events.map(({ kind, summary }) => [kind, summary])).toEqual([
      ['gap', '2 events were not recorded: the history could not be written for too long.'],
      ['token-refreshed', '2'],
      ['token-refreshed', '3'],
    ]);
    expect(first?.events[0]).toMatchObject({
      at: at(1),
      severity: 'low',
      issue: null,
      from: null,
      to: null,
      data: { reason: 'notWritten', from: toIso(at(0)), to: toIso(at(1)), events: 2 },
    });
    pending.written();
    expect(pending.next()?.events).toHaveLength(3);
  });

  test('never lose the newest episode, state and memory, and stay bounded', () => {
    const pending = new PendingBatches(5);
    for (let poll = 0; poll < 1_000; poll++)
      pending.add(
        batch({
          at: at(poll),
          events: events(poll, 1),
          episodes: [
            episode({ severity: poll === 999 ? 'low' : 'high' }),
            episode({ issue: `at ${poll % 3}` }),
          ],
          state: { headline: `${poll}`, [poll === 0 ? 'macos' : 'headline']: `${poll}` },
          memory: `${poll}`,
        }),
      );
    const written = [];
    for (let next = pending.next(); next !== null; next = pending.next()) {
      written.push(next);
      pending.written();
    }
    expect(written.length).toBeLessThanOrEqual(100);
    expect(written.flatMap((one) => one.events)).toHaveLength(6);
    expect(written[0]?.events[0]?.data).toMatchObject({ events: 995 });
    expect(Object.assign({}, ...written.map(({ state }) => state))).toEqual({ headline: '999', macos: '0' });
    expect(written.at(-1)?.memory).toBe('999');
    const episodes = new Map(written.flatMap((one) => one.episodes.map((each) => [each.issue, each])));
    expect([...episodes.keys()].sort()).toEqual(['at 0', 'at 1', 'at 2', 'registration-lost']);
    expect(episodes.get('registration-lost')?.severity).toBe('low');
  });
});
