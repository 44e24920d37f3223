import { anyMacos, configurationIssue, onlyEntra, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectNetworkAccount } from './detector.ts';

export const adBoundOrHybridUnsupported = {
  id: 'ad-bound-or-hybrid-unsupported',
  providers: onlyEntra,
  severity: 'high',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: ['password-change-prompt-pending', 'password-change-window-overdue'],
  detect: detectNetworkAccount,
} as const satisfies Issue;
