import { anyMacos, configurationIssue, everyMethod, onlyEntra } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectNewDeviceId } from './detector.ts';

export const deviceComplianceLostNewDeviceId = {
  id: 'device-compliance-lost-new-device-id',
  severity: 'low',
  methods: everyMethod,
  providers: onlyEntra,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'heuristic',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectNewDeviceId,
} as const satisfies Issue;
