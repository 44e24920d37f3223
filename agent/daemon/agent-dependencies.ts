import type { Detected } from '../detect/detect.ts';
import type { NotificationDecision } from '../notify/compose-notifications.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { Observe } from '../observe/observe.ts';
import type { Identity } from '../publish/stored-identity.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import type { Clock } from '../shared/clock.ts';
import type { Json, NewEvent } from '../shared/event.ts';
import type { Language } from '../shared/languages.ts';
import type { Observation } from '../shared/observation.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Store, StoredEvent } from '../store/store.ts';
import type { AgentLog } from './log.ts';
import type { RunRecord } from './run-record.ts';

/** What the agent works with. compose-agent.ts passes the real parts, a replay simulated ones. */
export interface AgentDependencies {
  /** The id of this run. Monotonic times of two runs cannot be compared. */
  readonly run: string;
  readonly version: string;
  readonly clock: Clock;
  readonly observe: Observe;
  readonly settings: () => Promise<EffectiveSettings>;
  /** Reads the unified log before an instant. Called when an issue opens and the setting allows it. */
  readonly logEvidence: (now: EpochMs) => Promise<Json>;
  /** Writes issues that opened or were resolved into the unified log. Called when the setting allows it. */
  readonly logIssues?: (events: readonly NewEvent[]) => Promise<void>;
  /** The silenced issues, and until when. */
  readonly silences: (now: EpochMs) => Readonly<Record<string, EpochMs>>;
  readonly store: Store;
  readonly notifier: Notifier;
  readonly language: () => Language;
  /** Whose Mac it is, as far as the settings let it be stored. */
  readonly identity: (settings: EffectiveSettings['values'], deviceId: string | null) => Promise<Identity>;
  /** Writes the state file, after a change of the database. */
  readonly publish?: (now: EpochMs, checkIntervalSeconds: number) => void;
  readonly record: RunRecord;
  /** Frees the disk space that is reserved for the last write of a run. Never throws. */
  readonly freeReserve?: () => void;
  /** Must not throw. (Only the log of a replay does, so an error ends the replay.) */
  readonly log: Omit<AgentLog, 'level'>;
  /**
   * Called with each recorded event and notification, for `replay`, `once` and `demo`. Its errors are logged.
   */
  readonly onActivity?: (what: AgentActivity) => void;
}

export type AgentActivity =
  | { readonly type: 'event'; readonly event: StoredEvent }
  | {
      readonly type: 'notification';
      readonly at: EpochMs;
      readonly notification: NotificationDecision['notifications'][number];
      readonly shown: boolean;
    }
  | { readonly type: 'polled'; readonly observation: Observation; readonly detected: Detected };

/** What a run knows of the time before it. */
export interface BeforeRun {
  readonly events: readonly NewEvent[];
  /** Read at the start, since only the boot session tells whether the clock was set; null: not read. */
  readonly power: Observation['power'] | null;
}

/** The result of one poll cycle. */
export interface CycleResult {
  readonly detected: Detected;
  /** Milliseconds until the next poll. */
  readonly nextPollIn: number;
}
