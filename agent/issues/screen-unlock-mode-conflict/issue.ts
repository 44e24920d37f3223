import { anyMacos, neverNotified } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectScreenUnlockMode } from './detector.ts';

export const screenUnlockModeConflict = {
  id: 'screen-unlock-mode-conflict',
  severity: 'high',
  methods: ['password', 'smartCard'],
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'definite',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  reads: ['screenUnlock'],
  detect: detectScreenUnlockMode,
} as const satisfies Issue;
