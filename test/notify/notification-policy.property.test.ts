import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cadence } from '../../agent/issues/issue.ts';
import { applyPolicy, type PolicyInput, type PolicyIssue } from '../../agent/notify/notification-policy.ts';
import { emptyPolicyMemory, policyMemoryShape } from '../../agent/notify/policy-memory.ts';
import { type Severity, severities } from '../../agent/shared/event.ts';
import { day, hour, minute, second } from '../../agent/shared/time.ts';

const start = Date.UTC(2026, 2, 2, 8);
const issues = ['a', 'b', 'c', 'd'] as const;
const quietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };
const leastGap = 10 * minute;
const never: Cadence = { firstAfterSeconds: 0, repeatAfterSeconds: [], maximum: 0 };

/** What happens between two polls. Most of the time little does. */
const step = fc.record({
  pass: fc.oneof(fc.constantFrom(minute, 5 * minute), fc.integer({ min: 1, max: 30 * hour })),
  present: fc.option(fc.boolean(), { nil: null, freq: 6 }),
  focus: fc.constantFrom('off', 'off', 'unknown', 'on'),
  open: fc.subarray([...issues]),
  /** Keeps open issues open, regardless of the line above. */
  steady: fc.boolean(),
  silence: fc.option(fc.tuple(fc.constantFrom(...issues), fc.integer({ min: 0, max: 2 * day })), { freq: 8 }),
  /** How far the wall clock is from the truth from now on. */
  clock: fc.option(fc.integer({ min: -2 * day, max: 2 * day }), { freq: 10 }),
  restart: fc.boolean(),
});

const cadence: fc.Arbitrary<Cadence> = fc.record({
  firstAfterSeconds: fc.constantFrom(0, 300, 3600),
  repeatAfterSeconds: fc.array(fc.constantFrom(60, 3600, 86_400), { maxLength: 3 }),
  maximum: fc.integer({ min: 0, max: 5 }),
});

