import { anyMacos, configurationIssue, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectLocalPasswordChange } from './detector.ts';

export const localPasswordChangedOutsideIdp = {
  id: 'local-password-changed-outside-idp',
  severity: 'medium',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectLocalPasswordChange,
} as const satisfies Issue;
