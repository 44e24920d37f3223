import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainFinding } from '../../agent/causes/explain-finding.ts';
import { type Detected, detect } from '../../agent/detect/detect.ts';
import { emptyMemory } from '../../agent/detect/memory.ts';
import { detectors } from '../../agent/issues/issues.ts';
import type { MacChange } from '../../agent/mac/simulated/model.ts';
import { observeOnce } from '../../agent/observe/observe.ts';
import { hour, minute } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';
import { detectSettings } from './remembered-polls.ts';

const start = Date.UTC(2026, 2, 2, 8);
/** `(null)` in every section. */
const empty =
  'Time: 2026-03-02 09:00:00 +0000\n\nDevice Configuration:\n (null)\n\nLogin Configuration:\n (null)\n\nUser Configuration:\n (null)\n\n';
const strict = `Getting global account policies\n<?xml version="1.0"?><plist version="1.0"><dict><key>policyCategoryPasswordContent</key><array><dict><key>policyContent</key><string>policyAttributePassword matches '.{14,}+'</string><key>policyIdentifier</key><string>ProfilePayload:9D6A9E09-5D7B-4CC9-89F8-1B265F85E306:minLength</string></dict></array></dict></plist>`;

const change: fc.Arbitrary<MacChange> = fc.oneof(
  fc.record({
    psso: fc.record(
      {
        state: fc.constantFrom(0, 1, 2, 3, 4, 5, 7),
        method: fc.constantFrom('password', 'secureEnclaveKey', 'smartCard'),
        registered: fc.constantFrom(true, true, false),
        userPresent: fc.constantFrom(true, true, false),
        receivedAt: fc.constantFrom(start, start - 3 * hour, null),
        expiresAt: fc.constantFrom(start + 1000 * hour, start - hour),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ psso: fc.constant(null) }),
  fc.record({
    appSso: fc.constantFrom<MacChange['appSso'] & object>(
      { fail: 'timeout' },
      { text: 'garbage' },
      { text: empty },
    ),
  }),
  fc.record({ appSso: fc.constant(null) }),
  fc.record({ screen: fc.constantFrom('locked', 'unlocked') }),
  fc.record({ network: fc.constantFrom('online', 'offline') }),
  fc.record({ console: fc.constantFrom('active', 'switchedOut') }),
  fc.record({ companyPortal: fc.constant(null) }),
  fc.record({ profile: fc.constant(null) }),
  fc.record({ enrolled: fc.constant(false) }),
  fc.record({ macos: fc.constantFrom('13.6', '14.5', '26.1', '27.0') }),
  fc.record({ passwordPolicy: fc.constantFrom({ text: strict }, { fail: 'exit' as const }) }),
  fc.record({ passwordLastSetAt: fc.constantFrom(start, start + hour) }),
);

/** Polls as the agent does: at the interval that the poll before asked for. */
async function pollThrough(
  changes: readonly { at: number; change: MacChange }[],
  until: number,
  each: (at: number, detected: Detected) => void,
): Promise<void> {
  const virtual = new VirtualMac({ start, macos: '15.6', user: 'alex' });
  let memory = emptyMemory();
  let next = 0;
  for (let at = 0; at <= until; ) {
    virtual.advanceTo(at);
    for (; next < changes.length && (changes[next]?.at ?? 0) <= at; next++)
      virtual.apply(changes[next]?.change ?? {});
    const { runner, files, who, clock } = virtual;
    const observation = await observeOnce({ runner, files, who, clock });
    const detected = detect({
      detectors,
      explain: explainFinding,
      memory,
      observation,
      run: 'a run',
      monotonicCountsSleep: true,
      settings: detectSettings,
    });
    memory = detected.memory;
    each(at, detected);
    at += detected.needsShortInterval ? minute : 5 * minute;
  }
}

/** The last change is in the sixth hour. Tokens are due four hours later, and expire in weeks. */
const settled = 16 * hour;

/** Tokens that stay due for days, and app-sso unreadable for days after an unlock. */
const examples: [{ at: number; change: MacChange }[]][] = [
  [[{ at: 0, change: { psso: { state: 0 } } }]],
  [
    [
      { at: 250, change: { screen: 'locked' } },
      { at: 255, change: { screen: 'unlocked' } },
      { at: 257, change: { appSso: { fail: 'timeout' } } },
    ],
  ],
];

test('no situation keeps the short poll interval beyond its first hours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ at: fc.integer({ min: 0, max: 360 }), change }), { minLength: 1, maxLength: 8 }),
      async (scenario) => {
        const changes = scenario
          .map((one) => ({ at: one.at * minute, change: one.change }))
          .sort((a, b) => a.at - b.at);
        await pollThrough(changes, settled + 4 * hour, (at, { needsShortInterval, memory }) => {
          if (at >= settled) expect(needsShortInterval, memory.window.phase).toBe(false);
        });
      },
    ),
    { numRuns: 25, examples },
  );
});
