import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventKinds, type Json, severities } from '../../agent/shared/event.ts';
import { type IssueEpisode, type SyncCycle, syncOutcomes } from '../../agent/shared/history-records.ts';
import { fromIso, toIso } from '../../agent/shared/time.ts';
import { openReader } from '../../agent/store/reader.ts';
import { openStore } from '../../agent/store/sqlite-store.ts';
import type { Batch, StateRow } from '../../agent/store/store.ts';
import {
  batch,
  connection,
  cycle,
  databaseIn,
  episode,
  event,
  noon,
  opened,
  publicViews,
  temporaryFolder,
} from './samples.ts';

/** The columns of the contract, in order. */
const columns = {
  v_events: 'id at kind issue severity summary detail from_state to_state macos agent_version',
  v_issues: 'issue status severity opened_at resolved_at open_seconds summary',
  v_sync:
    'stale_from due_at prompted_at refreshed_at password_changed_at outcome lag_seconds active_lag_seconds',
  v_state: 'key value since',
} as const;

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

describe('the public views', () => {
  it.each(publicViews)('%s has the columns of the contract, all text and never null', (view) => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(
      batch({
        macos: '',
        events: [event(), event({ issue: 'x', from: 'a', to: 'b' })],
        episodes: [episode(), episode({ openedAt: 1, resolvedAt: 2 })],
        syncCycles: [
          cycle(),
          cycle({ staleFrom: 1, dueAt: 2, lagSeconds: 3, activeLagSeconds: 4, refreshedAt: 5 }),
        ],
        state: { headline: '' },
      }),
    );
    const db = connection(path, { readonly: true });
    const names = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(view);
    expect(names.join(' ')).toBe(columns[view]);
    const types = db.prepare(
      `SELECT ${names.map((name) => `typeof(${name})`).join(' || ')} AS types FROM ${view}`,
    );
    const all = types.pluck().all();
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all)).toEqual(new Set(['text'.repeat(names.length)]));
  });

  it('an open issue is open until now', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(batch({ episodes: [episode({ openedAt: Date.now() - 3_600_000 })] }));
    const reader = openReader({ path });
    const [issue] = reader.issues();
    reader.close();
    expect(Number(issue?.open_seconds)).toBeGreaterThanOrEqual(3_599);
    expect(Number(issue?.open_seconds)).toBeLessThan(3_700);
  });

  it('an issue of the future is open for 0 s', () => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(batch({ episodes: [episode({ openedAt: fromIso('2999-01-01T00:00:00Z') })] }));
    const reader = openReader({ path });
    expect(reader.issues()).toMatchObject([{ open_seconds: '0' }]);
    reader.close();
  });
});

// Apple's distantPast is in the year 1.
const at = fc.oneof(
  fc.integer({ min: 0, max: 10_000 }).map((after) => noon + after),
  fc.integer({ min: Date.parse('0001-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59.999Z') }),
);
const maybe = fc.option(at);
/** Every character but lone surrogates, which no UTF-8 can hold. */
const text = fc.string({ unit: 'binary', maxLength: 20 });
const data = fc.dictionary(
  text,
  fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)) as Json),
  {
    maxKeys: 2,
  },
);
const keys = fc.constantFrom('a', 'b', 'c');
const openings = fc.constantFrom(noon, noon + 1, noon - 86_400_000);

const batches: fc.Arbitrary<Batch> = fc.record({
  at,
  macos: fc.constantFrom('', '15.6'),
  events: fc.array(
    fc.record({
      at,
      kind: fc.constantFrom(...eventKinds),
      issue: fc.option(keys),
      severity: fc.constantFrom(...severities),
      summary: text,
      from: fc.option(text),
      to: fc.option(text),
      data,
    }),
    { maxLength: 4 },
  ),
  episodes: fc.array(
    fc.record<IssueEpisode>({
      issue: keys,
      openedAt: openings,
      resolvedAt: fc.option(openings),
      severity: fc.constantFrom(...severities),
      summary: text,
      evidence: data,
    }),
    { maxLength: 3 },
  ),
  syncCycles: fc.array(
    fc.record<SyncCycle>({
      staleFrom: openings,
      dueAt: maybe,
      promptedAt: maybe,
      refreshedAt: maybe,
      passwordChangedAt: maybe,
      outcome: fc.constantFrom(...syncOutcomes),
      lagSeconds: fc.option(fc.nat()),
      activeLagSeconds: fc.option(fc.nat()),
    }),
    { maxLength: 3 },
  ),
  state: fc.dictionary(keys, text, { maxKeys: 3 }),
  memory: fc.option(text),
});

