import { anyMacos, configurationIssue, everyMethod, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnfilledToken } from './detector.ts';

export const registrationTokenWrong = {
  id: 'registration-token-wrong',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: unfinishedRegistrations,
  detect: detectUnfilledToken,
} as const satisfies Issue;
