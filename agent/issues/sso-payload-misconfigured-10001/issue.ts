import { anyMacos, everyMethod, neverNotified, unfinishedRegistrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMisconfiguredPayload } from './detector.ts';

export const ssoPayloadMisconfigured10001 = {
  id: 'sso-payload-misconfigured-10001',
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: unfinishedRegistrations,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectMisconfiguredPayload,
} as const satisfies Issue;
