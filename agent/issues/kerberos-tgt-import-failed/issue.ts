import { everyMethod, neverNotified, sinceMacos14 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectFailedTicketImport } from './detector.ts';

export const kerberosTgtImportFailed = {
  id: 'kerberos-tgt-import-failed',
  severity: 'medium',
  methods: everyMethod,
  macos: sinceMacos14,
  breaksSignIn: false,
  reliability: 'definite',
  cadence: neverNotified,
  possibleCauseOf: [],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  detect: detectFailedTicketImport,
} as const satisfies Issue;
