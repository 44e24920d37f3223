import { anyMacos, configurationIssue, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectKerberosPasswordSync } from './detector.ts';

export const kerberosSsoSyncsLocalPassword = {
  id: 'kerberos-sso-syncs-local-password',
  severity: 'medium',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: ['password-change-prompt-pending', 'password-change-window-overdue'],
  detect: detectKerberosPasswordSync,
} as const satisfies Issue;
