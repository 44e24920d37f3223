import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Runner } from '../mac/runner.ts';
import { power } from '../mac/sources/power/source.ts';
import { createNotifier } from '../notify/channel-notifier.ts';
import { readSilences } from '../notify/silences.ts';
import { createLogEvidence } from '../observe/log-evidence.ts';
import type { createObserver } from '../observe/observe.ts';
import { validated } from '../observe/validated.ts';
import { createStateFile } from '../publish/state-file.ts';
import { createStoredIdentity } from '../publish/stored-identity.ts';
import { loadContext } from '../settings/load-context.ts';
import { definitions, type Settings } from '../settings/schema.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import { systemClock } from '../shared/clock.ts';
import { type NewEvent, newEvent } from '../shared/event.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { defaultLanguage, type Language } from '../shared/languages.ts';
import type { Observation } from '../shared/observation.ts';
import type { EpochMs } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import type { HeldLock } from '../store/instance-lock.ts';
import { ReopeningStore } from '../store/reopening-store.ts';
import { SpaceReserve } from '../store/space-reserve.ts';
import { type OpenedStore, openStore } from '../store/sqlite-store.ts';
import type { Batch } from '../store/store.ts';
import type { Salvaged } from '../store/suspicion.ts';
import { Agent } from './agent.ts';
import type { AgentActivity } from './agent-dependencies.ts';
import { type AgentLog, createLog } from './log.ts';

/** The agent with the parts that its caller needs too. */
export interface ComposedAgent {
  readonly agent: Agent;
  readonly store: OpenedStore;
  readonly log: AgentLog;
  /** The usual seconds between two polls. */
  readonly pollIntervalSeconds: number;
  /** The setting as of the last poll. */
  readonly retentionDays: () => number;
  /** Recorded first: a damaged database was quarantined. */
  readonly beforeStart: readonly NewEvent[];
  /** Reads which start of the Mac this is. Never rejects. */
  readonly readPower: () => Promise<Observation['power']>;
}

/**
 * Milliseconds that the agent waits for a lock of another program, and cannot be stopped. What it could not
 * write waits for the next poll.
 */
const lockTimeout = 100;

/** Composes the agent with the real commands, files, clock and database. Throws StoreError. */
export async function composeAgent(
  global: GlobalOptions,
  options: {
    lock: HeldLock;
    /** Creates the observer: for one poll, or for many. */
    observer: typeof createObserver;
    /** Seconds between polls instead of the settings'; null: as set. */
    every: number | null;
    /** Starts also while the database can't be opened. */
    startsWithoutDatabase?: boolean;
    runner?: Runner;
    watch?: (what: AgentActivity) => void;
  },
): Promise<ComposedAgent> {
  const { paths, who, files, readSettings, languageBy, ...context } = await loadContext(global);
  const runner = options.runner ?? context.runner;
  const clock = systemClock;

  const log = createLog({
    file: paths.log,
    level: definitions.LogLevel.fallback,
    onProblem: (why) => process.stderr.write(`psso-monitor: no log is kept: ${why}\n`),
  });
  const current = currentSettings({ read: readSettings, every: options.every, languageBy, log });
  const reserve = new SpaceReserve(paths.database);
  const opening = {
    path: paths.database,
    agentVersion: version,
    now: clock.now(),
    // The state file is written after the first commit. A poll proves nothing: the disk may have been full.
    recordedBefore: existsSync(paths.state),
  };
  const store =
    options.startsWithoutDatabase !== true
      ? openStore(opening)
      : new ReopeningStore({
          ...opening,
          clock,
          busyTimeout: lockTimeout,
          lockState: () => options.lock.verify(),
          recoveredBatch: (recovered) => recoveredBatch(clock.now(), recovered),
        });
  if (options.startsWithoutDatabase === true) reserve.keep();
  const { values } = await current.settings();
  const agent = new Agent({
    run: `${process.pid}-${clock.now()}`,
    version,
    clock,
    observe: options.observer({ runner, files, who, clock }),
    logEvidence: createLogEvidence(runner),
    settings: current.settings,
    silences: (now) => readSilences(paths.silences, now),
    store,
    notifier: createNotifier({ runner, preferred: current.channel }),
    language: current.language,
    identity: createStoredIdentity({ user: who.name, keyFile: paths.identityKey }),
    logIssues: (events) => logIssuesBy(runner, log, events),
    publish: createStateFile({ database: paths.database, file: paths.state, agentVersion: version }),
    record: {
      previous: options.lock.previous,
      beat: (now) => options.lock.beat(now),
      end: (unwritten) => options.lock.release(unwritten),
    },
    freeReserve: () => reserve.free(),
    log,
    ...(options.watch === undefined ? {} : { onActivity: options.watch }),
  });
  const beforeStart = store.recovered === null ? [] : [recoveredEvent(clock.now(), store.recovered)];
  return {
    agent,
    store,
    log,
    beforeStart,
    readPower: () => validated('power', () => power.read({ runner, files, who })),
    pollIntervalSeconds: values.PollIntervalSeconds,
    retentionDays: current.retentionDays,
  };
}

/**
 * Reads the settings at each poll. The other functions return values of the last reading, for use between
 * polls.
 */
function currentSettings(options: {
  readonly read: () => Promise<EffectiveSettings>;
  readonly every: number | null;
  readonly languageBy: (values: Settings) => Language;
  readonly log: Pick<AgentLog, 'level'>;
}) {
  const { read, every, languageBy, log } = options;
  let last: Settings | null = null;
  return {
    async settings(): Promise<EffectiveSettings> {
      const effective = await read();
      last = effective.values;
      log.level = last.LogLevel;
      if (every === null) return effective;
      const values = { ...last, PollIntervalSeconds: every, TroublePollIntervalSeconds: every };
      return { ...effective, values };
    },
    language: (): Language => (last === null ? defaultLanguage : languageBy(last)),
    channel: () => last?.NotificationChannel ?? 'automatic',
    retentionDays: () => last?.RetentionDays ?? definitions.RetentionDays.fallback,
  };
}

/** Loaded when an issue changed. Never rejects. */
async function logIssuesBy(runner: Runner, log: AgentLog, events: readonly NewEvent[]): Promise<void> {
  if (!events.some(({ kind }) => kind === 'issue-opened' || kind === 'issue-resolved')) return;
  try {
    const { logIssues } = await import('../publish/log-issues.ts');
    const failed = await logIssues(runner, events);
    if (failed !== null) log.warn({ failed }, 'An issue could not be written into the unified log.');
  } catch (error) {
    log.warn({ err: error }, 'An issue could not be written into the unified log.');
  }
}

function recoveredBatch(at: EpochMs, recovered: Salvaged): Batch {
  const events = [recoveredEvent(at, recovered)];
  return { at, macos: '', events, episodes: [], syncCycles: [], state: {}, memory: null };
}

function recoveredEvent(at: EpochMs, recovered: Salvaged): NewEvent {
  const { reason, quarantined, salvagedEvents } = recovered;
  const summary =
    `The database was damaged (${reason}) and was quarantined. ` +
    `A new one began with ${salvagedEvents} of its events.`;
  // The path of the folder has the name of the account.
  const data = { quarantined: basename(quarantined), salvagedEvents };
  return newEvent(at, 'store-recovered', 'high', summary, { data });
}
