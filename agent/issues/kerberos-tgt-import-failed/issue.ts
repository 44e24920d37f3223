import { configurationIssue, everyMethod, sinceMacos14 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectFailedTicketImport } from './detector.ts';

export const kerberosTgtImportFailed = {
  id: 'kerberos-tgt-import-failed',
  severity: 'medium',
  methods: everyMethod,
  macos: sinceMacos14,
  breaksSignIn: false,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: [],
  detect: detectFailedTicketImport,
} as const satisfies Issue;
