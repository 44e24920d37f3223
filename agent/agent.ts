import type { AgentDependencies, CycleResult, Watched } from './agent-dependencies.ts';
import { pressingFor } from './detect/track-issues.ts';
import type { Identity } from './identity.ts';
import { notHeard, toldSince } from './notify/manners.ts';
import { decideWhatToTell, telling } from './notify/when-there-is-something.ts';
import { withLogEvidence } from './observe/log-evidence.ts';
import { intervalAfter } from './poll-interval.ts';
import { Poller } from './poller.ts';
import { type Remembered, recall, sameEssence } from './remembered.ts';
import { agentEvent, eventsBeforeRun, stoppedEvent } from './run-events.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';
import type { EffectiveSettings } from './settings/settings.ts';
import { StoreError } from './store/errors.ts';
import type { Batch, StoredEvent } from './store/store.ts';
import type { NewEvent } from './types/event.ts';
import type { Observation } from './types/observation.ts';
import { knownValue } from './types/reading.ts';
import { type EpochMs, fromIso, minute } from './types/time.ts';

/** A quiet day still leaves a trace of its ledger now and then: no more than this is lost to a kill. */
const persistAtLeastEvery = 30 * minute;

/**
 * The cycle: observe, detect, store, tell.
 *
 * Invariants:
 * - Memory moves on only with the transaction that wrote what it led to: a failed write is tried again by the next
 *   cycle, from the old memory, so nothing is lost and nothing is written twice.
 * - What the user is about to be told is remembered before it is shown: a crash in between never nags.
 * - A look that was interrupted by the end of the agent is thrown away: killed commands are not failing sources.
 * - What was committed counts as written. Every step after the commit is optional: checkpoint, state file,
 *   heartbeat, watcher, notification. A step that fails is logged. It stops neither the others nor the agent.
 */
export class Agent {
  readonly #with: AgentDependencies;
  readonly #poller: Poller;
  #remembered: Remembered;
  /** As the database has it; null: not known. */
  #persisted: Remembered | null = null;
  #persistedAt: EpochMs = Number.NEGATIVE_INFINITY;
  #state: Readonly<Record<string, string>> = {};
  #stopping = false;
  /** Something was written that other programs may not have been told. */
  #unpublished = true;
  /** Something was written that is not yet in the database file itself. */
  #uncheckpointed = false;
  #macos = '';

  constructor(dependencies: AgentDependencies) {
    this.#with = dependencies;
    this.#poller = new Poller(dependencies);
    const { remembered, understood } = recall(dependencies.store.memory());
    this.#remembered = remembered;
    this.#macos = remembered.detection.macos ?? '';
    if (!understood) {
      dependencies.log.warn(
        {},
        'What an earlier version remembered could not be read; starting from a baseline.',
      );
    }
  }

  /** Says that a run began, and what is known of the time before it. */
  start(extra: readonly NewEvent[] = [], pollIntervalSeconds = 300): void {
    const { clock, run, version } = this.#with;
    this.catchUp(extra, pollIntervalSeconds);
    const now = clock.now();
    const started = agentEvent(now, 'agent-started', 'info', `The agent ${version} started.`, {
      run,
      version,
    });
    this.#write({ at: now, events: [started] });
  }

  /** What is known of the time before, without a run: a single look must not hide that the run before it crashed. */
  catchUp(extra: readonly NewEvent[], pollIntervalSeconds: number): void {
    const { clock, record } = this.#with;
    const now = clock.now();
    const lastLookAt = this.#remembered.detection.moment?.at ?? null;
    const events = [
      ...eventsBeforeRun({ now, previous: record.previous, lastLookAt, pollIntervalSeconds }),
      ...extra,
    ];
    this.#write({ at: now, events });
  }

