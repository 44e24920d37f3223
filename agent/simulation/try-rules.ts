import type { Organisation, OwnIssue } from '../issues/organisation.ts';
import { toIso } from '../shared/time.ts';
import { replay } from './replay.ts';
import type { Scenario } from './scenario.ts';

/** One change of what a rule says in a scenario. */
export interface RuleLine {
  /** ISO 8601, UTC, on the virtual clock. */
  readonly at: string;
  readonly rule: string;
  readonly says: 'holds' | 'does not hold' | 'unknown' | 'opens' | 'closes';
  /** The values that the condition read; of `unknown` those that are known. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** Why it is unknown. */
  readonly unknown: readonly string[];
}

/**
 * Replays a scenario with the rules of an organisation. Passes each change of what they say to `onLine`: when
 * a condition begins or ends to hold or is unknown, and when the issue would open and close.
 */
export async function tryRules(
  organisation: Organisation,
  scenario: Scenario,
  onLine: (line: RuleLine) => void,
): Promise<void> {
  const ids = new Set(organisation.own.map(({ id }) => id));
  await replay(scenario, {
    organisation: { ...organisation, own: organisation.own.map((issue) => watched(issue, onLine)) },
    onActivity: (what) => {
      if (what.type !== 'event' || what.event.issue === null || !ids.has(what.event.issue)) return;
      const { at, kind, issue } = what.event;
      const line = { at: toIso(at), rule: issue, values: {}, unknown: [] };
      if (kind === 'issue-opened') onLine({ ...line, says: 'opens' });
      if (kind === 'issue-resolved') onLine({ ...line, says: 'closes' });
    },
  });
}

/** Judges once more in each full poll: the verdict of the detector does not name why it is unknown. */
function watched(issue: OwnIssue, onLine: (line: RuleLine) => void): OwnIssue {
  const { detect, judge } = issue;
  if (detect === undefined) return issue;
  let last = '';
  return {
    ...issue,
    detect: (input) => {
      const { holds, values, unknown } = judge(input);
      const says = holds === 'unknown' ? 'unknown' : holds ? 'holds' : 'does not hold';
      const now = [says, ...unknown].join(' ');
      if (now !== last) onLine({ at: toIso(input.now), rule: issue.id, says, values, unknown });
      last = now;
      return detect(input);
    },
  };
}
