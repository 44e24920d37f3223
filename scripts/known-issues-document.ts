import type { CauseRule } from '../agent/causes/cause-rule.ts';
import { causeRules, registrationIssues } from '../agent/causes/cause-rules.ts';
import { catalogue, entryOf, possibleCausesOf } from '../agent/issues/catalogue.ts';
import type { CatalogueEntry } from '../agent/issues/catalogue-schema.ts';
import { changeText } from '../agent/shared/changes.ts';
import { durationText } from '../agent/shared/duration-text.ts';
import { identityProviders, providerNames } from '../agent/shared/identity-provider.ts';
import { second } from '../agent/shared/time.ts';
import { userText } from '../agent/texts/user-texts.ts';
import { symptoms } from './symptoms.ts';

const methodNames: Readonly<Record<string, string>> = {
  password: 'password',
  secureEnclaveKey: 'Secure Enclave key',
  smartCard: 'smart card',
};

/** `13`, `14 and later`, `13 and later`. */
function macosOf({ macos: { from, below } }: CatalogueEntry): string {
  if (below === null) return `${from} and later`;
  return Number(below) - Number(from) === 1 ? from : `${from} to below ${below}`;
}

/** Escapes the characters that Markdown reads as a column, a tag or emphasis. */
function plain(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}

function numbered(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index + 1}. ${plain(line)}`);
}

const linked = (id: string) => `[\`${id}\`](#${id})`;

function row(entry: CatalogueEntry): string {
  const detected = entry.detectable
    ? 'yes'
    : entry.possibleCauseOf.length > 0
      ? 'no: a possible cause'
      : 'no';
  const title = plain(entry.title);
  const cells = [
    linked(entry.id),
    title,
    macosOf(entry),
    entry.severity,
    entry.reliability,
    entry.breaksSignIn ? 'yes' : 'no',
    detected,
  ];
  return `| ${cells.join(' | ')} |`;
}

function symptomLines({ symptom, issues }: (typeof symptoms)[number]): string[] {
  return [`**${symptom}:**`, '', ...issues.map((id) => `- ${linked(id)}: ${titleOf(id)}`), ''];
}

function titleOf(id: string): string {
  const entry = entryOf(id);
  if (entry === null) throw new Error(`scripts/symptoms.ts: no such issue "${id}"`);
  return plain(entry.title);
}

/** The issues of the registration share their rules. */
function broken(breaks: readonly string[]): string {
  const share = registrationIssues.every((issue) => breaks.includes(issue));
  const others = share ? breaks.filter((issue) => !registrationIssues.includes(issue)) : breaks;
  return [...(share ? ['a registration'] : []), ...others.map((issue) => `\`${issue}\``)].join(', ');
}

/** A rule of the causes. A grade can depend on the issue or on the user's state. */
function causeRow({ id, change, breaks, within, grade }: CauseRule): string {
  const limit = Number.isFinite(within.active)
    ? `${durationText(within.active / second)} in use`
    : 'any time';
  const cells = [
    entryOf(id) === null ? `\`${id}\`` : linked(id),
    change === null ? 'a version of macOS' : changeText(change, ''),
    broken(breaks),
    change === null ? '' : limit,
    typeof grade === 'string' ? grade : 'depends',
  ];
  return `| ${cells.join(' | ')} |`;
}

function section(entry: CatalogueEntry): string[] {
  const causes = possibleCausesOf(entry.id);
  const lines = [
    `## ${entry.id}`,
    '',
    `**${plain(entry.title)}.** ${plain(entry.meaning)}`,
    '',
    `- macOS: ${macosOf(entry)}${entry.fixedIn === null ? '' : `; ends with ${entry.fixedIn}`}`,
    ...(entry.providers.length === identityProviders.length
      ? []
      : [
          `- Identity provider: ${entry.providers.map((provider) => providerNames(provider).name).join(', ')}`,
        ]),
    `- Method: ${entry.methods.map((method) => methodNames[method] ?? method).join(', ')}`,
    `- Severity: ${entry.severity}`,
    `- Breaks sign-in: ${entry.breaksSignIn ? 'yes' : 'no'}`,
    entry.reason === null
      ? `- Reliability: ${entry.reliability}. ${plain(entry.reliabilityNote)}`
      : `- Not detected: ${plain(entry.reason)}`,
    ...(entry.detectable ? [`- Evidence: ${plain(entry.evidenceNote)}`] : []),
  ];
  if (causes.length > 0)
    lines.push(`- Possible causes: ${causes.map((cause) => linked(cause.id)).join(', ')}`);
  if (entry.possibleCauseOf.length > 0) {
    lines.push(`- May explain: ${entry.possibleCauseOf.map(linked).join(', ')}`);
  }
  lines.push('', '### For the admin', '', plain(entry.admin.text), '', ...numbered(entry.admin.steps));
  lines.push('', 'To confirm:', '', ...entry.admin.confirm.map((line) => `- ${plain(line)}`));
  if (entry.cadence.maximum > 0) {
    const text = userText(entry.id, 'en', { provider: 'entra' });
    lines.push('', '### What the user reads', '', `> **${plain(text.title)}**  `, `> ${plain(text.body)}`);
    lines.push('', ...numbered(text.steps));
  }
  lines.push('', '### Sources', '');
  lines.push(...entry.links.map((link) => `- [${plain(link.title)}](${link.url})`));
  lines.push('', `Next review: by ${entry.reviewBy}.`, '');
  return lines;
}

/** The text of docs/known-issues.md. write-known-issues-document.ts writes it; a test compares them. */
export function catalogueMarkdown(): string {
  return [
    '# Known issues',
    '',
    'Written by `node scripts/write-known-issues-document.ts` from `agent/issues/`: change it there.',
    '',
    'A *definite* issue follows from a documented or measured field. A *likely* issue follows from strong',
    'evidence, but other explanations are possible. A *heuristic* issue is never claimed: it is a list of checks.',
    'Times are those of polls on the Mac: the Mac does not know when a password was changed at the',
    'identity provider.',
    '',
    'The texts here use the names of Microsoft Entra ID. On a Mac, `psso-monitor explain`, the report and the',
    'notifications use the names of its identity provider, and leave out causes and links that are not of it.',
    '',
    'An issue of the admin during which sign-in works does not change the headline, the exit status and the count of broken',
    'Macs in `fleet`. An entry without a detector says why; `explain` knows it, and nothing opens it.',
    '',
    '## By symptom',
    '',
    ...symptoms.flatMap(symptomLines),
    '## Causes',
    '',
    'The evidence of an issue lists what changed since the last confirmed good moment, and never less than the last',
    '24 hours and 8 hours of active time. These rules say which of those changes can explain the issue; a rule may',
    'have more conditions. The causes are ordered by grade, then by nearness in active time. `explain`, `report`,',
    '`diagnose` and `fleet` begin with the best one: "Most likely: …" (definite, likely) or "Possible: …". The',
    'sentence says what changed and when; only the grade says how sure the cause is. The possible causes of the',
    `catalogue follow. *A registration* stands for ${registrationIssues.map((issue) => `\`${issue}\``).join(', ')}.`,
    '',
    '| Cause | Change | Can break | Within | Grade |',
    '|---|---|---|---|---|',
    ...causeRules.map(causeRow),
    '',
    '## Issues',
    '',
    '| Issue | What it is | macOS | Severity | Reliability | Breaks sign-in | Detected on the Mac |',
    '|---|---|---|---|---|---|---|',
    ...catalogue.map(row),
    '',
    ...catalogue.flatMap(section),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
