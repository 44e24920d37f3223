import { configurationIssue, onlyEntra, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectTemporaryAccounts } from './detector.ts';

export const authenticatedGuestModeUnsupported = {
  id: 'authenticated-guest-mode-unsupported',
  providers: onlyEntra,
  severity: 'medium',
  methods: passwordOnly,
  macos: { from: '26', below: null },
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectTemporaryAccounts,
} as const satisfies Issue;
