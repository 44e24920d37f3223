// rules/: the admin's own issues: what a profile or a file sets, the fields of a condition, and CEL.
// The agent loads it only where one is set.

import type { Verdict } from '../detect/issue-lifecycle.ts';
import { after, anyMacos, everyMethod, neverNotified } from '../issues/fact-values.ts';
import { issueIds, issueOf } from '../issues/issues.ts';
import {
  type IssueChange,
  isOwnId,
  type Judgement,
  localisedInAny,
  type Organisation,
  type OwnIssue,
  ownPrefix,
} from '../issues/organisation.ts';
import { defaultLanguage } from '../shared/languages.ts';
import { nearestOf } from '../shared/nearest.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { day, minute } from '../shared/time.ts';
import { fieldsForUser, fieldsOfOwnIssue, type IssueFields, issueFields } from './issue-fields.ts';
import type { Condition } from './rule-engine.ts';

/** More is a mistake of what writes the setting, and would cost each poll. */
export const mostIssues = 100;
export const mostRules = 50;
export const largestEntry = 16 * 1024;
export const mostMistakes = 30;

/** The entries of one place: the setting Issues, or one file. `place` begins each mistake. */
export interface IssueSource {
  readonly place: string;
  readonly entries: Readonly<Record<string, unknown>>;
}

export interface OwnIssues extends Pick<Organisation, 'changes' | 'off' | 'own'> {
  /** One sentence each. */
  readonly mistakes: readonly string[];
}

interface Reading {
  readonly changes: Record<string, IssueChange>;
  readonly off: string[];
  readonly own: OwnIssue[];
  readonly mistakes: string[];
}

/**
 * What the admin set for issues. Of two entries for one id, that of the first source counts. A mistake costs
 * one field or one rule, and never the others.
 */
export async function ownIssues(sources: readonly IssueSource[]): Promise<OwnIssues> {
  const reading: Reading = { changes: {}, off: [], own: [], mistakes: [] };
  const seen = new Set<string>();
  let compile: ((source: string) => Condition) | null = null;
  for (const { place, entries } of sources) {
    for (const [id, entry] of Object.entries(entries)) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (seen.size > mostIssues) continue;
      const say = (mistake: string) =>
        reading.mistakes.push(`${place}, ${sanitiseLine(id, 60)}: ${mistake}.`);
      const fields = fieldsOf(id, entry, say);
      if (fields === null) continue;
      if (!isOwnId(id)) {
        readChange(id, fields, entry, reading, say);
        continue;
      }
      if (fields.enabled === false) continue;
      // The engine is loaded for the first condition.
      compile ??= (await import('./rule-engine.ts')).conditionCompiler();
      readRule(id, fields, compile, reading, say);
    }
  }
  if (seen.size > mostIssues)
    reading.mistakes.push(`There are ${seen.size} entries for issues; the first ${mostIssues} count.`);
  return { ...reading, mistakes: bounded(reading.mistakes) };
}

/** Each is recorded as an event. */
function bounded(mistakes: readonly string[]): string[] {
  const more = mistakes.length - mostMistakes;
  if (more <= 0) return [...mistakes];
  return [...mistakes.slice(0, mostMistakes), `There are ${more} more mistakes in what is set for issues.`];
}

type Say = (mistake: string) => void;

/** Null: the entry is ignored as a whole. */
function fieldsOf(id: string, entry: unknown, say: Say): IssueFields | null {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry) || entry instanceof Date) {
    say('it must be a dictionary of fields; it is ignored');
    return null;
  }
  if (sizeOf(entry) > largestEntry) {
    say(`it has more than ${largestEntry} characters; it is ignored`);
    return null;
  }
  if (
    isOwnId(id)
      ? !/^org-[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id.length > 60
      : issueOf(id)?.detect === undefined
  ) {
    say(whyNoId(id, Object.hasOwn(entry, 'When')));
    return null;
  }
  return issueFields({ ...entry }, say);
}

/** Of a property list, which can have large integers. */
function sizeOf(entry: object): number {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return JSON.stringify(entry, plain).length;
}

