import { anyMacos, everyMethod, neverNotified, onlyEntra } from '../fact-values.ts';
import type { Issue } from '../issue.ts';

export const insufficientJoinPermissionsSilent = {
  id: 'insufficient-join-permissions-silent',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  providers: onlyEntra,
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
