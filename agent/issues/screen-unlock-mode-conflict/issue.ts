import { anyMacos, configurationIssue } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectScreenUnlockMode } from './detector.ts';

export const screenUnlockModeConflict = {
  id: 'screen-unlock-mode-conflict',
  severity: 'high',
  methods: ['password', 'smartCard'],
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: [],
  reads: ['screenUnlock'],
  detect: detectScreenUnlockMode,
} as const satisfies Issue;
