import { configurationIssue, onlyEntra, sinceMacos14 } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectAutoFillOff } from './detector.ts';

export const passkeyProviderDisabled = {
  id: 'passkey-provider-disabled',
  providers: onlyEntra,
  severity: 'low',
  methods: ['secureEnclaveKey'],
  macos: sinceMacos14,
  breaksSignIn: false,
  reliability: 'likely',
  ...configurationIssue,
  possibleCauseOf: [],
  reads: ['extensions'],
  detect: detectAutoFillOff,
} as const satisfies Issue;