  /** One poll of the Mac and what follows from it. Resolves null when the agent is stopping, or when nothing could be written. */
  async cycle(): Promise<CycleResult | null> {
    const { clock, notifier, record } = this.#with;
    const settings = await this.#with.settings();
    const { values } = settings;
    const { detection, manners } = this.#remembered;
    const polled = await this.#poller.poll({
      memory: detection,
      somethingToTell: manners.solved.length > 0,
      values,
    });
    if (this.#stopping) return null;
    const { observation, detected } = polled;
    const now = fromIso(observation.at);
    const { silences, language } = this.#with;
    const decision = await decideWhatToTell({
      ...{ now, observation, detected, settings: values, language },
      manners,
      silences: () => silences(now),
    });
    const happened = values.UnifiedLogEnabled
      ? await withLogEvidence(detected.events, () => this.#with.logEvidence(now))
      : detected.events;
    const identity = await this.#identity(observation, values);
    if (this.#stopping) return null;
    const problems = this.#settingsEvents(settings, now);
    this.#macos = knownValue(observation.macos) ?? this.#macos;
    const next: Remembered = {
      detection: detected.memory,
      manners: decision.manners,
      settingsProblems: problems.digest,
    };
    const written = this.#write({
      at: now,
      events: [...happened, ...problems.events, ...decision.events],
      episodes: detected.episodes,
      syncCycles: detected.syncCycles,
      state: { ...detected.state, ...identity },
      remembered: next,
    });
    if (!written) return null;
    this.#publishChanges(now, values.PollIntervalSeconds);
    this.#tellWatcher({ type: 'looked', observation, detected });

    for (const told of decision.told.filter((one) => one.suppressed !== null)) {
      this.#tellWatcher({ type: 'told', at: now, told, shown: false });
    }
    for (const issue of decision.withdraw) await notifier.withdraw(issue);
    for (const told of decision.told.filter((one) => one.suppressed === null)) {
      const { deliveryEvent } = await telling();
      const delivery = await notifier.show(told.notice);
      if (!delivery.ok && told.purpose === 'problem') {
        // True whether or not the write below succeeds: a later cycle writes it.
        const { manners } = this.#remembered;
        this.#remembered = { ...this.#remembered, manners: notHeard(manners, told.issue) };
      }
      this.#write({
        at: clock.now(),
        events: [deliveryEvent(clock.now(), told, delivery)],
        ...(delivery.ok ? {} : { remembered: this.#remembered }),
      });
      this.#tellWatcher({ type: 'told', at: clock.now(), told, shown: delivery.ok });
    }
    this.#passing('The heartbeat', () => record.beat(clock.now()));
    const pressing = detected.pressing || toldSince(decision.manners, now - pressingFor, now);
    const nextIn = intervalAfter(pressing, values);
    this.#poller.recorded(polled, nextIn);
    return { detected, nextIn };
  }

  /** What could not be read stays as it was stored. */
  async #identity({ appSso }: Observation, values: EffectiveSettings['values']): Promise<Partial<Identity>> {
    try {
      const { user, device } = await this.#with.identity(
        values,
        knownValue(appSso)?.device?.deviceId ?? null,
      );
      return appSso.ok ? { user, device } : { user };
    } catch (error) {
      this.#with.log.warn({ err: error }, 'Whose Mac it is could not be stored; it is tried again.');
      return {};
    }
  }

  #publishChanges(now: EpochMs, checkIntervalSeconds: number): void {
    if (!this.#unpublished) return;
    this.#passing('The state file', () => {
      this.#with.publish?.(now, checkIntervalSeconds);
      this.#unpublished = false;
    });
  }

  #checkpoint(): void {
    if (!this.#uncheckpointed) return;
    this.#passing('The checkpoint', () => {
      this.#with.store.checkpoint();
      this.#uncheckpointed = false;
    });
  }

  /** Work that may fail today and be done tomorrow. A damaged or vanished database needs a new start. */
  #passing(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (needsNewStart(error)) throw error;
      this.#with.log.warn({ err: error }, `${what} failed; it is tried again.`);
    }
  }

  /** A watcher that throws is a defect of the watcher, logged as such. */
  #tellWatcher(what: Watched): void {
    try {
      this.#with.watch?.(what);
    } catch (error) {
      this.#with.log.error({ err: error }, `What was recorded could not be shown: ${String(error)}`);
    }
  }

  /** From here on no look is recorded any more; call `finish` when the last one has ended. */
  beginStop(): void {
    this.#stopping = true;
  }

  /** Writes the end of this run, then closes. A step that fails stops no other. */
  finish(ending: string | SelfRestart): void {
    const { clock } = this.#with;
    this.#stopping = true;
    try {
      this.#last('The end of the run could not be written.', () =>
        this.#write({
          at: clock.now(),
          events: [stoppedEvent(clock.now(), ending)],
          remembered: this.#remembered,
        }),
      );
    } finally {
      this.close();
    }
  }

  /** Closes the database and ends the record of the run. A step that fails stops no other. */
  close(): void {
    const { record, store } = this.#with;
    try {
      this.#last('The database could not be closed; nothing recorded is lost.', () => store.close());
    } finally {
      this.#last(
        'The end of the run could not be noted; the next run says that it did not stop in order.',
        () => record.end(),
      );
    }
  }

  /** A step of the end. Damage is only logged: the store has marked it for the next start. */
  #last(otherwise: string, step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#with.log.error({ err: error }, otherwise);
    }
  }

  #settingsEvents(settings: EffectiveSettings, now: EpochMs): { events: NewEvent[]; digest: string } {
    const digest = settings.problems.map((problem) => problem.message).join('\n');
    if (digest === this.#remembered.settingsProblems || digest === '') return { events: [], digest };
    const events = settings.problems.map((problem) =>
      agentEvent(now, 'settings-invalid', 'medium', problem.message, {
        key: problem.key,
        origin: problem.origin,
      }),
    );
    return { events, digest };
  }

  /** One transaction. False when it failed; then nothing was written and memory stays where it was. */
  #write(
    what: { at: EpochMs; events: readonly NewEvent[] } & Partial<
      Pick<Batch, 'episodes' | 'syncCycles' | 'state'>
    > & {
        remembered?: Remembered;
      },
  ): boolean {
    const { store, log } = this.#with;
    const { at, events, episodes = [], syncCycles = [], state = {}, remembered } = what;
    const notable = events.length + episodes.length + syncCycles.length > 0;
    const stale = Math.abs(at - this.#persistedAt) >= persistAtLeastEvery;
    const moved = () =>
      remembered !== undefined && (this.#persisted === null || !sameEssence(remembered, this.#persisted));
    const persist = remembered !== undefined && (notable || stale || moved());
    if (!notable && !persist && sameState(state, this.#state)) {
      // Only time has passed: not even a transaction is worth it.
      if (remembered !== undefined) this.#remembered = remembered;
      this.#checkpoint();
      return true;
    }
    let stored: StoredEvent[];
    try {
      stored = store.commit({
        at,
        macos: this.#macos,
        events,
        episodes,
        syncCycles,
        state,
        memory: persist ? JSON.stringify(remembered) : null,
      });
    } catch (error) {
      if (needsNewStart(error)) throw error;
      log.error({ err: error }, 'Could not write to the database; the next cycle tries again.');
      return false;
    }
    // Before anything that may fail: it is written.
    this.#unpublished = true;
    if (remembered !== undefined) this.#remembered = remembered;
    if (what.state !== undefined) this.#state = what.state;
    if (persist) {
      this.#persisted = remembered;
      this.#persistedAt = at;
    }
    for (const event of stored) this.#tellWatcher({ type: 'event', event });
    // Quiet again: move it into the database file, so that a plain copy is nearly current.
    if (notable) this.#uncheckpointed = true;
    this.#checkpoint();
    return true;
  }
}

/**
 * The database is damaged or gone: the next start sets it aside, or begins another. Other errors may pass.
 */
function needsNewStart(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'corrupt' || error.code === 'moved');
}

function sameState(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
