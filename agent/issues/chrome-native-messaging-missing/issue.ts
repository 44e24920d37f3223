import { anyMacos, configurationIssue, everyMethod, onlyEntra } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectMissingChromeHost } from './detector.ts';

export const chromeNativeMessagingMissing = {
  id: 'chrome-native-messaging-missing',
  providers: onlyEntra,
  severity: 'medium',
  methods: everyMethod,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'definite',
  ...configurationIssue,
  possibleCauseOf: [],
  reads: ['chromeHost'],
  detect: detectMissingChromeHost,
} as const satisfies Issue;
