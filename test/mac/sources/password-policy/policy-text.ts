import { build } from 'plist';
import { parsePasswordPolicy } from '../../../../agent/mac/sources/password-policy/parse-password-policy.ts';

export interface Entry {
  content: string;
  identifier?: string;
  parameters?: Record<string, number>;
}

export interface Categories {
  authentication?: Entry[];
  content?: Entry[];
  change?: Entry[];
}

/** What `pwpolicy -getaccountpolicies` prints for these policies: the banner, then the property list. */
export function policyText({ authentication, content, change }: Categories): string {
  const list = (entries: Entry[]) =>
    entries.map((entry) => ({
      policyContent: entry.content,
      policyContentDescription: { en: 'What the rule says.', de: 'Was die Regel sagt.' },
      ...(entry.identifier === undefined ? {} : { policyIdentifier: entry.identifier }),
      ...(entry.parameters === undefined ? {} : { policyParameters: entry.parameters }),
    }));
  const dictionary = {
    ...(authentication === undefined ? {} : { policyCategoryAuthentication: list(authentication) }),
    ...(content === undefined ? {} : { policyCategoryPasswordContent: list(content) }),
    ...(change === undefined ? {} : { policyCategoryPasswordChange: list(change) }),
  };
  return `Getting global account policies\n${build(dictionary)}\n`;
}

/** A rule of a passcode profile that an MDM installed. */
export function byProfile(rule: string): string {
  return `ProfilePayload:5B0D3C36-11A7-4A4F-9C0E-6C7C1B1D2E3F:${rule}`;
}

export function matches(expression: string): string {
  return `policyAttributePassword matches '${expression}'`;
}

/** What the parser says of a policy for a new password's content. */
export function ofContent(...content: Entry[]) {
  return parsePasswordPolicy(policyText({ content }));
}