const isoOr = (value: number | null) => (value === null ? '' : toIso(value));

/** The expected rows of the views after these batches, by the contract. */
function expected(all: readonly Batch[]) {
  const episodes = new Map<string, IssueEpisode>();
  const cycles = new Map<number, SyncCycle>();
  const state = new Map<string, StateRow>();
  let memory: string | null = null;
  for (const one of all) {
    for (const each of one.episodes) episodes.set(`${each.issue} ${each.openedAt}`, each);
    for (const each of one.syncCycles) cycles.set(each.staleFrom, each);
    for (const [key, value] of Object.entries(one.state)) {
      if (state.get(key)?.value !== value) state.set(key, { key, value, since: toIso(one.at) });
    }
    memory = one.memory ?? memory;
  }
  const events = all.flatMap((one) => one.events.map((each) => ({ ...each, macos: one.macos })));
  return {
    memory,
    events: events.map((each, index) => ({
      id: String(index + 1),
      at: toIso(each.at),
      kind: each.kind,
      issue: each.issue ?? '',
      severity: each.severity,
      summary: each.summary,
      detail: JSON.stringify(each.data),
      from_state: each.from ?? '',
      to_state: each.to ?? '',
      macos: each.macos,
      agent_version: '1.2.3',
    })),
    issues: [...episodes.values()].map((each) => ({
      issue: each.issue,
      status: each.resolvedAt === null ? 'open' : 'resolved',
      severity: each.severity,
      opened_at: toIso(each.openedAt),
      resolved_at: isoOr(each.resolvedAt),
      open_seconds:
        each.resolvedAt === null
          ? expect.stringMatching(/^\d+$/)
          : String(Math.max(0, Math.trunc((each.resolvedAt - each.openedAt) / 1000))),
      summary: each.summary,
    })),
    sync: [...cycles.values()].map((each) => ({
      stale_from: toIso(each.staleFrom),
      due_at: isoOr(each.dueAt),
      prompted_at: isoOr(each.promptedAt),
      refreshed_at: isoOr(each.refreshedAt),
      password_changed_at: isoOr(each.passwordChangedAt),
      outcome: each.outcome,
      lag_seconds: String(each.lagSeconds ?? ''),
      active_lag_seconds: String(each.activeLagSeconds ?? ''),
    })),
    state: [...state.values()],
  };
}

const byText = (a: object, b: object) =>
  JSON.stringify(Object.values(a)) < JSON.stringify(Object.values(b)) ? -1 : 1;

describe('any batch', () => {
  it('gives the same views in one run and in many', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(batches, fc.boolean()), { maxLength: 6 }), (steps) => {
        const folder = mkdtempSync(join(tmpdir(), 'psso-store-'));
        const path = databaseIn(folder);
        const open = () => openStore({ path, agentVersion: '1.2.3', now: noon });
        let store = open();
        try {
          for (const [one, restart] of steps) {
            store.commit(one);
            if (!restart) continue;
            store.close();
            store = open();
          }
          const want = expected(steps.map(([one]) => one));
          expect(store.memory()).toBe(want.memory);
          const reader = openReader({ path });
          const events = reader.events({});
          const [issues, sync, state] = [reader.issues(), reader.sync(), reader.state()];
          reader.close();
          expect(events).toEqual(want.events);
          for (const { at } of events) expect(at).toMatch(instant);
          expect(issues.toSorted(byText)).toEqual(want.issues.toSorted(byText));
          expect(sync.toSorted(byText)).toEqual(want.sync.toSorted(byText));
          const written = state.filter(({ key }) => key !== 'history');
          expect(written.toSorted(byText)).toEqual(want.state.toSorted(byText));
          expect(state.length - written.length).toBe(steps.length > 0 ? 1 : 0);
        } finally {
          store.close();
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});
