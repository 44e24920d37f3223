import { build } from 'plist';
import { dictionaryOf, numberOf } from '../../parse/dictionary.ts';
import { isGuid } from '../../parse/guid.ts';
import { dictionaryOfXml } from '../../parse/plist-dictionary.ts';
import { findXmlPlist } from '../../parse/plist-xml.ts';
import type { PlistValue } from '../../redact/plist-value.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { replaced } from '../../redact/values.ts';
import { parsePasswordPolicy, policyCategories } from './parse-password-policy.ts';
import { recognisePredicate } from './password-predicate.ts';

const banner = 'Getting global account policies\n';

/**
 * The output of `pwpolicy -getaccountpolicies`, with the same rules and nothing else. Names and descriptions
 * of rules are an admin's own words. A rule that the parser can't read is replaced by one that it can't read
 * for the same reason.
 */
export function redactPasswordPolicy(text: string, redactor: Redactor): string {
  const found = findXmlPlist(text);
  if (found === null) return unreadable(text);
  const policies = dictionaryOfXml(found.xml);
  if (policies === null) return `${banner}<plist version="1.0"><dict><wrong/></dict></plist>\n`;
  const made: { [key: string]: PlistValue } = {};
  let others = 0;
  for (const [name, entries] of Object.entries(policies)) {
    if (!name.startsWith('policyCategory')) continue;
    const known = policyCategories.has(name) ? name : `policyCategoryOther${++others}`;
    made[known] = Array.isArray(entries)
      ? entries.map((entry: unknown) => policy(entry, redactor))
      : replaced;
  }
  const second = findXmlPlist(text, found.end) === null ? '' : '<plist version="1.0"><dict/></plist>\n';
  return `${banner}${build(made)}\n${second}`;
}

/** The parser distinguishes several kinds of text without a policy. */
function unreadable(text: string): string {
  if (text.trim() === '') return '';
  if (/<(?:\?xml|plist)/.test(text)) return `${banner}<plist version="1.0"><dict>`;
  return parsePasswordPolicy(text).stricterThanIdp === null
    ? `${replaced}\n`
    : 'No global account policies have been set.\n';
}

function policy(entry: unknown, redactor: Redactor): PlistValue {
  const of = dictionaryOf(entry);
  if (of === null) return replaced;
  const { policyContent: content, policyIdentifier: identifier, policyParameters } = of;
  const parameters = policyParameters === undefined ? {} : dictionaryOf(policyParameters);
  const isPolicy =
    typeof content === 'string' &&
    (identifier === undefined || typeof identifier === 'string') &&
    parameters !== null;
  if (!isPolicy) return {};
  return {
    policyContent: contentOf(content, parameters),
    ...(identifier === undefined ? {} : { policyIdentifier: identifierOf(identifier, redactor) }),
    ...(policyParameters === undefined ? {} : { policyParameters: parametersOf(parameters, redactor) }),
  };
}

/**
 * A predicate with known words only is kept: it holds numbers and character classes. Another character
 * becomes a blank. Where a blank would make an unreadable predicate readable, it becomes `?`.
 */
function contentOf(content: string, parameters: Readonly<Record<string, unknown>>): string {
  const demands = JSON.stringify(recognisePredicate(content, parameters));
  const shown = [' ', '?']
    .map((instead) => content.replace(/[^\n\x20-\x7e]/g, instead).replace(/\d{7,}/g, '0'))
    .find((candidate) => {
      const said = recognisePredicate(candidate, parameters);
      return said !== null && JSON.stringify(said) === demands;
    });
  if (shown !== undefined) return shown;
  return /\bpolicyAttributePassword\b/.test(content)
    ? "policyAttributePassword matches 'another expression'"
    : 'policyAttributeOther == 1';
}

const payloadKeys: ReadonlySet<string> = new Set(
  (
    'minLength allowSimple requireAlphanumeric minComplexChars pinHistory maxPINAgeInDays changeAtNextAuth ' +
    'maxFailedAttempts minutesUntilFailedLoginReset customRegex maxGracePeriod maxInactivity forcePIN'
  ).split(' '),
);

/** `ProfilePayload:<payload UUID>:<key>`, Apple's own, or a name that an admin gave. */
function identifierOf(identifier: string, redactor: Redactor): string {
  if (/^(?:com\.apple\.defaultpasswordpolicy(?:\.fde)?)?$/.test(identifier)) return identifier;
  const [prefix, ...parts] = identifier.split(':');
  if (prefix !== 'ProfilePayload' || parts.length === 0) return redactor.text(identifier);
  const shown = parts.map((part) => {
    if (part === '' || payloadKeys.has(part)) return part;
    return isGuid(part) ? redactor.guid(part) : 'other';
  });
  return `${prefix}:${shown.join(':')}`;
}

const parameterKeys: ReadonlySet<string> = new Set(
  (
    'minimumLength maximumLength minimumAlphaCharacters minimumAlphaCharactersUpperCase ' +
    'minimumAlphaCharactersLowerCase minimumNumericCharacters minimumSymbols minimumSymbolCharacters autoEnableInSeconds ' +
    'policyAttributeMaximumFailedAuthentications policyAttributeMaximumSequentialCharacters ' +
    'policyAttributeMaximumConsecutiveCharacters policyAttributePasswordHistoryDepth policyAttributeExpiresEveryNDays ' +
    'policyAttributeDaysUntilExpiration policyAttributeMinimumLifetimeHours policyAttributeNewPasswordRequiredTime'
  ).split(' '),
);

function parametersOf(
  parameters: Readonly<Record<string, unknown>>,
  redactor: Redactor,
): { [key: string]: PlistValue } {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]): [string, PlistValue] => {
      if (!parameterKeys.has(key)) return [redactor.field(key), replaced];
      return [key, numberOf(value) ?? replaced];
    }),
  );
}
