import { anyMacos, everyMethod, neverNotified } from '../fact-values.ts';
import type { Issue } from '../issue.ts';

export const registrationPromptClosed = {
  id: 'registration-prompt-closed',
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'heuristic',
  cadence: neverNotified,
  possibleCauseOf: [
    'psso-not-registered',
    'registration-long-running-macos14',
    'registration-long-running-macos13',
    'registration-needs-repair',
    'deregister-reregister-macos13',
  ],
  settingsLink: null,
} as const satisfies Issue;
