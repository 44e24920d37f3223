import { anyMacos, everyMethod, neverNotified, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectTooOldMacos } from './detector.ts';

export const macosTooOld = {
  id: 'macos-too-old',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'definite',
  cadence: neverNotified,
  possibleCauseOf: unfinishedRegistrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectTooOldMacos,
} as const satisfies Issue;
