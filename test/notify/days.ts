import {
  applyPolicy,
  type PolicyAction,
  type PolicyInput,
  type PolicyIssue,
} from '../../agent/notify/notification-policy.ts';
import { emptyPolicyMemory } from '../../agent/notify/policy-memory.ts';
import { minute, second } from '../../agent/shared/time.ts';

export const start = Date.UTC(2026, 2, 2, 8);
export const cadence = { firstAfterSeconds: 900, repeatAfterSeconds: [3600, 86_400], maximum: 5 };
const usual: PolicyInput['settings'] = {
  enabled: true,
  disabledIssues: [],
  quietHours: null,
  maximumPerDay: 20,
  localMinuteOfDay: 0,
  localDay: '',
};

/** A user at a Mac, polled again and again. */
export class Days {
  now = start;
  present: boolean | null = true;
  wellAgain = true;
  focus: PolicyInput['focus'] = 'off';
  silences: Record<string, number> = {};
  settings: Partial<PolicyInput['settings']> = {};
  memory = emptyPolicyMemory();
  readonly open = new Map<string, PolicyIssue>();
  readonly #openedFor = new Map<string, number>();
  #resolved: { issue: string; openedAt: number }[] = [];

  opens(issue: string, more: Partial<PolicyIssue> = {}): void {
    this.#openedFor.set(issue, 0);
    this.open.set(issue, {
      issue,
      openedAt: this.now,
      severity: 'medium',
      cadence,
      notify: true,
      activeSeconds: 0,
      ...more,
    });
  }

  resolves(issue: string): void {
    const openedAt = this.open.get(issue)?.openedAt ?? 0;
    this.open.delete(issue);
    this.#resolved.push({ issue, openedAt });
  }

  poll(): PolicyAction[] {
    const local = new Date(this.now);
    const decided = applyPolicy({
      now: this.now,
      present: this.present,
      focus: this.focus,
      open: [...this.open.values()].map((issue) => ({
        ...issue,
        activeSeconds: (this.#openedFor.get(issue.issue) ?? 0) / second,
      })),
      resolved: this.#resolved,
      wellAgain: this.wellAgain,
      silences: this.silences,
      settings: {
        ...usual,
        localMinuteOfDay: local.getUTCHours() * 60 + local.getUTCMinutes(),
        localDay: local.toISOString().slice(0, 10),
        ...this.settings,
      },
      memory: this.memory,
    });
    this.#resolved = [];
    this.memory = decided.memory;
    return decided.actions;
  }

  /** Polls every `every` and returns all actions. Only time in which the user is present counts as active. */
  pass(length: number, every = minute): string[] {
    const said: string[] = [];
    const from = this.now;
    for (let passed = every; passed <= length; passed += every) {
      this.now = from + passed;
      if (this.present !== false) {
        for (const issue of this.open.keys())
          this.#openedFor.set(issue, (this.#openedFor.get(issue) ?? 0) + every);
      }
      said.push(...this.poll().map((action) => wordsOf(action, this.now)));
    }
    return said;
  }
}

function wordsOf(action: PolicyAction, now: number): string {
  const at = (now - start) / minute;
  const time = `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`;
  if (action.type === 'withdraw') return `${time} withdraw ${action.issue}`;
  const what = `${action.purpose} ${action.issue}`;
  return action.type === 'show' ? `${time} ${what}` : `${time} (${action.reason}) ${what}`;
}
