import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { leftByOtherDevices } from '../../shared/left-by-other-devices.ts';
import { minute } from '../../shared/time.ts';

/** After a registration macOS has this long to remove the leftovers; catalogue 4.5. */
const grace = 30 * minute;

export function detectWorkplaceJoinLeftovers({ facts, observation, memory, now }: DetectorInput): Verdict {
  const { workplaceJoin } = observation;
  if (facts === null) return 'unknown';
  if (facts.registration === 'notConfigured') return null;
  if (!workplaceJoin.ok) return 'unknown';
  if (workplaceJoin.value.leftovers.length === 0) return null;
  // Without a complete registration the owner of the leftover is unknown.
  if (facts.registration !== 'complete') return 'unknown';
  const leftovers = leftByOtherDevices(workplaceJoin.value, facts.device.deviceId);
  if (leftovers.length === 0) return null;
  const completedAt = memory.lastRegistration?.seenAt ?? facts.device.configuredAt;
  if (completedAt !== null && now - completedAt >= 0 && now - completedAt < grace) return 'unknown';
  const kinds = leftovers.map((leftover) => leftover.kind).sort();
  return {
    severity: 'medium',
    summary: `An earlier Workplace Join left ${kinds.map((kind) => `a ${kind}`).join(', ')} in the login keychain.`,
    evidence: {
      leftovers: leftovers.map((leftover) => ({ kind: leftover.kind, deviceId: leftover.deviceId })),
      deviceId: facts.device.deviceId,
    },
    key: kinds.join(' '),
  };
}
