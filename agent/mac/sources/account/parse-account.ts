import type { Account } from '../../../shared/observation.ts';
import { type Iso, toIso } from '../../../shared/time.ts';
import { type Dictionary, dictionaryOf, numberOf } from '../../parse/dictionary.ts';
import { dictionaryOfXml } from '../../parse/plist-dictionary.ts';
import { findXmlPlist } from '../../parse/plist-xml.ts';
import { isoOfPrinted } from '../../parse/timestamp.ts';
import { hasPolicies, passwordPolicyIn } from '../password-policy/parse-password-policy.ts';

const policyKeys = ['creationTime', 'passwordLastSetTime', 'failedLoginCount', 'failedLoginTimestamp'];
/** In a separate property list, or as text within another. */
const policyBegins = /(?:<|&lt;)key(?:>|&gt;)passwordLastSetTime\b/g;
const policyName = /(?:^|:)accountPolicyData$/i;
const identitiesName = /(?:^|:)AltSecurityIdentities$/i;

/**
 * Parses what dscl prints of one account: `dscl -plist . -read …`, `dscl . -read …` (whole record or single
 * attributes), `dscl . -readpl …`, or the account policy data alone. Times are seconds since 1970, 0 for
 * never. Of the alternative identities only the presence of a Platform SSO identity is returned: names stay
 * here. Policies of the account itself stand in the same data. Never throws.
 *
 * `PlatformSSO:` as the prefix: the constant in Apple's PlatformSSO framework, which community scripts use
 * too.
 */
export function parseAccount(text: string): Account {
  const warnings: string[] = [];
  const record = recordOf(text);
  const policy = record === null ? policyInText(text) : policyInRecord(record);
  if (policy === 'malformed') warnings.push("The account policy data can't be understood.");
  else if (policy === null) warnings.push('There is no account policy data in this text.');
  else if (!policyKeys.some((key) => key in policy) && !hasPolicies(policy))
    warnings.push('There is no account policy data in this text.');
  const outputs = text.match(policyBegins)?.length ?? 0;
  if (outputs > 1) warnings.push(`There are ${outputs} outputs, one after another: the first one was taken.`);
  const data: Dictionary = policy === 'malformed' || policy === null ? {} : policy;
  const time = (name: string): Iso | null => {
    const instant = instantOf(data[name]);
    if (instant === 'malformed') warnings.push(`${name} is not a time.`);
    return instant === 'malformed' ? null : instant;
  };
  const saidAbsent = /No such key:\s*(?:dsAttrType\w+:)?AltSecurityIdentities\b/i.test(text);
  const linked = record === null ? linkedInText(text) : linkedInRecord(record);
  return {
    createdAt: time('creationTime'),
    passwordLastSetAt: time('passwordLastSetTime'),
    failedLoginCount: numberOf(data.failedLoginCount),
    failedLoginAt: time('failedLoginTimestamp'),
    platformSsoLinked: linked ?? (saidAbsent ? false : null),
    ...(isNetworkAccount(text) ? { networkAccount: true } : {}),
    ...(hasPolicies(data) ? { ownPasswordPolicy: passwordPolicyIn(data) } : {}),
    warnings,
  };
}

/**
 * AuthenticationAuthority of an account of a directory: `;LocalCachedUser;/Active Directory/…` of a mobile
 * account, `;NetLogon` of one without a home on this Mac. The names in it stay here.
 */
function isNetworkAccount(text: string): boolean {
  return /;(?:LocalCachedUser|NetLogon);/.test(text);
}

/** The attributes when the text is dscl's property list form, else null. */
function recordOf(text: string): Dictionary | null {
  const found = findXmlPlist(text);
  if (found === null) return null;
  const record = dictionaryOfXml(found.xml);
  if (record === null) return null;
  return Object.keys(record).some(
    (name) => policyName.test(name) || identitiesName.test(name) || name.startsWith('dsAttrType'),
  )
    ? record
    : null;
}

function policyInRecord(record: Dictionary): Dictionary | 'malformed' | null {
  const name = Object.keys(record).find((key) => policyName.test(key));
  if (name === undefined) return null;
  const value = record[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const text = first instanceof Uint8Array ? Buffer.from(first).toString('utf8') : first;
  const found = typeof text === 'string' ? findXmlPlist(text) : null;
  return (found === null ? dictionaryOf(first) : dictionaryOfXml(found.xml)) ?? 'malformed';
}

/**
 * A whole record may hold other property lists (a linked Apple Account): the attribute's own is the one after
 * its name.
 */
function policyInText(text: string): Dictionary | 'malformed' | null {
  const attribute = /^(?:dsAttrType\w+:)?accountPolicyData:/im.exec(text);
  const found = findXmlPlist(text, attribute?.index ?? 0);
  if (found !== null) return dictionaryOfXml(found.xml) ?? 'malformed';
  return policyInLines(text) ?? (attribute !== null || /<(?:\?xml|plist)/.test(text) ? 'malformed' : null);
}

/**
 * `dscl -readpl` prints single values: `passwordLastSetTime: 1795760000.75`. Tools print dates too, such as
 * `2026-11-27 06:13:20 +0000`.
 */
const policyLine = new RegExp(
  String.raw`\b(${policyKeys.join('|')})"?[ \t]*(?::|=>?)[ \t]*"?(?:(\d{1,12}(?:[.,]\d{1,20})?)(?![\w.:/-]|,\d)|(\d{4}-\d\d-\d\d[T ][\d:.]{8,18} ?(?:Z|[+-]\d\d:?\d\d)))`,
  'g',
);

function policyInLines(text: string): Dictionary | null {
  const values = new Map<string, number | Date>();
  for (const [, name = '', digits, date = ''] of text.matchAll(policyLine)) {
    if (values.has(name)) continue;
    const instant = isoOfPrinted(date);
    if (digits !== undefined) values.set(name, Number(digits.replace(',', '.')));
    else if (instant !== null) values.set(name, new Date(instant));
  }
  return values.size === 0 ? null : Object.fromEntries(values);
}

function linkedInRecord(record: Dictionary): boolean | null {
  const name = Object.keys(record).find((key) => identitiesName.test(key));
  if (name === undefined) return null;
  const value = record[name];
  const identities: readonly unknown[] = Array.isArray(value) ? value : [value];
  return identities.some((identity) => typeof identity === 'string' && identity.startsWith('PlatformSSO:'));
}

/** Values follow the name on its line, or each on a separate line below it, indented by one space. */
function linkedInText(text: string): boolean | null {
  const lines = text.split(/\r\n|\r|\n/);
  const at = lines.findIndex((line) => /^(?:dsAttrType\w+:)?AltSecurityIdentities:/i.test(line));
  if (at === -1) return null;
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => !line.startsWith(' '));
  const first = (lines[at] ?? '').replace(/^(?:dsAttrType\w+:)?AltSecurityIdentities:/i, '');
  return [first, ...(end === -1 ? below : below.slice(0, end))].some((line) =>
    /(?:^|\s)PlatformSSO:/.test(line),
  );
}

/** Seconds or a date of the years 1970 to 9999 as ISO 8601; null for never or absent. */
function instantOf(value: unknown): Iso | null | 'malformed' {
  if (value === undefined) return null;
  const seconds = value instanceof Date ? value.getTime() / 1000 : numberOf(value);
  if (seconds === 0) return null;
  if (seconds === null || !(seconds > 0 && seconds < 253_402_300_800)) return 'malformed';
  return toIso(Math.round(seconds * 1000));
}
