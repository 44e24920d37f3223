import {
  type IdentityProvider,
  identityProviders,
  type ProviderNames,
  providerNames,
} from '../shared/identity-provider.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Article, ArticleSource } from './article.ts';
import { articles } from './articles.ts';
import type { CatalogueEntry } from './catalogue-schema.ts';
import { anyMacos, everyMethod, neverNotified } from './fact-values.ts';
import { type Issue, isOfProvider } from './issue.ts';
import { issues } from './issues.ts';
import {
  type Localised,
  localised,
  noOrganisation,
  type Organisation,
  type OwnIssue,
} from './organisation.ts';
import type { UndetectedIssue } from './undetected/undetected-issue.ts';
import { undetectedIssues } from './undetected/undetected-issues.ts';
import { type CatalogueProblem, problemsIn } from './validate-catalogue.ts';

/** `psso-not-registered` → `pssoNotRegistered`. */
function detectorName(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** A page of another identity provider is of no use. One other than Microsoft has its own pages. */
function linksFor(links: Article['links'], idp: ProviderNames): CatalogueEntry['links'] {
  if (idp.id === 'entra') return links.filter(({ url }) => !/okta/i.test(url));
  const neutral = links.filter(({ title, url }) => !/microsoft|okta/i.test(title + url));
  const known = new Set(neutral.map(({ url }) => url));
  return [...idp.links.filter(({ url }) => !known.has(url)), ...neutral];
}

function entryFrom(issue: Issue, source: ArticleSource, idp: ProviderNames): CatalogueEntry {
  const article = typeof source === 'function' ? source(idp) : source;
  const { id, severity, macos, reliability, settingsLink, cadence } = issue;
  return {
    severity,
    methods: [...issue.methods],
    providers: [...(issue.providers ?? identityProviders)],
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
    detectable: issue.detect !== undefined,
    reason: issue.detect === undefined ? article.reliabilityNote : null,
    breaksSignIn: issue.breaksSignIn ?? true,
    evidenceNote: article.evidenceNote,
    admin: {
      text: article.admin.text,
      steps: [...article.admin.steps],
      confirm: [...article.admin.confirm],
    },
    links: linksFor(article.links, idp),
    fixedIn: article.fixedIn,
    reviewBy: article.reviewBy,
  };
}

/** An entry without a detector. Its texts name no other provider than its own. */
function undetectedEntry(issue: UndetectedIssue, idp: ProviderNames): CatalogueEntry {
  const { id, title, meaning, severity, reason, admin, kind } = issue;
  return {
    id,
    title,
    meaning,
    severity,
    reason,
    detector: null,
    detectable: false,
    breaksSignIn: issue.breaksSignIn ?? false,
    reliability: 'heuristic',
    reliabilityNote: reason,
    evidenceNote: kind === 'cause' ? 'Not opened: named as a cause.' : 'Not detected.',
    admin: { text: admin.text, steps: [...admin.steps], confirm: [...admin.confirm] },
    links: linksFor(issue.links, idp),
    fixedIn: issue.fixedIn ?? null,
    reviewBy: issue.reviewBy ?? '2027-10-31',
    methods: [...(issue.methods ?? everyMethod)],
    providers: [...(issue.providers ?? identityProviders)],
    macos: issue.macos ?? anyMacos,
    cadence: { ...neverNotified, repeatAfterSeconds: [] },
    possibleCauseOf: [...(issue.possibleCauseOf ?? [])],
    settingsLink: null,
  };
}

function catalogueOf(provider: IdentityProvider): readonly CatalogueEntry[] {
  const idp = providerNames(provider);
  return [
    ...issues
      .filter((issue) => isOfProvider(issue, provider))
      .map((issue) => entryFrom(issue, articles[issue.id], idp)),
    ...undetectedIssues
      .filter((issue) => isOfProvider(issue, provider))
      .map((issue) => undetectedEntry(issue, idp)),
  ];
}

/**
 * Every known issue with its article, for commands. The agent loads issues.ts alone. Without a Mac the words
 * are Entra's, except for an issue that Entra does not have.
 */
export const catalogue: readonly CatalogueEntry[] = [
  ...issues.map((issue) =>
    entryFrom(issue, articles[issue.id], providerNames(issue.providers?.[0] ?? 'entra')),
  ),
  ...undetectedIssues.map((issue) => undetectedEntry(issue, providerNames(issue.providers?.[0] ?? 'entra'))),
];

/** The issues that this identity provider can have, in its words. */
export const catalogueByProvider: Readonly<Record<IdentityProvider, readonly CatalogueEntry[]>> = {
  entra: catalogue.filter(({ providers }) => providers.includes('entra')),
  okta: catalogueOf('okta'),
  other: catalogueOf('other'),
};

/** The project makes no claim in an issue of the admin's. */
const neverReviewed = '9999-12-31';

/** An own issue of the admin's as an entry of the catalogue. */
function ownEntry(issue: OwnIssue, { changes }: Organisation): CatalogueEntry {
  const { id, severity, macos, cadence, condition, explanation } = issue;
  const words = changes[id];
  const inEnglish = <T>(of: Localised<T> | null | undefined): T | undefined =>
    localised(of, 'en') ?? Object.values(of ?? {})[0];
  const title = inEnglish(words?.title) ?? id;
  const text = explanation ?? inEnglish(words?.text) ?? title;
  return {
    id,
    severity,
    macos,
    title,
    meaning: text,
    cadence: { ...cadence, repeatAfterSeconds: [...cadence.repeatAfterSeconds] },
    methods: [...issue.methods],
    providers: [...identityProviders],
    reliability: issue.reliability,
    reliabilityNote: 'A rule of your organisation, read from the settings of this Mac.',
    evidenceNote: `Two full polls in which this holds: ${condition}`,
    detector: detectorName(id),
    detectable: true,
    reason: null,
    breaksSignIn: issue.breaksSignIn === true,
    admin: {
      text,
      steps: [...(inEnglish(words?.steps) ?? [text])],
      confirm: [`The condition: ${condition}`],
    },
    links: ownLinks(id, changes),
    fixedIn: null,
    reviewBy: neverReviewed,
    possibleCauseOf: [],
    settingsLink: null,
  };
}

function ownLinks(id: string, changes: Organisation['changes']): CatalogueEntry['links'] {
  const link = changes[id]?.link ?? null;
  return link?.startsWith('https://') === true ? [{ title: 'Your organisation', url: link }] : [];
}

function withChange(entry: CatalogueEntry, { changes }: Organisation): CatalogueEntry {
  const change = changes[entry.id];
  if (change === undefined) return entry;
  const severity = change.severity ?? entry.severity;
  return { ...entry, severity, links: [...ownLinks(entry.id, changes), ...entry.links] };
}

/** The catalogue of this Mac: with what the organisation set, and with its own issues. */
export function catalogueOn(organisation: Organisation): readonly CatalogueEntry[] {
  return [
    ...catalogue.map((entry) => withChange(entry, organisation)),
    ...organisation.own.map((issue) => ownEntry(issue, organisation)),
  ];
}

/**
 * An entry in the words of an identity provider; of an issue that the provider does not have, in those of one
 * that does. Null: the catalogue has no such id.
 */
export function entryOf(
  id: string,
  provider: IdentityProvider = 'entra',
  organisation: Organisation = noOrganisation,
): CatalogueEntry | null {
  const ofId = (entry: { readonly id: string }) => entry.id === id;
  const own = organisation.own.find(ofId);
  if (own !== undefined) return ownEntry(own, organisation);
  const entry = catalogueByProvider[provider].find(ofId) ?? catalogue.find(ofId);
  return entry === undefined ? null : withChange(entry, organisation);
}

/** The entries that an admin reads as possible causes of this issue with this identity provider. */
export function possibleCausesOf(
  id: string,
  provider: IdentityProvider = 'entra',
): readonly CatalogueEntry[] {
  return catalogueByProvider[provider].filter((entry) => entry.possibleCauseOf.includes(id));
}

/** The problems of the catalogue on this day: malformed entries, and entries whose review is due. */
export function validateCatalogue(now: EpochMs): CatalogueProblem[] {
  return problemsIn(catalogue, now);
}
