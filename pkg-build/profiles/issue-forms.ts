import type { PlistValue } from 'plist';
import { issues } from '../../agent/issues/issues.ts';
import { reminderWords } from '../../agent/issues/organisation.ts';
import { fieldsForUser, longest, mostSteps } from '../../agent/rules/issue-fields.ts';
import { severities } from '../../agent/shared/event.ts';
import { languages } from '../../agent/shared/languages.ts';
import { linkSchemes, longestLink } from '../../agent/shared/links.ts';

/**
 * The setting Issues as a form: what can be set for each issue of the catalogue. A form has no place for ids
 * that the admin invents, so own issues need a profile, a property list or a file (docs/admin/rules.md).
 */

type Form =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'line'; readonly longest: number }
  | { readonly kind: 'lines'; readonly longest: number }
  | { readonly kind: 'link' };

const forms: Readonly<Record<string, Form>> = {
  Enabled: { kind: 'switch' },
  Severity: { kind: 'choice', of: severities },
  Cadence: { kind: 'choice', of: reminderWords },
  Title: { kind: 'line', longest: longest.title },
  Text: { kind: 'line', longest: longest.text },
  Steps: { kind: 'lines', longest: longest.step },
  Link: { kind: 'link' },
};

/** Texts are by language: one of the user's other languages keeps the text of the catalogue. */
const byLanguage: readonly string[] = ['Title', 'Text', 'Steps'];

function fieldsOf(audience: string | undefined): [string, Form][] {
  const forUser: readonly string[] = fieldsForUser;
  return Object.entries(forms).filter(([name]) => audience !== 'admin' || !forUser.includes(name));
}

const changeable = issues.filter(({ detect }) => detect !== undefined);

export function issuesOfJamf(): object {
  const properties = changeable.map(({ id, audience }) => {
    const fields = fieldsOf(audience).map(([name, form]) => [name, jamfField(name, form)] as const);
    return [id, { title: id, type: 'object', properties: Object.fromEntries(fields) }] as const;
  });
  return { type: 'object', properties: Object.fromEntries(properties) };
}

function jamfField(name: string, form: Form): object {
  if (!byLanguage.includes(name)) return { title: name, ...jamfType(form) };
  const properties = languages.map((language) => [language, { title: language, ...jamfType(form) }]);
  return { title: name, type: 'object', properties: Object.fromEntries(properties) };
}

function jamfType(form: Form): object {
  switch (form.kind) {
    case 'switch':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: form.of };
    case 'line':
      return { type: 'string', maxLength: form.longest };
    case 'lines':
      return { type: 'array', maxItems: mostSteps, items: { type: 'string', maxLength: form.longest } };
    case 'link':
      return { type: 'string', pattern: `^(${linkSchemes.join('|')}):`, maxLength: longestLink };
  }
}

type Dictionary = Record<string, PlistValue>;

export function issuesOfManifest(): Dictionary[] {
  return changeable.map(({ id, audience }) => ({
    pfm_name: id,
    pfm_title: id,
    pfm_type: 'dictionary',
    pfm_subkeys: fieldsOf(audience).map(([name, form]) => manifestField(name, form)),
  }));
}

function manifestField(name: string, form: Form): Dictionary {
  const named = { pfm_name: name, pfm_title: name };
  if (!byLanguage.includes(name)) return { ...named, ...manifestType(form) };
  const subkeys = languages.map((language) => ({
    pfm_name: language,
    pfm_title: language,
    ...manifestType(form),
  }));
  return { ...named, pfm_type: 'dictionary', pfm_subkeys: subkeys };
}

function manifestType(form: Form): Dictionary {
  switch (form.kind) {
    case 'switch':
      return { pfm_type: 'boolean' };
    case 'choice':
      return { pfm_type: 'string', pfm_range_list: [...form.of] };
    case 'line':
      return { pfm_type: 'string' };
    case 'lines':
      return {
        pfm_type: 'array',
        pfm_subkeys: [{ pfm_name: 'Step', pfm_title: 'Step', pfm_type: 'string' }],
      };
    case 'link':
      return { pfm_type: 'string', pfm_format: `^(${linkSchemes.join('|')}):.*$` };
  }
}
