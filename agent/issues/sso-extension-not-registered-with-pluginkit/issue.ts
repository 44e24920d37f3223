import { anyMacos, configurationIssue, everyMethod, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnknownExtension } from './detector.ts';

export const ssoExtensionNotRegisteredWithPluginkit = {
  id: 'sso-extension-not-registered-with-pluginkit',
  providers: onlyEntra,
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [
    ...registrations,
    'sso-tokens-missing',
    'sso-tokens-expired',
    'sso-token-refresh-overdue',
  ],
  reads: ['extensions'],
  detect: detectUnknownExtension,
} as const satisfies Issue;
