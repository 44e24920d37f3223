import { configurationIssue, sinceMacos14 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectNoFingerprint } from './detector.ts';

export const seBiometricPolicyNoTouchid = {
  id: 'se-biometric-policy-no-touchid',
  severity: 'high',
  methods: ['secureEnclaveKey'],
  macos: sinceMacos14,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: ['user-authentication-required', 'sso-token-refresh-overdue'],
  reads: ['fingerprints'],
  detect: detectNoFingerprint,
} as const satisfies Issue;
