import { shortIntervalFor } from '../detect/run-detectors.ts';
import { decideNotifications, loadComposer } from '../notify/decide-notifications.ts';
import { markUndelivered, notifiedSince } from '../notify/notification-policy.ts';
import { withLogEvidence } from '../observe/log-evidence.ts';
import type { Identity } from '../publish/stored-identity.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import type { NewEvent } from '../shared/event.ts';
import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { type EpochMs, fromIso, minute } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import type { Batch, StoredEvent } from '../store/store.ts';
import type { AgentActivity, AgentDependencies, CycleResult } from './agent-dependencies.ts';
import { type AgentMemory, parseAgentMemory, sameExceptTime } from './agent-memory.ts';
import { intervalAfter } from './poll-interval.ts';
import { Poller } from './poller.ts';
import { agentEvent, eventsBeforeRun, stoppedEvent } from './run-events.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';

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
  readonly #dependencies: AgentDependencies;
  readonly #poller: Poller;
  #memory: AgentMemory;
  /** As the database has it; null: not known. */
  #persisted: AgentMemory | null = null;
  #persistedAt: EpochMs = Number.NEGATIVE_INFINITY;
  #state: Readonly<Record<string, string>> = {};
  #stopping = false;
  /** Something was written that other programs may not have been told. */
  #unpublished = true;
  /** Something was written that is not yet in the database file itself. */
  #uncheckpointed = false;
  #macos = '';

  constructor(dependencies: AgentDependencies) {
    this.#dependencies = dependencies;
    this.#poller = new Poller(dependencies);
    const { memory, valid } = parseAgentMemory(dependencies.store.memory());
    this.#memory = memory;
    this.#macos = memory.detection.macos ?? '';
    if (!valid) dependencies.log.warn({}, 'The agent memory is invalid; the agent starts from a baseline.');
  }

  /** Says that a run began, and what is known of the time before it. */
  start(extra: readonly NewEvent[] = [], pollIntervalSeconds = 300): void {
    const { clock, run, version } = this.#dependencies;
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
    const { clock, record } = this.#dependencies;
    const now = clock.now();
    const lastPollAt = this.#memory.detection.moment?.at ?? null;
    const events = [
      ...eventsBeforeRun({ now, previous: record.previous, lastPollAt, pollIntervalSeconds }),
      ...extra,
    ];
    this.#write({ at: now, events });
  }

  /** One poll of the Mac and what follows from it. Resolves null when the agent is stopping, or when nothing could be written. */
  async poll(): Promise<CycleResult | null> {
    const { clock, notifier, record } = this.#dependencies;
    const settings = await this.#dependencies.settings();
    const { values } = settings;
    const { detection, manners: policyMemory } = this.#memory;
    const polled = await this.#poller.poll({
      memory: detection,
      notificationPending: policyMemory.solved.length > 0,
      values,
    });
    if (this.#stopping) return null;
    const { observation, detected } = polled;
    const now = fromIso(observation.at);
    const { silences, language } = this.#dependencies;
    const decision = await decideNotifications({
      ...{ now, observation, detected, settings: values, language },
      policyMemory,
      silences: () => silences(now),
    });
    const happened = values.UnifiedLogEnabled
      ? await withLogEvidence(detected.events, () => this.#dependencies.logEvidence(now))
      : detected.events;
    const identity = await this.#identity(observation, values);
    if (this.#stopping) return null;
    const problems = this.#settingsEvents(settings, now);
    this.#macos = knownValue(observation.macos) ?? this.#macos;
    const next: AgentMemory = {
      detection: detected.memory,
      manners: decision.policyMemory,
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
    this.#reportActivity({ type: 'polled', observation, detected });

    for (const notification of decision.notifications.filter((one) => one.suppressed !== null)) {
      this.#reportActivity({ type: 'notification', at: now, notification, shown: false });
    }
    for (const issue of decision.withdraw) await notifier.withdraw(issue);
    for (const told of decision.notifications.filter((one) => one.suppressed === null)) {
      const { deliveryEvent } = await loadComposer();
      const delivery = await notifier.show(told.notification);
      if (!delivery.ok && told.purpose === 'problem') {
        // True whether or not the write below succeeds: a later cycle writes it.
        const { manners } = this.#memory;
        this.#memory = { ...this.#memory, manners: markUndelivered(manners, told.issue) };
      }
      this.#write({
        at: clock.now(),
        events: [deliveryEvent(clock.now(), told, delivery)],
        ...(delivery.ok ? {} : { remembered: this.#memory }),
      });
      this.#reportActivity({ type: 'notification', at: clock.now(), notification: told, shown: delivery.ok });
    }
    this.#bestEffort('The heartbeat', () => record.beat(clock.now()));
    const pressing =
      detected.needsShortInterval || notifiedSince(decision.policyMemory, now - shortIntervalFor, now);
    const nextPollIn = intervalAfter(pressing, values);
    this.#poller.recorded(polled, nextPollIn);
    return { detected, nextPollIn };
  }

  /** What could not be read stays as it was stored. */
  async #identity({ appSso }: Observation, values: EffectiveSettings['values']): Promise<Partial<Identity>> {
    try {
      const { user, device } = await this.#dependencies.identity(
        values,
        knownValue(appSso)?.device?.deviceId ?? null,
      );
      return appSso.ok ? { user, device } : { user };
    } catch (error) {
      this.#dependencies.log.warn(
        { err: error },
        'The identity could not be stored; the next poll tries again.',
      );
      return {};
    }
  }

  #publishChanges(now: EpochMs, checkIntervalSeconds: number): void {
    if (!this.#unpublished) return;
    this.#bestEffort('The state file', () => {
      this.#dependencies.publish?.(now, checkIntervalSeconds);
      this.#unpublished = false;
    });
  }

  #checkpoint(): void {
    if (!this.#uncheckpointed) return;
    this.#bestEffort('The checkpoint', () => {
      this.#dependencies.store.checkpoint();
      this.#uncheckpointed = false;
    });
  }

  /** Work that may fail today and be done tomorrow. A damaged or vanished database needs a new start. */
  #bestEffort(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (needsNewStart(error)) throw error;
      this.#dependencies.log.warn({ err: error }, `${what} failed; the next poll tries again.`);
    }
  }

  /** A watcher that throws is a defect of the watcher, logged as such. */
  #reportActivity(what: AgentActivity): void {
    try {
      this.#dependencies.onActivity?.(what);
    } catch (error) {
      this.#dependencies.log.error({ err: error }, `The watcher of the agent failed: ${String(error)}`);
    }
  }

  /** From here on no look is recorded any more; call `finish` when the last one has ended. */
  beginStop(): void {
    this.#stopping = true;
  }

  /** Writes the end of this run, then closes. A step that fails stops no other. */
  finish(ending: string | SelfRestart): void {
    const { clock } = this.#dependencies;
    this.#stopping = true;
    try {
      this.#last('The end of the run could not be written.', () =>
        this.#write({
          at: clock.now(),
          events: [stoppedEvent(clock.now(), ending)],
          remembered: this.#memory,
        }),
      );
    } finally {
      this.close();
    }
  }

  /** Closes the database and ends the record of the run. A step that fails stops no other. */
  close(): void {
    const { record, store } = this.#dependencies;
    try {
      this.#last('The database could not be closed; nothing recorded is lost.', () => store.close());
    } finally {
      this.#last('The clean stop could not be recorded; the next run records a crash.', () => record.end());
    }
  }

  /** A step of the end. Damage is only logged: the store has marked it for the next start. */
  #last(otherwise: string, step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#dependencies.log.error({ err: error }, otherwise);
    }
  }

  #settingsEvents(settings: EffectiveSettings, now: EpochMs): { events: NewEvent[]; digest: string } {
    const digest = settings.problems.map((problem) => problem.message).join('\n');
    if (digest === this.#memory.settingsProblems || digest === '') return { events: [], digest };
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
        remembered?: AgentMemory;
      },
  ): boolean {
    const { store, log } = this.#dependencies;
    const { at, events, episodes = [], syncCycles = [], state = {}, remembered } = what;
    const notable = events.length + episodes.length + syncCycles.length > 0;
    const stale = Math.abs(at - this.#persistedAt) >= persistAtLeastEvery;
    const moved = () =>
      remembered !== undefined && (this.#persisted === null || !sameExceptTime(remembered, this.#persisted));
    const persist = remembered !== undefined && (notable || stale || moved());
    if (!notable && !persist && sameState(state, this.#state)) {
      // Only time has passed: not even a transaction is worth it.
      if (remembered !== undefined) this.#memory = remembered;
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
      log.error({ err: error }, 'The database could not be written; the next poll tries again.');
      return false;
    }
    // Before anything that may fail: it is written.
    this.#unpublished = true;
    if (remembered !== undefined) this.#memory = remembered;
    if (what.state !== undefined) this.#state = what.state;
    if (persist) {
      this.#persisted = remembered;
      this.#persistedAt = at;
    }
    for (const event of stored) this.#reportActivity({ type: 'event', event });
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
