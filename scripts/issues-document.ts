import { catalogue, possibleCausesOf } from '../agent/catalogue/catalogue.ts';
import type { CatalogueEntry } from '../agent/catalogue/schema.ts';
import { userText } from '../agent/texts/user-texts.ts';

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

/** What Markdown would take for a column, a tag or emphasis. */
function plain(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}

function numbered(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index + 1}. ${plain(line)}`);
}

const linked = (id: string) => `[\`${id}\`](#${id})`;

function row(entry: CatalogueEntry): string {
  const notifiable = entry.detector === null ? 'no: a possible cause' : 'yes';
  const title = plain(entry.title);
  return `| ${linked(entry.id)} | ${title} | ${macosOf(entry)} | ${entry.severity} | ${entry.reliability} | ${notifiable} |`;
}

function section(entry: CatalogueEntry): string[] {
  const causes = possibleCausesOf(entry.id);
  const lines = [
    `## ${entry.id}`,
    '',
    `**${plain(entry.title)}.** ${plain(entry.meaning)}`,
    '',
    `- macOS: ${macosOf(entry)}${entry.fixedIn === null ? '' : `; ends with ${entry.fixedIn}`}`,
    `- Method: ${entry.methods.map((method) => methodNames[method] ?? method).join(', ')}`,
    `- Severity: ${entry.severity}`,
    `- Reliability: ${entry.reliability}. ${plain(entry.reliabilityNote)}`,
    `- Evidence: ${plain(entry.evidenceNote)}`,
  ];
  if (causes.length > 0)
    lines.push(`- Possible causes: ${causes.map((cause) => linked(cause.id)).join(', ')}`);
  if (entry.possibleCauseOf.length > 0) {
    lines.push(`- May explain: ${entry.possibleCauseOf.map(linked).join(', ')}`);
  }
  lines.push('', '### For the admin', '', plain(entry.admin.text), '', ...numbered(entry.admin.steps));
  lines.push('', 'To confirm:', '', ...entry.admin.confirm.map((line) => `- ${plain(line)}`));
  if (entry.detector !== null) {
    const text = userText(entry.id, 'en');
    lines.push('', '### What the user reads', '', `> **${plain(text.title)}**  `, `> ${plain(text.body)}`);
    lines.push('', ...numbered(text.steps));
  }
  lines.push('', '### Sources', '');
  lines.push(...entry.links.map((link) => `- [${plain(link.title)}](${link.url})`));
  lines.push('', `To be read again by ${entry.reviewBy}.`, '');
  return lines;
}

/** docs/issues.md, whole. Written by write-document.ts; a test compares them. */
export function catalogueMarkdown(): string {
  return [
    '# Known issues',
    '',
    'Written by `node scripts/write-issues-document.ts` from `agent/catalogue/`: change it there.',
    '',
    'An issue that is *definite* is what a documented or measured field says. *Likely* is a strong combination of signs',
    'with other explanations left. *Heuristic* is never claimed: it is a list of what to check. Times are when something',
    'was seen on the Mac; when a password was changed at the identity provider is not on the Mac.',
    '',
    'These are the issues of the article by Microsoft, and those that say that single sign-on has stopped. Others are left out on',
    'purpose: most have no sure sign on the Mac, and some are for a server to tell. A Mac that loses Company Portal or its MDM is',
    'an event (`company-portal-updated`, `enrollment-changed`) and not an issue; Kerberos tickets are only in the answer of',
    '`psso-monitor parse app-sso`. By themselves these leave the headline at `ok`.',
    '',
    '| Issue | What it is | macOS | Severity | Reliability | Told from the Mac |',
    '|---|---|---|---|---|---|',
    ...catalogue.map(row),
    '',
    ...catalogue.flatMap(section),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
