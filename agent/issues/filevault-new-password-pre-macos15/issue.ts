import { anyMacos, configurationIssue, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOldPasswordAtFileVault } from './detector.ts';

export const filevaultNewPasswordPreMacos15 = {
  id: 'filevault-new-password-pre-macos15',
  severity: 'high',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [],
  reads: ['fileVault'],
  detect: detectOldPasswordAtFileVault,
} as const satisfies Issue;
