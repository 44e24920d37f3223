import type { Runner } from '../mac/runner.ts';
import { createNotifier } from '../notify/channel-notifier.ts';
import { readSilences } from '../notify/silences.ts';
import { createLogEvidence } from '../observe/log-evidence.ts';
import type { createObserver } from '../observe/observe.ts';
import { createStateFile } from '../publish/state-file.ts';
import { createStoredIdentity } from '../publish/stored-identity.ts';
import { loadContext } from '../settings/load-context.ts';
import { definitions, type Settings } from '../settings/schema.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import { systemClock } from '../shared/clock.ts';
import type { NewEvent } from '../shared/event.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import type { Language } from '../shared/languages.ts';
import type { EpochMs } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import type { HeldLock } from '../store/instance-lock.ts';
import { type OpenedStore, openStore } from '../store/sqlite-store.ts';
import type { Recovered } from '../store/suspicion.ts';
import { Agent } from './agent.ts';
import type { AgentActivity } from './agent-dependencies.ts';
import { type AgentLog, createLog } from './log.ts';

export interface ComposedAgent {
  readonly agent: Agent;
  readonly store: OpenedStore;
  readonly log: AgentLog;
  /** Seconds between looks when all is well. */
  readonly pollIntervalSeconds: number;
  /** As the settings have it at the last poll. */
  readonly retentionDays: () => number;
  /** What has to be told first: that a damaged database was set aside. */
  readonly beforeStart: readonly NewEvent[];
}

/** Puts the agent together on this machine: the real commands, files, clock and database. */
export async function composeAgent(
  global: GlobalOptions,
  options: {
    lock: HeldLock;
    /** For one poll, or for one after the other. */
    observer: typeof createObserver;
    every: number | null;
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
  let language: Language = 'en';
  let channel: Settings['NotificationChannel'] = 'automatic';
  let retentionDays = definitions.RetentionDays.fallback;
  /** What is used outside of a cycle follows the settings too, without a restart. */
  const follow = (values: Settings) => {
    language = languageBy(values);
    channel = values.NotificationChannel;
    retentionDays = values.RetentionDays;
    log.level = values.LogLevel;
  };

  const { every } = options;
  const settings = async (): Promise<EffectiveSettings> => {
    const read = await readSettings();
    follow(read.values);
    if (every === null) return read;
    return {
      ...read,
      values: { ...read.values, PollIntervalSeconds: every, TroublePollIntervalSeconds: every },
    };
  };
  const store = openStore({ path: paths.database, agentVersion: version, now: clock.now() });
  const { values } = await settings();
  const notifier = createNotifier({ runner, preferred: () => channel });
  const agent = new Agent({
    run: `${process.pid}-${clock.now()}`,
    version,
    clock,
    observe: options.observer({ runner, files, who, clock }),
    logEvidence: createLogEvidence(runner),
    settings,
    silences: (now) => readSilences(paths.silences, now),
    store,
    notifier,
    language: () => language,
    identity: createStoredIdentity({ user: who.name, keyFile: paths.identityKey }),
    publish: createStateFile({ database: paths.database, file: paths.state, agentVersion: version }),
    record: {
      previous: options.lock.previous,
      beat: (now) => options.lock.beat(now),
      end: () => options.lock.release(),
    },
    log,
    ...(options.watch === undefined ? {} : { onActivity: options.watch }),
  });
  const beforeStart = store.recovered === null ? [] : [recoveredEvent(clock.now(), store.recovered)];
  return {
    ...{ agent, store, log, beforeStart },
    pollIntervalSeconds: values.PollIntervalSeconds,
    retentionDays: () => retentionDays,
  };
}

function recoveredEvent(at: EpochMs, recovered: Recovered): NewEvent {
  return {
    at,
    kind: 'store-recovered',
    issue: null,
    severity: 'high',
    summary: `The database was damaged (${recovered.reason}); it was moved aside, and a new one was started.`,
    from: null,
    to: null,
    data: { quarantined: recovered.quarantined },
  };
}
