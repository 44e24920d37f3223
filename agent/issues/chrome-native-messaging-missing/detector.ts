import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { isExemptAccount } from '../microsoft-extension.ts';

export function detectMissingChromeHost(input: DetectorInput): Verdict {
  const { facts, observation } = input;
  const { chromeHost } = observation;
  if (facts === null || !chromeHost.ok) return 'unknown';
  if (facts.registration !== 'complete' || isExemptAccount(input)) return null;
  if (chromeHost.value !== false) return null;
  return {
    severity: 'medium',
    summary: 'Chrome has no com.microsoft.browsercore.json, so it can’t reach Company Portal.',
    evidence: { missingFile: 'com.microsoft.browsercore.json' },
    key: 'missing',
  };
}
