import { leftByOtherDevices } from '../../shared/left-behind.ts';
import { minute } from '../../shared/time.ts';
import type { Detector } from './detector.ts';

/** A registration that has just completed cleans up after itself; catalogue 4.5. */
const grace = 30 * minute;

export const wpjKeyNotRemovedAfterMigration: Detector = {
  issue: 'wpj-key-not-removed-after-migration',
  longLasting: true,
  detect: ({ facts, observation, memory, now }) => {
    const { workplaceJoin } = observation;
    if (facts === null) return 'unknown';
    if (!facts.configured) return null;
    if (!workplaceJoin.ok) return 'unknown';
    if (workplaceJoin.value.leftovers.length === 0) return null;
    // Whose it is can't be told, and it is no more gone than before; the registration comes first.
    if (facts.registration !== 'complete') return 'unknown';
    const leftovers = leftByOtherDevices(workplaceJoin.value, facts.deviceId);
    if (leftovers.length === 0) return null;
    const completedAt = memory.lastRegistration?.seenAt ?? facts.configuredAt;
    if (completedAt !== null && now - completedAt >= 0 && now - completedAt < grace) return 'unknown';
    const kinds = leftovers.map((leftover) => leftover.kind).sort();
    return {
      severity: 'medium',
      summary: `An earlier Workplace Join left ${kinds.map((kind) => `a ${kind}`).join(', ')} in the login keychain.`,
      evidence: {
        leftovers: leftovers.map((leftover) => ({ kind: leftover.kind, deviceId: leftover.deviceId })),
        deviceId: facts.deviceId,
      },
      key: kinds.join(' '),
    };
  },
};
