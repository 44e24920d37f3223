import { anyMacos, everyMethod, neverNotified, onlyEntra, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectUnknownExtension } from './detector.ts';

export const ssoExtensionNotRegisteredWithPluginkit = {
  id: 'sso-extension-not-registered-with-pluginkit',
  providers: onlyEntra,
  severity: 'high',
  methods: everyMethod,
  macos: anyMacos,
  reliability: 'likely',
  cadence: neverNotified,
  possibleCauseOf: [
    ...registrations,
    'sso-tokens-missing',
    'sso-tokens-expired',
    'sso-token-refresh-overdue',
  ],
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
  reads: ['extensions'],
  detect: detectUnknownExtension,
} as const satisfies Issue;
