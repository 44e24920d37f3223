import { bundleIdentifier } from '../parse/bundle-identifier.ts';
import { isGuid } from '../parse/guid.ts';
import { isoOfPrinted } from '../parse/timestamp.ts';
import { publicBundles, publicTeams } from './public-names.ts';
import type { Redactor } from './redactor.ts';

/** The replacement of a text without a known form. No parser accepts it. */
export const replaced = '(replaced)';

/**
 * The forms that a text in a field may have, and its replacement. Without such a rule the field is replaced
 * whole.
 */
export type TextRule = (text: string, redactor: Redactor) => string;

export const instantText: TextRule = (text) => (isoOfPrinted(text) === null ? replaced : text);

export const versionText: TextRule = (text) => (/^\d{1,6}(?:\.\d{1,6}){0,3}$/.test(text) ? text : replaced);

/** One of these words, unchanged. */
export function oneOf(...words: readonly string[]): TextRule {
  const known = new Set(words);
  return (text) => (known.has(text) ? text : replaced);
}

/** One of these words, unchanged; any other text is replaced as a name. */
export function oneOfOrName(...words: readonly string[]): TextRule {
  const known = new Set(words);
  return (text, redactor) => (known.has(text) ? text : redactor.name(text));
}

export const nameText: TextRule = (text, redactor) => redactor.principal(text) ?? redactor.name(text);

export const principalText: TextRule = (text, redactor) => redactor.principal(text) ?? replaced;

export const keyText: TextRule = (text, redactor) =>
  /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? redactor.key(text) : replaced;

export const guidText: TextRule = (text, redactor) => (isGuid(text) ? redactor.guid(text) : replaced);

/** An extension's vendor decides which issues are possible, so the vendor part stays. */
export const bundleText: TextRule = (text, redactor) => {
  if (publicBundles.has(text)) return text;
  if (!bundleIdentifier.test(text)) return replaced;
  const vendor = /^com\.(?:microsoft|okta)\./.exec(text)?.[0] ?? 'example.';
  return `${vendor}${redactor.name(text)}.extension`;
};

export const teamText: TextRule = (text, redactor) =>
  publicTeams.has(text)
    ? text
    : redactor
        .key(text.replace(/[^A-Za-z0-9]/g, '') || 'team')
        .toUpperCase()
        .slice(0, 10);

const pathWords: ReadonlySet<string> = new Set(
  'common organizations consumers getkeydata oauth2 v1.0 v2.0 token discovery keys UserRealm adfs ls saml2 wsfed'.split(
    ' ',
  ),
);
const queries: ReadonlySet<string> = new Set(['api-version=1.0', 'checkForMicrosoftAccount=false']);

/** Scheme, host and path, each part known or replaced. User, port and fragment are dropped. */
export const urlText: TextRule = (text, redactor) => {
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return replaced;
  const path = url.pathname.split('/').map((encoded) => {
    const part = decoded(encoded);
    if (part === '' || pathWords.has(part)) return part;
    if (isGuid(part)) return redactor.guid(part);
    return part.endsWith('.onmicrosoft.com') ? redactor.domain(part) : redactor.name(part);
  });
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => queries.has(part));
  const scheme = url.protocol === 'https:' || url.protocol === 'http:' ? url.protocol : 'https:';
  const root = text.endsWith('/') || url.pathname !== '/' ? path.join('/') : '';
  return `${scheme}//${redactor.domain(url.hostname)}${root}${query.length === 0 ? '' : `?${query.join('&')}`}`;
};

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
