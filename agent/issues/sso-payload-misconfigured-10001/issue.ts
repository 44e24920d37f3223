import { anyMacos, configurationIssue, everyMethod, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMisconfiguredPayload } from './detector.ts';

export const ssoPayloadMisconfigured10001 = {
  id: 'sso-payload-misconfigured-10001',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: unfinishedRegistrations,
  detect: detectMisconfiguredPayload,
} as const satisfies Issue;
