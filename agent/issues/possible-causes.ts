import type { DetectorInput } from '../detect/detector.ts';
import { providerOfMac } from '../detect/extension.ts';
import { effectivePasswordPolicy, rulesNotCompared } from '../shared/effective-password-policy.ts';
import { insufficientJoinPermissionsSilent } from './insufficient-join-permissions-silent/issue.ts';
import { isOfProvider } from './issue.ts';
import { sightedOf } from './missing-preconditions.ts';
import { perUserMfaBlocksPasswordSync } from './per-user-mfa-blocks-password-sync/issue.ts';

/** The possible causes that not every identity provider has. */
const ofSomeProviders = [insufficientJoinPermissionsSilent, perUserMfaBlocksPasswordSync];

/** Those of these possible causes that the identity provider of this Mac can have. */
function possibleHere(causes: readonly string[], { memory }: DetectorInput): string[] {
  const provider = providerOfMac(memory);
  const excluded = new Set<string>(
    ofSomeProviders.filter((cause) => !isOfProvider(cause, provider)).map(({ id }) => id),
  );
  return causes.filter((id) => !excluded.has(id));
}

/**
 * Possible causes in the order that the evidence suggests. Nothing on the Mac proves them: the admin checks
 * each with the `confirm` steps of its article, and the user never reads them.
 */
export function causesOfUnfinishedRegistration(input: DetectorInput): string[] {
  return possibleHere(causesInOrder(input), input);
}

function causesInOrder(input: DetectorInput): string[] {
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

/** What sets the local password besides Platform SSO. */
const otherPasswordSync: readonly string[] = [
  'ad-bound-or-hybrid-unsupported',
  'kerberos-sso-syncs-local-password',
  'third-party-password-sync-conflict',
];

/**
 * The possible causes as evidence, with the password rules that could not be compared: one of them may refuse
 * the work password.
 */
export function causesOfStaleTokens(input: DetectorInput): {
  readonly possibleCauses: string[];
  readonly rulesNotCompared?: string[];
} {
  const policy = effectivePasswordPolicy(input.observation);
  const names = policy === null ? [] : rulesNotCompared(policy);
  const concerned = policy?.stricterThanIdp === true || names.length > 0;
  return {
    possibleCauses: [
      ...(concerned ? ['passcode-policy-complexity-mismatch'] : []),
      ...sightedOf(otherPasswordSync, input),
      ...possibleHere(['per-user-mfa-blocks-password-sync'], input),
    ],
    ...(names.length > 0 ? { rulesNotCompared: names } : {}),
  };
}
