// causes/: what changed since the last confirmed good moment, and which change can cause which issue.
// `explainFinding` adds the ranked causes to a finding.

import type { DetectorInput } from '../detect/detector.ts';
import type { Finding } from '../detect/issue-lifecycle.ts';
import type { Json } from '../shared/event.ts';
import { toIso } from '../shared/time.ts';
import { beginOf, changesSinceLastGood, lastGoodBefore } from './changes-since-last-good.ts';
import { rankedCauses } from './ranked-causes.ts';

/** Adds to a finding what changed before it, and the causes among those changes, the best first. */
export function explainFinding(issue: string, finding: Finding, input: DetectorInput): Finding {
  const begin = beginOf(issue, input);
  const changes = changesSinceLastGood(input, begin);
  const { causes, isExpected } = rankedCauses(issue, changes, input, lastGoodBefore(input, begin));
  return {
    ...finding,
    severity: isExpected ? 'info' : finding.severity,
    evidence: {
      causes: causes.map((cause) => ({ ...cause })),
      ...finding.evidence,
      changesBefore: changes.map(
        ({ kind, at, from, to, wall, active }): Json => ({
          kind,
          at: toIso(at),
          from,
          to,
          secondsBefore: Math.round(wall / 1000),
          activeSecondsBefore: active === null ? null : Math.round(active / 1000),
        }),
      ),
    },
  };
}
