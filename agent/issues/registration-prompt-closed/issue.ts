import { anyMacos, everyMethod, neverNotified, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';

export const registrationPromptClosed = {
  id: 'registration-prompt-closed',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'heuristic',
  cadence: neverNotified,
  possibleCauseOf: registrations,
  settingsLink: null,
} as const satisfies Issue;
