import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from '../daemon/agent.ts';
import type { AgentActivity } from '../daemon/agent-dependencies.ts';
import { DailyMaintenance } from '../daemon/daily-maintenance.ts';
import { type PollSchedule, startPolling } from '../daemon/poll-schedule.ts';
import type { PreviousRun, RunRecord } from '../daemon/run-record.ts';
import { createNotifier } from '../notify/channel-notifier.ts';
import { readSilences } from '../notify/silences.ts';
import { createLogEvidence } from '../observe/log-evidence.ts';
import { createObserver } from '../observe/observe.ts';
import { createStateFile } from '../publish/state-file.ts';
import { createStoredIdentity } from '../publish/stored-identity.ts';
import { createSettingsReader } from '../settings/read-settings.ts';
import { definitions } from '../settings/schema.ts';
import { defaultLanguage } from '../shared/languages.ts';
import { type EpochMs, second } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import { quickDeathsBefore } from '../store/quick-deaths.ts';
import { openStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import { VirtualMac } from './virtual-mac.ts';

export interface Summary {
  readonly polls: number;
  readonly openIssues: string[];
  readonly shown: number;
}

export interface ReplayOptions {
  /** Keeps the database in this folder; without it, a temporary folder is used. */
  readonly dataDir?: string;
  readonly onActivity?: (what: AgentActivity) => void;
  /** Replaces the agent's own observer. */
  readonly observer?: typeof createObserver;
  /** Called before each step's changes are made, with the wall clock of then. */
  readonly step?: (step: ScenarioStep, at: number) => void;
}

const strictLog = {
  info() {},
  warn() {},
  error(_data: object, message: string): void {
    throw new Error(message);
  },
};

/** The run record in memory: a virtual Mac has one process only. */
class VirtualRunRecord implements RunRecord {
  readonly previous: PreviousRun | null;
  readonly #startedAt: number;
  #lastPollAt: number | null;
  #cleanStop = false;
  /** When the daily maintenance last ran, in any run. */
  maintainedAt: EpochMs | null;

  constructor(before: VirtualRunRecord | null, startedAt: number) {
    const previous = before?.trace ?? null;
    this.maintainedAt = before?.maintainedAt ?? null;
    this.previous = previous;
    this.#startedAt = startedAt;
    this.#lastPollAt = previous?.lastPollAt ?? null;
  }

  beat(now: number): void {
    this.#lastPollAt = now;
  }

  end(): void {
    this.#cleanStop = true;
  }

  get trace(): PreviousRun {
    return {
      startedAt: this.#startedAt,
      lastPollAt: this.#lastPollAt,
      cleanStop: this.#cleanStop,
      quickDeaths: quickDeathsBefore(this.previous),
      unwritten: null,
    };
  }
}

/**
 * Runs the agent's poll cycle against a scripted Mac on a virtual clock, with a real database.
 *
 * The agent's own schedule starts the polls, on virtual timers, and its own daily maintenance runs. A step's
 * changes are made before a poll at the same instant.
 */
export async function replay(scenario: Scenario, options: ReplayOptions = {}): Promise<Summary> {
  const throwAway =
    options.dataDir === undefined ? mkdtempSync(join(tmpdir(), 'psso-monitor-replay-')) : null;
  const dataDir = options.dataDir ?? throwAway ?? '.';
  const store = openStore({ path: join(dataDir, 'events.db'), agentVersion: version, now: scenario.start });
  try {
    return await drive(scenario, store, { ...options, keyFolder: dataDir });
  } finally {
    store.close();
    if (throwAway !== null) rmSync(throwAway, { recursive: true, force: true });
  }
}

async function drive(
  scenario: Scenario,
  store: Store,
  options: ReplayOptions & { keyFolder: string },
): Promise<Summary> {
  const { dataDir, keyFolder } = options;
  const mac = new VirtualMac(scenario);
  let polls = 0;
  let shown = 0;
  let openIssues: string[] = [];
  let runs = 0;
  let retentionDays = definitions.RetentionDays.fallback;
  let record: VirtualRunRecord | null = null;
  const running: { agent: Agent | null; schedule: PollSchedule | null } = { agent: null, schedule: null };
  let startWanted = true;

  const onActivity = (what: AgentActivity) => {
    if (what.type === 'notification' && what.shown) shown++;
    if (what.type === 'polled') openIssues = what.detected.open.map((issue) => issue.issue);
    options.onActivity?.(what);
  };
  // The end of a run closes its database; the scenario continues with the same one.
  const lastingStore: Store = { ...bind(store), close() {} };

  async function startAgent(): Promise<void> {
    runs++;
    const thisRun = new VirtualRunRecord(record, mac.clock.now());
    record = thisRun;
    const { runner, files, who, clock } = mac;
    const readSettings = createSettingsReader({ files, who });
    const settings = async () => {
      const read = await readSettings();
      retentionDays = read.values.RetentionDays;
      return read;
    };
    const { values } = await settings();
    const identity = createStoredIdentity({ user: who.name, keyFile: join(keyFolder, 'identity.key') });
    const agent = new Agent({
      // A kept database may hold runs of another replay.
      run: dataDir === undefined ? `replay-${runs}` : `replay-${process.pid}-${scenario.start}-${runs}`,
      version,
      clock,
      observe: (options.observer ?? createObserver)({ runner, files, who, clock }),
      logEvidence: createLogEvidence(runner),
      settings,
      silences: (now) => (dataDir === undefined ? {} : readSilences(join(dataDir, 'silences.json'), now)),
      store: lastingStore,
      notifier: createNotifier({ runner, preferred: () => values.NotificationChannel }),
      language: () => (values.Language === 'automatic' ? defaultLanguage : values.Language),
      identity,
      record: thisRun,
      log: strictLog,
      onActivity,
    });
    agent.start();
    const maintenance = new DailyMaintenance({
      clock,
      store: lastingStore,
      log: strictLog,
      retentionDays: () => retentionDays,
      ownUse: () => null,
      lastRunAt: thisRun.maintainedAt,
      keep: (at) => {
        thisRun.maintainedAt = at;
      },
    });
    running.agent = agent;
    running.schedule = startPolling({
      clock,
      timers: mac.timers,
      usualInterval: values.PollIntervalSeconds * second,
      poll: async () => {
        const result = await agent.poll();
        polls++;
        maintenance.afterPoll(result?.detected.elapsedTime ?? null);
        return result?.nextPollIn ?? null;
      },
    });
  }

  async function killAgent(): Promise<void> {
    await running.schedule?.stop();
    running.agent = null;
  }

  /** Advances the clock and runs what is due. */
  async function liveUntil(end: number, inclusive: boolean): Promise<void> {
    while (mac.awake) {
      const due = mac.nextTimerAt;
      if (due === null || (inclusive ? due > end : due >= end)) break;
      mac.advanceTo(due);
      await mac.runTimers();
    }
    mac.advanceTo(end);
  }

  await startAgent();
  for (const step of scenario.steps) {
    await liveUntil(step.at, false);
    options.step?.(step, mac.clock.now());
    if (step.agent === 'kill') await killAgent();
    mac.apply(step.change);
    // While the Mac sleeps nothing runs or starts.
    startWanted = step.agent === null ? startWanted : step.agent === 'start';
    if (startWanted && running.agent === null && mac.awake) await startAgent();
    if (step.end) break;
  }
  await liveUntil(mac.elapsed, true);
  if (mac.awake) running.agent?.finish('the scenario ended');
  if (dataDir !== undefined) {
    const publish = createStateFile({
      database: join(dataDir, 'events.db'),
      file: join(dataDir, 'state.plist'),
      agentVersion: version,
    });
    publish(mac.clock.now(), definitions.PollIntervalSeconds.fallback);
  }
  return { polls, openIssues, shown };
}

function bind(store: Store): Store {
  return {
    commit: (batch) => store.commit(batch),
    memory: () => store.memory(),
    check: () => store.check(),
    retain: (now, days) => store.retain(now, days),
    // The database is not copied during a replay, and it is complete when it closes.
    checkpoint() {},
    close: () => store.close(),
  };
}
