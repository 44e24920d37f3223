import { changeBeforeText, changesBefore, evidenceOf, evidenceOfEpisode } from '../history/evidence.ts';
import { type History, instantOf } from '../history/history.ts';
import { causeLine, causesOf, statedCauses } from '../history/stated-causes.ts';
import { entryOf } from '../issues/catalogue.ts';
import { isRegistrationStopped } from '../issues/notification-rules.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import type { Silences } from '../notify/silences.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { Language } from '../shared/languages.ts';
import { providerInRows } from '../store/state-keys.ts';
import { textParameters } from '../texts/text-parameters.ts';
import { notifiableIssueOf, userText } from '../texts/user-texts.ts';
import type { Advice, IssueReport } from './report.ts';

/** Every episode of every issue, the open ones first, then the newest. */
export function issueReports(
  { issues, evidence: history, state }: History,
  silences: Silences,
  titleOf: (issue: string) => string,
): IssueReport[] {
  const provider = providerInRows(state);
  return issues
    .flatMap((row) => {
      const openedAt = instantOf(row.opened_at);
      if (openedAt === null) return [];
      const evidence = evidenceOfEpisode(row, history);
      const [best] = statedCauses(evidence, provider);
      return [
        {
          id: row.issue,
          title: titleOf(row.issue),
          severity: row.severity,
          open: row.status === 'open',
          openedAt,
          resolvedAt: instantOf(row.resolved_at),
          summary: row.summary,
          silencedUntil: row.status === 'open' ? (silences[row.issue] ?? null) : null,
          cause: best === undefined ? '' : causeLine(best),
          before: changesBefore(evidence ?? {}).map((change) => ({
            at: change.at,
            text: changeBeforeText(change),
          })),
        },
      ];
    })
    .sort((one, other) => Number(other.open) - Number(one.open) || other.openedAt - one.openedAt);
}

/** Advice by issue id; an issue that this version does not know has none. */
export function issueAdvice(
  { issues, evidence: history, state }: History,
  language: Language,
  organisation: Organisation = noOrganisation,
): Readonly<Record<string, Advice>> {
  const provider = providerInRows(state);
  const ids = new Set(issues.map(({ issue }) => issue));
  const known = [...ids].flatMap((id): [string, Advice][] => {
    const advice = adviceOf(id, history, provider, { language, organisation });
    return advice === null ? [] : [[id, advice]];
  });
  return Object.fromEntries(known);
}

function adviceOf(
  id: string,
  history: History['evidence'],
  provider: IdentityProvider,
  { language, organisation }: { language: Language; organisation: Organisation },
): Advice | null {
  const entry = entryOf(id, provider, organisation);
  if (entry === null) return null;
  const evidence = evidenceOf(id, history);
  return {
    meaning: entry.meaning,
    reliability: entry.reliabilityNote,
    user:
      notifiableIssueOf(id, organisation) === id && !isRegistrationStopped(evidence)
        ? userText(id, language, textParameters(evidence, provider), organisation).steps
        : [],
    admin: [entry.admin.text, ...entry.admin.steps],
    confirm: entry.admin.confirm,
    causes: causesOf(id, evidence, provider).map((cause) => ({
      title: causeLine(cause),
      remedyFirst: cause.remedyFirst,
      confirm: entryOf(cause.id, provider)?.admin.confirm ?? [],
    })),
    links: entry.links,
  };
}
