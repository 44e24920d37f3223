import { elapsedTimeBetween } from '../detect/elapsed-time.ts';
import { momentOf } from '../detect/moment.ts';
import { shortIntervalFor } from '../detect/run-detectors.ts';
import type { NotificationDecision } from '../notify/compose-notifications.ts';
import { decideNotifications, loadComposer } from '../notify/decide-notifications.ts';
import { markUndelivered, notifiedSince } from '../notify/policy-memory.ts';
import { withLogEvidence } from '../observe/log-evidence.ts';
import type { Identity } from '../publish/stored-identity.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import type { NewEvent } from '../shared/event.ts';
import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { type EpochMs, fromIso, second, toIso } from '../shared/time.ts';
import type { UnwrittenEvents } from '../store/run-file.ts';
import type { AgentActivity, AgentDependencies, BeforeRun, CycleResult } from './agent-dependencies.ts';
import { HistoryWriter } from './history-writer.ts';
import { optionalStep } from './optional-step.ts';
import { intervalAfter } from './poll-interval.ts';
import { Poller } from './poller.ts';
import { agentEvent, eventsBeforeRun, stoppedEvent } from './run-events.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';

/**
 * The poll cycle: observe, detect, decide, store, notify.
 *
 * Invariants:
 * - A notification is stored before it is shown: a crash in between repeats none. While the history can't be
 *   written, it is still shown, and only a crash can repeat it.
 * - A poll interrupted by the agent's stop is discarded: its killed commands are no source failures.
 * - Each step after the commit is optional: checkpoint, state file, heartbeat, watcher, notification. A
 *   failed step is logged. It stops neither the others nor the agent.
 */
export class Agent {
  readonly #dependencies: AgentDependencies;
  readonly #poller: Poller;
  readonly #history: HistoryWriter;
  #stopping = false;

  constructor(dependencies: AgentDependencies) {
    this.#dependencies = dependencies;
    this.#poller = new Poller(dependencies);
    const { store, log } = dependencies;
    this.#history = new HistoryWriter(store, log, (event) => this.#report({ type: 'event', event }));
  }

  /** Records the start of this run, and the gap or crash before it. */
  start(before: BeforeRun, pollIntervalSeconds: number): void {
    const { clock, run, version } = this.#dependencies;
    this.catchUp(before, pollIntervalSeconds);
    const now = clock.now();
    const summary = `The agent ${version} started.`;
    const started = agentEvent(now, 'agent-started', 'info', summary, { run, version });
    this.#history.write({ at: now, events: [started] });
  }

  /** Records the gap or crash before this process, without a start: `once` must not hide a crash. */
  catchUp({ events, power }: BeforeRun, pollIntervalSeconds: number): void {
    const { clock, record } = this.#dependencies;
    const now = clock.now();
    const lastPollAt = this.#history.memory.detection.moment?.at ?? null;
    const clockShift = this.#clockShift(now, power, pollIntervalSeconds);
    const { previous } = record;
    const before = eventsBeforeRun({ now, previous, lastPollAt, clockShift, pollIntervalSeconds });
    this.#history.write({ at: now, events: [...before, ...events] });
  }

