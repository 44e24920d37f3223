import { evidenceOf, possibleCausesGiven } from '../history/evidence.ts';
import { type History, instantOf } from '../history/history.ts';
import { entryOf } from '../issues/catalogue.ts';
import { isStoppedByProfile } from '../issues/notification-rules.ts';
import { historyChangeKinds } from '../shared/changes.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { day } from '../shared/time.ts';
import { providerInRows } from '../store/state-keys.ts';
import { textParameters } from '../texts/text-parameters.ts';
import { notifiableIssueOf, userText } from '../texts/user-texts.ts';
import type { Advice, IssueReport } from './report.ts';

/** Every episode of every issue, the open ones first, then the newest. */
export function issueReports({ issues, events, state }: History): IssueReport[] {
  const provider = providerInRows(state);
  const changes = events.flatMap((event, index) => {
    const at = historyChangeKinds.has(event.kind) ? instantOf(event.at) : null;
    return at === null ? [] : [{ at, index }];
  });
  return issues
    .flatMap((row) => {
      const openedAt = instantOf(row.opened_at);
      if (openedAt === null) return [];
      return [
        {
          id: row.issue,
          title: entryOf(row.issue, provider)?.title ?? row.issue,
          severity: row.severity,
          open: row.status === 'open',
          openedAt,
          resolvedAt: instantOf(row.resolved_at),
          summary: row.summary,
          before: changes
            .filter(({ at }) => at <= openedAt && openedAt - at <= day)
            .map(({ index }) => index),
        },
      ];
    })
    .sort((one, other) => Number(other.open) - Number(one.open) || other.openedAt - one.openedAt);
}

/** Advice by issue id; an issue that this version does not know has none. */
export function issueAdvice({ issues, events, state }: History): Readonly<Record<string, Advice>> {
  const provider = providerInRows(state);
  const ids = new Set(issues.map(({ issue }) => issue));
  const known = [...ids].flatMap((id): [string, Advice][] => {
    const advice = adviceOf(id, events, provider);
    return advice === null ? [] : [[id, advice]];
  });
  return Object.fromEntries(known);
}

function adviceOf(id: string, events: History['events'], provider: IdentityProvider): Advice | null {
  const entry = entryOf(id, provider);
  if (entry === null) return null;
  const evidence = evidenceOf(id, events);
  return {
    meaning: entry.meaning,
    reliability: entry.reliabilityNote,
    user:
      notifiableIssueOf(id) === id && !isStoppedByProfile(evidence)
        ? userText(id, 'en', textParameters(evidence, provider)).steps
        : [],
    admin: [entry.admin.text, ...entry.admin.steps],
    confirm: entry.admin.confirm,
    causes: possibleCausesGiven(id, evidence, provider).map(({ title, admin }) => ({
      title,
      confirm: admin.confirm,
    })),
    links: entry.links,
  };
}
