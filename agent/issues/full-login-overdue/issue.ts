import { anyMacos, configurationIssue, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOverdueLogin } from './detector.ts';

export const fullLoginOverdue = {
  id: 'full-login-overdue',
  severity: 'low',
  methods: passwordOnly,
  providers: ['okta', 'other'],
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectOverdueLogin,
} as const satisfies Issue;
