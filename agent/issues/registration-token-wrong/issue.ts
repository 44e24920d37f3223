import { anyMacos, everyMethod, neverNotified, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnfilledToken } from './detector.ts';

export const registrationTokenWrong = {
  id: 'registration-token-wrong',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: unfinishedRegistrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectUnfilledToken,
} as const satisfies Issue;
