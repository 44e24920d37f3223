import type { DetectorInput } from '../detect/detector.ts';

/**
 * Possible causes in the order that the evidence suggests. Nothing on the Mac proves them: the admin checks
 * each with the `confirm` steps of its article, and the user never reads them.
 */
export function causesOfUnfinishedRegistration(input: DetectorInput): string[] {
  const { facts, memory } = input;
  const deviceDone = facts?.registration === 'device';
  const password = facts?.method === 'password';
  const wasRegistered = memory.everRegistered;
  // The device part works when per-user MFA stops the password step; the join permission stops the device
  // part.
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

export function causesOfStaleTokens(input: DetectorInput): string[] {
  const policy = input.observation.passwordPolicy;
  const stricter = policy.ok && policy.value.stricterThanIdp === true;
  return [...(stricter ? ['passcode-policy-complexity-mismatch'] : []), 'per-user-mfa-blocks-password-sync'];
}
