import { anyMacos, neverNotified, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOldPasswordAtFileVault } from './detector.ts';

export const filevaultNewPasswordPreMacos15 = {
  id: 'filevault-new-password-pre-macos15',
  severity: 'high',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  reads: ['fileVault'],
  detect: detectOldPasswordAtFileVault,
} as const satisfies Issue;
