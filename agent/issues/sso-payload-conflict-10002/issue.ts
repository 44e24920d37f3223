import { anyMacos, configurationIssue, everyMethod, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectPayloadConflict } from './detector.ts';

export const ssoPayloadConflict10002 = {
  id: 'sso-payload-conflict-10002',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: unfinishedRegistrations,
  detect: detectPayloadConflict,
} as const satisfies Issue;
