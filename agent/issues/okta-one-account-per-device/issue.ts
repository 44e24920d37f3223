import { configurationIssue, passwordOnly, sinceMacos14, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOldOktaVerify } from './detector.ts';

export const oktaOneAccountPerDevice = {
  id: 'okta-one-account-per-device',
  providers: ['okta'],
  severity: 'low',
  methods: passwordOnly,
  macos: sinceMacos14,
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: unfinishedRegistrations,
  detect: detectOldOktaVerify,
} as const satisfies Issue;
