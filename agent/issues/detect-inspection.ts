import type { DetectorInput } from '../detect/detector.ts';
import type { Verdict } from '../detect/issue-lifecycle.ts';
import type { Hosts } from '../shared/observation.ts';
import { minute } from '../shared/time.ts';
import { hasTroubleOfHosts } from './trouble-of-hosts.ts';

/** The distance of two probes (observe/reread-on-trouble.ts): a captive portal is gone by then. */
const confirmedAfter = 15 * minute;

/**
 * A host that is not reached, or shows the certificate of another host, is no inspection and no proof against
 * one. Without an issue that the hosts can cause, nothing is probed, and the inspection is no issue.
 */
export function detectInspection(
  { observation: { hosts }, memory }: DetectorInput,
  kind: keyof Hosts,
  summary: string,
): Verdict {
  if (!hosts.ok) return hosts.reason === 'off' && !hasTroubleOfHosts(memory) ? null : 'unknown';
  const inspected = hosts.value[kind];
  if (inspected === null) return 'unknown';
  if (inspected.length === 0) return null;
  return {
    severity: 'high',
    summary,
    evidence: { inspectedHosts: inspected },
    key: 'inspected',
    confirmAfter: confirmedAfter,
  };
}
