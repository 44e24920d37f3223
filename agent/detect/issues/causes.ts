import type { Json } from '../../shared/event.ts';
import { type EpochMs, hour, toIso } from '../../shared/time.ts';
import type { DetectorInput } from './detector.ts';

/** How long before a break a change may have to do with it. */
const related = 24 * hour;

/** The changes that came shortly before, for the helpdesk's "what changed?". Newest first. */
export function changesBefore(evidence: DetectorInput, at: EpochMs): Json[] {
  return evidence.memory.changes
    .filter((change) => change.at <= at && at - change.at <= related)
    .reverse()
    .map((change) => ({ kind: change.kind, at: toIso(change.at), from: change.from, to: change.to }));
}

/**
 * Causes without a sure local sign, in the order the evidence at hand suggests. They are for the admin to check, each
 * with its own `confirm` steps in the catalogue; a user is never told of them.
 */
export function causesOfUnfinishedRegistration(evidence: DetectorInput): string[] {
  const { facts, memory } = evidence;
  const deviceDone = facts?.registration === 'device';
  const password = facts?.method === 'password';
  const wasRegistered = memory.everRegistered;
  // The device part works when per-user MFA stops the password step; the join permission stops the device part.
  if (deviceDone && password) {
    return [
      'per-user-mfa-blocks-password-sync',
      'registration-prompt-closed',
      'insufficient-join-permissions-silent',
    ];
  }
  if (deviceDone || wasRegistered)
    return ['registration-prompt-closed', 'insufficient-join-permissions-silent'];
  return [
    'registration-prompt-closed',
    'insufficient-join-permissions-silent',
    ...(password ? ['per-user-mfa-blocks-password-sync'] : []),
  ];
}

export function causesOfStaleTokens(evidence: DetectorInput): string[] {
  const policy = evidence.observation.passwordPolicy;
  const stricter = policy.ok && policy.value.stricterThanIdp === true;
  return [...(stricter ? ['passcode-policy-complexity-mismatch'] : []), 'per-user-mfa-blocks-password-sync'];
}
