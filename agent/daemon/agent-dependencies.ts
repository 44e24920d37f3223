import type { Detected } from '../detect/detect.ts';
import type { NotificationDecision } from '../notify/compose-notifications.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { Observe } from '../observe/observe.ts';
import type { Identity } from '../publish/stored-identity.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import type { Clock } from '../shared/clock.ts';
import type { Json } from '../shared/event.ts';
import type { Language } from '../shared/languages.ts';
import type { Observation } from '../shared/observation.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Store, StoredEvent } from '../store/store.ts';
import type { AgentLog } from './log.ts';
import type { RunRecord } from './run-record.ts';

export interface AgentDependencies {
  /** Identifies this run among all: monotonic times of two runs can't be compared. */
  readonly run: string;
  readonly version: string;
  readonly clock: Clock;
  readonly observe: Observe;
  readonly settings: () => Promise<EffectiveSettings>;
  /** What the unified log said before an instant; asked when an issue opens, and the setting allows it. */
  readonly logEvidence: (now: EpochMs) => Promise<Json>;
  /** Issues the user asked not to hear of, and until when. */
  readonly silences: (now: EpochMs) => Readonly<Record<string, EpochMs>>;
  readonly store: Store;
  readonly notifier: Notifier;
  readonly language: () => Language;
  /** Whose Mac it is, as far as the settings let it be stored. */
  readonly identity: (settings: EffectiveSettings['values'], deviceId: string | null) => Promise<Identity>;
  /** Tells other programs the present state, after something was written. */
  readonly publish?: (now: EpochMs, checkIntervalSeconds: number) => void;
  readonly record: RunRecord;
  /** Must not throw. (Only the log of a replay does, so that an error there ends it.) */
  readonly log: Omit<AgentLog, 'level'>;
  /**
   * Called with all that was written and shown, in order: for `replay`, `once` and the demonstration. An
   * error that it throws is logged.
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

export interface CycleResult {
  readonly detected: Detected;
  /** Milliseconds after which the Mac should be looked at again. */
  readonly nextPollIn: number;
}
