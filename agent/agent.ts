import type { AgentDependencies, CycleResult } from './agent-dependencies.ts';
import { detect } from './detect/detect.ts';
import { type BeforeLook, mayBeQuiet, saysNothingNew } from './detect/quiet.ts';
import { pressingFor } from './detect/track-issues.ts';
import type { Identity } from './identity.ts';
import { notHeard, toldSince } from './notify/manners.ts';
import { decideWhatToTell, telling } from './notify/when-there-is-something.ts';
import { withLogEvidence } from './observe/log-evidence.ts';
import type { Wanted } from './observe/observe.ts';
import { intervalAfter } from './poll-interval.ts';
import { type Remembered, recall, sameEssence } from './remembered.ts';
import { agentEvent, eventsBeforeRun, stoppedEvent } from './run-events.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';
import type { EffectiveSettings } from './settings/settings.ts';
import { StoreError } from './store/errors.ts';
import type { Batch } from './store/store.ts';
import type { NewEvent } from './types/event.ts';
import { entraFloor } from './types/idp-password-policy.ts';
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
 */
export class Agent {
  readonly #with: AgentDependencies;
  #remembered: Remembered;
  /** As the database has it; null: not known. */
  #persisted: Remembered | null = null;
  #persistedAt: EpochMs = Number.NEGATIVE_INFINITY;
  #state: Readonly<Record<string, string>> = {};
  #stopping = false;
  /** Something was written that other programs may not have been told. */
  #unpublished = true;
  #macos = '';
  /** How the last look ended; null: it came to nothing, or there was none. */
  #lastLook: Pick<BeforeLook, 'trouble' | 'planned'> | null = null;

  constructor(dependencies: AgentDependencies) {
    this.#with = dependencies;
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

  /** One look at the Mac. Resolves null when the agent is stopping, or when nothing could be written. */
  async cycle(): Promise<CycleResult | null> {
    const { clock, notifier, record, watch } = this.#with;
    const settings = await this.#with.settings();
    const { values } = settings;
    const observation = await this.#with.observe({
      idp: {
        ...entraFloor,
        minimumLength: values.IdpMinimumPasswordLength,
        classesRequired: values.IdpCharacterClasses,
      },
      ...this.#quiet(values),
    });
    this.#lastLook = null;
    if (this.#stopping) return null;

    const now = fromIso(observation.at);
    const detected = detect({
      memory: this.#remembered.detection,
      observation,
      run: this.#with.run,
      monotonicCountsSleep: clock.monotonicCountsSleep,
      settings: {
        pollIntervalSeconds: values.PollIntervalSeconds,
        troublePollIntervalSeconds: values.TroublePollIntervalSeconds,
        idpMinimumPasswordLength: values.IdpMinimumPasswordLength,
        ignoredIssues: values.IgnoredIssues,
        idpPasswordChangedAt:
          values.IdpPasswordChangedAt === null ? null : fromIso(values.IdpPasswordChangedAt),
      },
    });
    const { silences, language } = this.#with;
    const decision = await decideWhatToTell({
      ...{ now, observation, detected, settings: values, language },
      manners: this.#remembered.manners,
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
    watch?.({ type: 'looked', observation, detected });

    for (const told of decision.told.filter((one) => one.suppressed !== null)) {
      watch?.({ type: 'told', at: now, told, shown: false });
    }
    for (const issue of decision.withdraw) await notifier.withdraw(issue);
    for (const told of decision.told.filter((one) => one.suppressed === null)) {
      const { deliveryEvent } = await telling();
      const delivery = await notifier.show(told.notice);
      const unheard = !delivery.ok && told.purpose === 'problem';
      this.#write({
        at: clock.now(),
        events: [deliveryEvent(clock.now(), told, delivery)],
        ...(unheard ? { remembered: { ...next, manners: notHeard(next.manners, told.issue) } } : {}),
      });
      watch?.({ type: 'told', at: clock.now(), told, shown: delivery.ok });
    }
    this.#passing('The heartbeat', () => record.beat(clock.now()));
    const pressing = detected.pressing || toldSince(decision.manners, now - pressingFor, now);
    const nextIn = intervalAfter(pressing, values);
    this.#lastLook = { trouble: detected.trouble, planned: nextIn };
    return { detected, nextIn };
  }

  /** A look after one that came to nothing, or the first of a run, is a whole one. */
  #quiet(values: EffectiveSettings['values']): Pick<Wanted, 'nothingNew'> {
    const { clock } = this.#with;
    const { detection: memory, manners } = this.#remembered;
    if (this.#lastLook === null) return {};
    const { IdpPasswordChangedAt } = values;
    const now = clock.now();
    const quiet = mayBeQuiet({
      ...this.#lastLook,
      memory,
      somethingToTell: manners.solved.length > 0,
      idpPasswordChangedAt: IdpPasswordChangedAt === null ? null : fromIso(IdpPasswordChangedAt),
      now,
      monotonic: clock.monotonic(),
      // As it was set meanwhile.
      nextIn: intervalAfter(false, values),
    });
    return quiet ? { nothingNew: (appSso) => saysNothingNew(memory, appSso, now) } : {};
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

  /** Work that may fail today and be done tomorrow. A damaged or vanished database needs a new start. */
  #passing(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof StoreError && (error.code === 'corrupt' || error.code === 'moved')) throw error;
      this.#with.log.warn({ err: error }, `${what} failed; it is tried again.`);
    }
  }

  /** From here on no look is recorded any more; call `finish` when the last one has ended. */
  beginStop(): void {
    this.#stopping = true;
  }

  /** Writes the end of this run and closes the database. */
  finish(ending: string | SelfRestart): void {
    const { clock, record, store } = this.#with;
    this.#stopping = true;
    this.#write({
      at: clock.now(),
      events: [stoppedEvent(clock.now(), ending)],
      remembered: this.#remembered,
    });
    store.close();
    record.end();
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
    const { store, log, watch } = this.#with;
    const { at, events, episodes = [], syncCycles = [], state = {}, remembered } = what;
    const notable = events.length + episodes.length + syncCycles.length > 0;
    const stale = Math.abs(at - this.#persistedAt) >= persistAtLeastEvery;
    const moved = () =>
      remembered !== undefined && (this.#persisted === null || !sameEssence(remembered, this.#persisted));
    const persist = remembered !== undefined && (notable || stale || moved());
    if (!notable && !persist && sameState(state, this.#state)) {
      // Only time has passed: not even a transaction is worth it.
      if (remembered !== undefined) this.#remembered = remembered;
      return true;
    }
    try {
      const stored = store.commit({
        at,
        macos: this.#macos,
        events,
        episodes,
        syncCycles,
        state,
        memory: persist ? JSON.stringify(remembered) : null,
      });
      this.#unpublished = true;
      for (const event of stored) watch?.({ type: 'event', event });
      // Quiet again: move it into the database file, so that a plain copy is nearly current.
      if (notable) store.checkpoint();
    } catch (error) {
      // A damaged or vanished database needs a new start, which sets it aside; anything else may pass.
      if (error instanceof StoreError && (error.code === 'corrupt' || error.code === 'moved')) throw error;
      log.error({ err: error }, 'Could not write to the database; the next cycle tries again.');
      return false;
    }
    if (remembered !== undefined) {
      this.#remembered = remembered;
      this.#state = state;
    }
    if (persist) {
      this.#persisted = remembered;
      this.#persistedAt = at;
    }
    return true;
  }
}

function sameState(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