const scenario = fc.record({
  cadences: fc.array(cadence, { minLength: issues.length, maxLength: issues.length }),
  severities: fc.array(fc.constantFrom(...severities), {
    minLength: issues.length,
    maxLength: issues.length,
  }),
  settings: fc.record({
    enabled: fc.oneof(
      { weight: 6, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    disabledIssues: fc.subarray([...issues], { maxLength: 1 }),
    quietHours: fc.constantFrom(null, quietHours),
    maximumPerDay: fc.integer({ min: 0, max: 4 }),
  }),
  steps: fc.array(step, { minLength: 1, maxLength: 60 }),
});

/** What the user and a reader of the history can see. */
class Witness {
  readonly shownOn = new Map<string, number>();
  readonly tellings = new Map<string, number>();
  readonly suppressed = new Set<string>();
  readonly heardOf = new Set<string>();
  lastShownAt: number | null = null;

  poll(
    input: PolicyInput,
    actions: ReturnType<typeof applyPolicy>['actions'],
    maximumOf: (issue: string) => number,
  ): void {
    const shown = actions.filter((action) => action.type === 'show');
    expect(shown.length, 'notifications at once').toBeLessThanOrEqual(1);
    const { settings, now } = input;
    const quiet =
      settings.quietHours !== null &&
      (settings.localMinuteOfDay >= quietHours.fromMinute || settings.localMinuteOfDay < quietHours.toMinute);

    for (const action of actions) {
      if (action.type === 'withdraw') {
        expect(this.heardOf, 'withdrawn without a notification').toContain(action.issue);
        continue;
      }
      const { issue, openedAt, purpose } = action;
      const episode = `${issue} ${openedAt}`;
      const notified = this.tellings.get(episode) ?? 0;
      if (action.type === 'suppressed') {
        expect(input.present, 'recorded while the user was away').not.toBe(false);
        const mark = `${episode} ${purpose} ${notified} ${action.reason}`;
        expect(this.suppressed, 'the same suppression twice').not.toContain(mark);
        this.suppressed.add(mark);
        continue;
      }
      expect(input.present).not.toBe(false);
      expect(input.focus).not.toBe('on');
      expect(quiet, 'shown in quiet hours').toBe(false);
      expect(input.silences[issue] ?? 0, 'shown though silenced').toBeLessThanOrEqual(now);
      expect(settings.enabled && !settings.disabledIssues.includes(issue)).toBe(true);
      if (this.lastShownAt !== null) expect(now - this.lastShownAt).toBeGreaterThanOrEqual(leastGap);
      this.lastShownAt = now;
      if (purpose === 'solved') {
        expect(this.heardOf.delete(issue), 'solved without a notification').toBe(true);
        continue;
      }
      this.heardOf.add(issue);
      this.tellings.set(episode, notified + 1);
      expect(notified + 1, 'notifications of an episode').toBeLessThanOrEqual(maximumOf(issue));
      const today = (this.shownOn.get(settings.localDay) ?? 0) + 1;
      this.shownOn.set(settings.localDay, today);
      expect(today, 'notifications a day').toBeLessThanOrEqual(settings.maximumPerDay);
    }
  }
}

test('the policy holds in any sequence of polls', () => {
  fc.assert(
    fc.property(scenario, (notified) => {
      const witness = new Witness();
      const cadences = new Map<string, Cadence>();
      const severityOf = new Map<string, Severity>();
      issues.forEach((issue, index) => {
        cadences.set(issue, notified.cadences[index] ?? never);
        severityOf.set(issue, notified.severities[index] ?? 'info');
      });
      const open = new Map<string, { openedAt: number; since: number }>();
      const silences: Record<string, number> = {};
      let real = start;
      let skew = 0;
      let episodes = 0;
      let memory = emptyPolicyMemory();

      for (const happening of notified.steps) {
        real += happening.pass;
        if (happening.clock !== null) {
          skew = happening.clock;
          // Ten minutes on the wall are not ten minutes then; what counts is that the count continues.
          witness.lastShownAt = null;
        }
        const now = real + skew;
        if (happening.silence !== null) silences[happening.silence[0]] = now + happening.silence[1];

        const resolved: { issue: string; openedAt: number }[] = [];
        if (!happening.steady) {
          for (const [issue, { openedAt }] of open) {
            if (happening.open.some((one) => one === issue)) continue;
            resolved.push({ issue, openedAt });
            open.delete(issue);
          }
          for (const issue of happening.open) {
            // No two episodes begin at the same millisecond, however the clock is set.
            if (!open.has(issue))
              open.set(issue, { openedAt: now - (now % 1000) + (episodes++ % 1000), since: real });
          }
        }

        const local = new Date(now);
        const input: PolicyInput = {
          now,
          present: happening.present,
          wellAgain: true,
          focus: happening.focus,
          open: [...open].map(([issue, { openedAt, since }]): PolicyIssue => {
            return {
              issue,
              openedAt,
              severity: severityOf.get(issue) ?? 'info',
              cadence: cadences.get(issue) ?? never,
              notify: true,
              activeSeconds: (real - since) / second,
            };
          }),
          resolved,
          silences,
          settings: {
            ...notified.settings,
            localMinuteOfDay: local.getUTCHours() * 60 + local.getUTCMinutes(),
            localDay: local.toISOString().slice(0, 10),
          },
          memory,
        };
        const before = JSON.stringify(memory);
        const decided = applyPolicy(input);
        expect(JSON.stringify(memory), 'the memory given was changed').toBe(before);

        // What is written and read again decides the same.
        const written = policyMemoryShape().parse(JSON.parse(before));
        expect(applyPolicy({ ...input, memory: written })).toEqual(decided);

        witness.poll(input, decided.actions, (issue) => (cadences.get(issue) ?? never).maximum);
        memory = happening.restart
          ? policyMemoryShape().parse(JSON.parse(JSON.stringify(decided.memory)))
          : decided.memory;
      }
    }),
    { numRuns: 400 },
  );
});

test('an open issue that nothing suppresses is notified, after any history', () => {
  fc.assert(
    fc.property(scenario, ({ steps }) => {
      let memory = emptyPolicyMemory();
      let now = start;
      const issue: PolicyIssue = {
        issue: 'a',
        openedAt: start,
        severity: 'medium',
        cadence: { firstAfterSeconds: 0, repeatAfterSeconds: [], maximum: 1 },
        notify: true,
        activeSeconds: 0,
      };
      let shown = 0;
      const poll = (more: Partial<PolicyInput>) => {
        const decided = applyPolicy({
          now,
          present: true,
          wellAgain: true,
          focus: 'off',
          open: [issue],
          resolved: [],
          silences: {},
          settings: {
            enabled: true,
            disabledIssues: [],
            quietHours: null,
            maximumPerDay: 1,
            localMinuteOfDay: 0,
            localDay: new Date(now).toISOString().slice(0, 10),
          },
          memory,
          ...more,
        });
        memory = decided.memory;
        shown += decided.actions.filter((action) => action.type === 'show').length;
      };
      for (const { pass, present, focus, clock } of steps) {
        now += pass + (clock ?? 0);
        poll({ present, focus });
      }
      now += day;
      poll({});
      expect(shown).toBe(1);
    }),
    { numRuns: 100 },
  );
});