  /** By how much the wall clock was set since the last poll: the same answer as the first poll gives. */
  #clockShift(now: EpochMs, power: Observation['power'] | null, pollIntervalSeconds: number): number {
    const { clock, run } = this.#dependencies;
    const { moment } = this.#history.memory.detection;
    if (moment === null || power === null) return 0;
    const present = { at: toIso(now), monotonic: clock.monotonic(), power };
    return elapsedTimeBetween(moment, momentOf(present, run, moment), {
      expected: pollIntervalSeconds * second,
      monotonicCountsSleep: clock.monotonicCountsSleep,
    }).clockShift;
  }

  /** The events that wait to be written; null: none. */
  get unwritten(): UnwrittenEvents | null {
    return this.#history.unwritten;
  }

  /** Runs one poll cycle. Resolves null when the agent is stopping. */
  async poll(): Promise<CycleResult | null> {
    const { memory } = this.#history;
    const settings = await this.#dependencies.settings();
    const { values, organisation } = settings;

    // Observe and detect.
    const notificationPending = memory.manners.solved.length > 0;
    const polled = await this.#poller.poll({
      memory: memory.detection,
      notificationPending,
      values,
      organisation,
    });
    if (this.#stopping) return null;
    const { observation, detected } = polled;
    const now = fromIso(observation.at);

    // Decide.
    const { silences, language } = this.#dependencies;
    const decision = await decideNotifications({
      now,
      observation,
      detected,
      settings: values,
      language,
      organisation,
      policyMemory: memory.manners,
      silences: () => silences(now),
    });
    const detectedEvents = values.UnifiedLogEnabled
      ? await withLogEvidence(detected.events, () => this.#dependencies.logEvidence(now))
      : detected.events;
    const identity = await this.#identity(observation, values);
    if (this.#stopping) return null;

    // Store.
    const problems = this.#settingsProblems(settings, now);
    this.#history.macos = knownValue(observation.macos) ?? this.#history.macos;
    this.#history.write({
      at: now,
      events: [...detectedEvents, ...problems.events, ...decision.events],
      episodes: detected.episodes,
      syncCycles: detected.syncCycles,
      state: { ...detected.state, ...identity },
      memory: {
        detection: detected.memory,
        manners: decision.policyMemory,
        settingsProblems: problems.digest,
      },
    });
    this.#publish(now, values.PollIntervalSeconds);
    if (values.UnifiedLogIssues) await this.#dependencies.logIssues?.(detected.events);
    this.#report({ type: 'polled', observation, detected });

    // Notify.
    await this.#notify(decision, now);
    this.#optional('The heartbeat', () => this.#dependencies.record.beat(this.#dependencies.clock.now()));

    const notifiedLately = notifiedSince(decision.policyMemory, now - shortIntervalFor, now);
    const nextPollIn = intervalAfter(detected.needsShortInterval || notifiedLately, values);
    this.#poller.recorded(polled, nextPollIn);
    return { detected, nextPollIn };
  }

  /** From now on no poll is recorded. Call `finish` when the last poll has ended. */
  beginStop(): void {
    this.#stopping = true;
  }

  /** Records the end of this run, then closes. A failed step does not stop the others. */
  finish(ending: string | SelfRestart): void {
    const { clock, freeReserve } = this.#dependencies;
    this.#stopping = true;
    try {
      this.#lastStep('The end of the run could not be written.', () => {
        this.#history.write({
          at: clock.now(),
          events: [stoppedEvent(clock.now(), ending)],
          memory: this.#history.memory,
        });
        if (this.#history.unwritten === null) return;
        freeReserve?.();
        this.#history.writePending();
      });
    } finally {
      this.close();
    }
  }

  /** Closes the database and records the clean stop. A failed step does not stop the others. */
  close(): void {
    const { record, store } = this.#dependencies;
    try {
      this.#lastStep('The database could not be closed; no record is lost.', () => store.close());
    } finally {
      this.#lastStep('The clean stop could not be recorded; the next run records a crash.', () =>
        record.end(this.#history.unwritten),
      );
    }
  }

  /** The identity to store. A value that could not be read stays as stored. */
  async #identity({ appSso }: Observation, values: EffectiveSettings['values']): Promise<Partial<Identity>> {
    const { identity, log } = this.#dependencies;
    try {
      const { user, device } = await identity(values, knownValue(appSso)?.device?.deviceId ?? null);
      return appSso.ok ? { user, device } : { user };
    } catch (error) {
      log.warn({ err: error }, 'The identity could not be stored; the next poll tries again.');
      return {};
    }
  }

  /** Problems that were not recorded before. */
  #settingsProblems({ problems }: EffectiveSettings, now: EpochMs): { events: NewEvent[]; digest: string } {
    const digest = problems.map(({ message }) => message).join('\n');
    const known = digest === this.#history.memory.settingsProblems;
    const events = problems.map(({ key, origin, message }) =>
      agentEvent(now, 'settings-invalid', 'medium', message, { key, origin }),
    );
    return { events: known ? [] : events, digest };
  }

  #publish(now: EpochMs, checkIntervalSeconds: number): void {
    const publish = () => this.#dependencies.publish?.(now, checkIntervalSeconds);
    this.#optional('The state file', () => this.#history.publishChanges(publish));
  }

  async #notify({ notifications, withdraw }: NotificationDecision, now: EpochMs): Promise<void> {
    for (const notification of notifications.filter((one) => one.suppressed !== null))
      this.#report({ type: 'notification', at: now, notification, shown: false });
    for (const issue of withdraw) await this.#dependencies.notifier.withdraw(issue);
    for (const notification of notifications.filter((one) => one.suppressed === null))
      await this.#deliver(notification);
  }

  async #deliver(notification: NotificationDecision['notifications'][number]): Promise<void> {
    const { clock, notifier } = this.#dependencies;
    const { deliveryEvent } = await loadComposer();
    const delivery = await notifier.show(notification.notification);
    const { memory } = this.#history;
    const manners =
      delivery.ok || notification.purpose !== 'problem'
        ? memory.manners
        : markUndelivered(memory.manners, notification.issue);
    this.#history.write({
      at: clock.now(),
      events: [deliveryEvent(clock.now(), notification, delivery)],
      ...(delivery.ok ? {} : { memory: { ...memory, manners } }),
    });
    this.#report({ type: 'notification', at: clock.now(), notification, shown: delivery.ok });
  }

  #optional(what: string, work: () => void): void {
    optionalStep(this.#dependencies.log, { what, next: 'the next poll tries again' }, work);
  }

  /** An error of the watcher is a defect of the watcher. */
  #report(activity: AgentActivity): void {
    const { log, onActivity } = this.#dependencies;
    try {
      onActivity?.(activity);
    } catch (error) {
      log.error({ err: error }, `The watcher of the agent failed: ${String(error)}`);
    }
  }

  /** A step of the end. Its failure is only logged: the store marks damage for the next start. */
  #lastStep(failure: string, step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#dependencies.log.error({ err: error }, failure);
    }
  }
}
