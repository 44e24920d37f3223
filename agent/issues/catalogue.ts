import type { EpochMs } from '../shared/time.ts';
import type { Article } from './article.ts';
import { articles } from './articles.ts';
import type { CatalogueEntry } from './catalogue-schema.ts';
import type { Issue } from './issue.ts';
import { issues } from './issues.ts';
import { type CatalogueProblem, problemsIn } from './validate-catalogue.ts';

/** `psso-not-registered` → `pssoNotRegistered`. */
function detectorName(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function entryFrom(issue: Issue, article: Article): CatalogueEntry {
  const { id, severity, macos, reliability, settingsLink, cadence } = issue;
  return {
    severity,
    methods: [...issue.methods],
    macos,
    reliability,
    cadence: { ...cadence, repeatAfterSeconds: [...cadence.repeatAfterSeconds] },
    possibleCauseOf: [...issue.possibleCauseOf],
    settingsLink,
    id,
    title: article.title,
    meaning: article.meaning,
    reliabilityNote: article.reliabilityNote,
    detector: issue.detect === undefined ? null : detectorName(id),
    evidenceNote: article.evidenceNote,
    admin: {
      text: article.admin.text,
      steps: [...article.admin.steps],
      confirm: [...article.admin.confirm],
    },
    links: [...article.links],
    fixedIn: article.fixedIn,
    reviewBy: article.reviewBy,
  };
}

/** Every known issue with its article, for commands. The agent loads issues.ts alone. */
export const catalogue: readonly CatalogueEntry[] = issues.map((issue) =>
  entryFrom(issue, articles[issue.id]),
);

/** Null: the catalogue has no such id. */
export function entryOf(id: string): CatalogueEntry | null {
  return catalogue.find((entry) => entry.id === id) ?? null;
}

/** The entries that an admin reads as possible causes of this issue. */
export function possibleCausesOf(id: string): readonly CatalogueEntry[] {
  return catalogue.filter((entry) => entry.possibleCauseOf.includes(id));
}

/** The problems of the catalogue on this day: malformed entries, and entries whose review is due. */
export function validateCatalogue(now: EpochMs): CatalogueProblem[] {
  return problemsIn(catalogue, now);
}