function whyNoId(id: string, isRule: boolean): string {
  if (isOwnId(id))
    return 'the id of an own issue has small letters, digits and single hyphens, and at most 60 characters';
  if (isRule) return `the id of an own issue begins with ${ownPrefix}`;
  if (issueOf(id) !== null) return 'the agent does not detect this issue, so nothing can be set for it';
  const meant = nearestOf(id, issueIds);
  return `there is no such issue${meant === null ? '; `psso-monitor catalogue` lists all' : ` (did you mean ${meant}?)`}`;
}

function changeOf({ severity, cadence, title, text, steps, link }: IssueFields): IssueChange {
  return { severity, cadence, title, text, steps, link };
}

function readChange(
  id: string,
  fields: IssueFields,
  entry: unknown,
  { changes, off }: Reading,
  say: Say,
): void {
  const set = (names: readonly string[]) =>
    names.filter((name) => typeof entry === 'object' && entry !== null && Object.hasOwn(entry, name));
  const ofRules = set(fieldsOfOwnIssue);
  if (ofRules.length > 0)
    say(`${ofRules.join(', ')} belongs to own issues only (${ownPrefix}…); it is ignored`);
  const unread = issueOf(id)?.audience === 'admin' ? set(fieldsForUser) : [];
  if (unread.length > 0) say(`no user reads of this issue, so ${unread.join(', ')} has no effect`);
  if (fields.enabled === false) off.push(id);
  changes[id] = changeOf(fields);
}

function readRule(
  id: string,
  fields: IssueFields,
  compile: (source: string) => Condition,
  { changes, own }: Reading,
  say: Say,
): void {
  const { when, title, audience } = fields;
  const condition = when === null || title === null ? null : compile(when);
  if (when === null || title === null || condition === null) {
    say(`it has no ${when === null ? 'condition (When)' : 'Title'}; it is skipped`);
    return;
  }
  if (!condition.ok) {
    say(`the condition is not valid: ${condition.mistake}; it is skipped`);
    return;
  }
  if (own.length >= mostRules) {
    say(`it is one of more than ${mostRules} rules, and is skipped`);
    return;
  }
  if (audience !== 'user' && (fields.text ?? fields.steps ?? fields.cadence) !== null)
    say('Text, Steps and Cadence have an effect with Audience user only');
  changes[id] = changeOf(fields);
  own.push({ ...ownIssue(id, fields, when, condition.judge), reads: condition.sources });
}

/** The first notification after 15 minutes of use, then less and less often. */
const usualCadence = after(15 * minute, day, 3 * day, 7 * day);

function ownIssue(id: string, fields: IssueFields, condition: string, judge: OwnIssue['judge']): OwnIssue {
  const { severity, title, audience, breaksSignIn, confirmMinutes } = fields;
  const name = localisedInAny(title, defaultLanguage) ?? id;
  const detect = (input: Parameters<OwnIssue['judge']>[0]): Verdict =>
    verdictOf(judge(input), {
      severity: severity ?? 'low',
      summary: /[.!?]$/.test(name) ? name : `${name}.`,
      condition,
      ...(confirmMinutes === null ? {} : { confirmAfter: confirmMinutes * minute }),
    });
  return {
    id,
    condition,
    judge,
    explanation: fields.explanation,
    severity: severity ?? 'low',
    methods: everyMethod,
    macos: anyMacos,
    reliability: 'likely',
    cadence: audience === 'user' ? usualCadence : neverNotified,
    possibleCauseOf: [],
    settingsLink: null,
    ...(audience === 'user' ? {} : { audience: 'admin' }),
    breaksSignIn: breaksSignIn === true,
    // While it is open it needs no more polls than a healthy Mac.
    longLasting: true,
    detect,
  };
}

function verdictOf(
  { holds, values }: Judgement,
  finding: {
    readonly severity: OwnIssue['severity'];
    readonly summary: string;
    readonly condition: string;
    readonly confirmAfter?: number;
  },
): Verdict {
  if (holds === 'unknown') return 'unknown';
  if (!holds) return null;
  const { condition, ...found } = finding;
  return { ...found, evidence: { condition, values: { ...values } }, key: 'holds' };
}
