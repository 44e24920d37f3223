import { anyMacos, everyMethod, neverNotified, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';

export const insufficientJoinPermissionsSilent = {
  id: 'insufficient-join-permissions-silent',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  providers: onlyEntra,
  reliability: 'heuristic',
  cadence: neverNotified,
  possibleCauseOf: registrations,
  settingsLink: null,
} as const satisfies Issue;
