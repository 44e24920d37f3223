import { join } from 'node:path';
import { Agent } from '../daemon/agent.ts';
import type { AgentActivity } from '../daemon/agent-dependencies.ts';
import { DailyMaintenance } from '../daemon/daily-maintenance.ts';
import { type PollSchedule, startPolling } from '../daemon/poll-schedule.ts';
import type { Organisation } from '../issues/organisation.ts';
import { power } from '../mac/sources/power/source.ts';
import { createNotifier } from '../notify/channel-notifier.ts';
import { readSilences } from '../notify/silences.ts';
import { createLogEvidence } from '../observe/log-evidence.ts';
import { createObserver } from '../observe/observe.ts';
import { validated } from '../observe/validated.ts';
import { createStoredIdentity } from '../publish/stored-identity.ts';
import { createSettingsReader } from '../settings/read-settings.ts';
import { definitions } from '../settings/schema.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import { defaultLanguage } from '../shared/languages.ts';
import { second } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import type { Store } from '../store/store.ts';
import type { VirtualMac } from './virtual-mac.ts';
import { VirtualRunRecord } from './virtual-run-record.ts';

export interface VirtualAgentOptions {
  readonly mac: VirtualMac;
  readonly store: Store;
  /** The prefix of the id of each run. */
  readonly runPrefix: string;
  readonly keyFolder: string;
  /** The folder with the user's silences; undefined: the database is temporary, and there are none. */
  readonly dataDir: string | undefined;
  readonly createObserver?: typeof createObserver;
  /** Replaces that of the Mac's settings. */
  readonly organisation?: Organisation;
  readonly onActivity: (what: AgentActivity) => void;
  readonly onPoll: () => void;
}

const strictLog = {
  info() {},
  warn() {},
  error(_data: object, message: string): void {
    throw new Error(message);
  },
};

/** The agent of a replay: its schedule and its daily maintenance on virtual timers, over several runs. */
export class VirtualAgent {
  readonly #options: VirtualAgentOptions;
  readonly #store: Store;
  #running: { readonly agent: Agent; readonly schedule: PollSchedule } | null = null;
  #runs = 0;
  #record: VirtualRunRecord | null = null;

  constructor(options: VirtualAgentOptions) {
    this.#options = options;
    this.#store = lasting(options.store);
  }

  get runs(): boolean {
    return this.#running !== null;
  }

  async start(): Promise<void> {
    const { mac, onPoll } = this.#options;
    this.#runs++;
    const record = new VirtualRunRecord(this.#record, mac.clock.now());
    this.#record = record;
    const readSettings = createSettingsReader({ files: mac.files, who: mac.who });
    let retentionDays = definitions.RetentionDays.fallback;
    const settings = async () => {
      const read = await readSettings();
      retentionDays = read.values.RetentionDays;
      return { ...read, organisation: this.#options.organisation ?? read.organisation };
    };
    const { values } = await settings();
    const agent = this.#agent(record, settings, values);
    const { runner, files, who } = mac;
    const read = await validated('power', () => power.read({ runner, files, who }));
    agent.start({ events: [], power: read }, values.PollIntervalSeconds);
    const maintenance = this.#maintenance(record, () => retentionDays);
    const schedule = startPolling({
      clock: mac.clock,
      timers: mac.timers,
      usualInterval: values.PollIntervalSeconds * second,
      poll: async () => {
        const result = await agent.poll();
        onPoll();
        maintenance.afterPoll(result?.detected.elapsedTime ?? null);
        return result?.nextPollIn ?? null;
      },
    });
    this.#running = { agent, schedule };
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    await this.#running?.schedule.stop();
    this.#running = null;
  }

  finish(reason: string): void {
    this.#running?.agent.finish(reason);
  }

  #agent(
    record: VirtualRunRecord,
    settings: () => Promise<EffectiveSettings>,
    values: EffectiveSettings['values'],
  ): Agent {
    const { mac, dataDir, keyFolder, runPrefix, onActivity } = this.#options;
    const { runner, files, who, clock } = mac;
    return new Agent({
      run: `${runPrefix}${this.#runs}`,
      version,
      clock,
      observe: (this.#options.createObserver ?? createObserver)({ runner, files, who, clock }),
      logEvidence: createLogEvidence(runner),
      settings,
      silences: (now) => (dataDir === undefined ? {} : readSilences(join(dataDir, 'silences.json'), now)),
      store: this.#store,
      notifier: createNotifier({ runner, preferred: () => values.NotificationChannel }),
      language: () => (values.Language === 'automatic' ? defaultLanguage : values.Language),
      identity: createStoredIdentity({ user: who.name, keyFile: join(keyFolder, 'identity.key') }),
      record,
      log: strictLog,
      onActivity,
    });
  }

  #maintenance(record: VirtualRunRecord, retentionDays: () => number): DailyMaintenance {
    return new DailyMaintenance({
      clock: this.#options.mac.clock,
      store: this.#store,
      log: strictLog,
      retentionDays,
      ownUse: () => null,
      lastRunAt: record.maintainedAt,
      keep: (at) => {
        record.maintainedAt = at;
      },
    });
  }
}

/** The end of a run closes its database; the scenario continues with the same one. */
function lasting(store: Store): Store {
  return {
    commit: (batch) => store.commit(batch),
    memory: () => store.memory(),
    check: () => store.check(),
    retain: (now, days) => store.retain(now, days),
    // The database is not copied during a replay, and it is complete when it closes.
    checkpoint() {},
    close() {},
  };
}
