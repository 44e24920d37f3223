import { type Detected, type DetectInput, detect } from '../detect/detect.ts';
import type { ExplainFinding } from '../detect/detector.ts';
import type { Memory } from '../detect/memory.ts';
import { foundChanges, type LastPoll, planPoll } from '../detect/plan-poll.ts';
import { detectors, detectorsOf } from '../issues/issues.ts';
import { hasTroubleOfHosts } from '../issues/trouble-of-hosts.ts';
import type { EffectiveSettings } from '../settings/settings.ts';
import { entraFloor } from '../shared/idp-password-policy.ts';
import type { Observation } from '../shared/observation.ts';
import { fullPoll, type PollPlan } from '../shared/poll-plan.ts';
import { type EpochMs, instantOrNull } from '../shared/time.ts';
import type { AgentDependencies } from './agent-dependencies.ts';
import { intervalAfter } from './poll-interval.ts';

type Values = EffectiveSettings['values'];

/** The input of a poll besides the Mac. */
interface PollInput {
  readonly memory: Memory;
  /** A notification could not be shown yet. */
  readonly notificationPending: boolean;
  readonly values: Values;
  readonly organisation: EffectiveSettings['organisation'];
}

/** The result of one poll. */
export interface Polled {
  readonly observation: Observation;
  readonly detected: Detected;
}

/** Plans a poll, observes the Mac and detects changes. Writes nothing. */
export class Poller {
  readonly #dependencies: Pick<AgentDependencies, 'clock' | 'observe' | 'run'>;
  /** Null: the previous poll was not recorded, or there was none. */
  #last: LastPoll | null = null;
  /** Monotonic time of the last full poll, and the number of short polls since. */
  #fullAt = Number.NEGATIVE_INFINITY;
  #shortPolls = 0;
  /** Null until a detector finds something: a healthy Mac needs no rules of causes. */
  #explain: ExplainFinding | null = null;

  constructor(dependencies: Pick<AgentDependencies, 'clock' | 'observe' | 'run'>) {
    this.#dependencies = dependencies;
  }

  /**
   * Polls as planned. A short poll that found a change is discarded, and a full poll follows at once. The
   * next poll is full unless `recorded` is called.
   */
  async poll(input: PollInput): Promise<Polled> {
    const plan = this.#plan(input);
    this.#last = null;
    const polled = await this.#observeAndDetect(plan, input);
    if (plan.kind === 'short' && !foundChanges(input.memory, polled.observation, polled.detected)) {
      this.#shortPolls++;
      return polled;
    }
    const full = plan.kind === 'full' ? polled : await this.#observeAndDetect(fullPoll, input);
    this.#fullAt = full.observation.monotonic;
    this.#shortPolls = 0;
    return full;
  }

  /** The results of this poll are stored. `nextPollIn`: milliseconds until the next one. */
  recorded({ observation, detected }: Polled, nextPollIn: number): void {
    this.#last = {
      observation,
      nextPollIn,
      needsFullPoll: detected.needsFullPoll,
      fullAt: this.#fullAt,
      shortPolls: this.#shortPolls,
    };
  }

  #plan({ memory, notificationPending, values }: PollInput): PollPlan {
    const { clock } = this.#dependencies;
    const now = clock.now();
    const interval = intervalAfter(false, values);
    return planPoll({
      memory,
      notificationPending,
      last: this.#last,
      settings: { idpPasswordChangedAt: changedAt(values, now + interval), interval },
      now,
      monotonic: clock.monotonic(),
    });
  }

  async #observeAndDetect(plan: PollPlan, { memory, values, organisation }: PollInput): Promise<Polled> {
    const { clock, run } = this.#dependencies;
    const { IdpMinimumPasswordLength: minimumLength, IdpCharacterClasses: classesRequired } = values;
    const observation = await this.#dependencies.observe({
      plan,
      asked: [
        ...[...detectors, ...organisation.own].flatMap(({ id, reads = [] }) =>
          memory.sightings[id] === undefined ? [] : reads,
        ),
        ...(values.NetworkProbeEnabled && hasTroubleOfHosts(memory) ? (['hosts'] as const) : []),
      ],
      idp: { ...entraFloor, minimumLength, classesRequired },
    });
    const detected = await this.#detect({
      detectors: detectorsOf(organisation, plan.kind === 'full'),
      memory,
      observation,
      run,
      monotonicCountsSleep: clock.monotonicCountsSleep,
      settings: {
        pollIntervalSeconds: values.PollIntervalSeconds,
        troublePollIntervalSeconds: values.TroublePollIntervalSeconds,
        idpMinimumPasswordLength: minimumLength,
        ignoredIssues: [...values.IgnoredIssues, ...organisation.off],
        idpPasswordChangedAt: changedAt(values, clock.now()),
      },
    });
    return { observation, detected };
  }

  /** Detects again with the rules of causes when they are needed for the first time. */
  async #detect(input: Omit<DetectInput, 'explain'>): Promise<Detected> {
    const detected = detect({ ...input, explain: this.#explain });
    if (!detected.lacksCauses) return detected;
    const { explainFinding } = await import('../causes/explain-finding.ts');
    this.#explain = explainFinding;
    return detect({ ...input, explain: explainFinding });
  }
}

/** The time of the password change that the admin set; null: none, or a later one than `until`. */
function changedAt({ IdpPasswordChangedAt: at }: Values, until: EpochMs): EpochMs | null {
  const changed = instantOrNull(at);
  return changed === null || changed > until ? null : changed;
}
