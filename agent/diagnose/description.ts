import { changeBeforeText, changesBefore, evidenceOf } from '../history/evidence.ts';
import { evidenceKinds, isShownNotification } from '../history/history.ts';
import { causeLine, causesOf } from '../history/stated-causes.ts';
import { entryOf } from '../issues/catalogue.ts';
import { isOfPasswordOnly } from '../issues/issues.ts';
import type { Silences } from '../notify/silences.ts';
import { changeKinds } from '../shared/changes.ts';
import { type IdentityProvider, providerNames } from '../shared/identity-provider.ts';
import { localTime } from '../shared/local-time.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import { type StateByKey, stateByKey } from '../store/state-keys.ts';
import type { EventRow, IssueRow, StateRow, StoreReader } from '../store/store.ts';
import type { Versions } from './versions.ts';

const blank = '**FILL IN:**';

/** The events that a helpdesk asks about first: changes, and what followed from them. */
const listedKinds: ReadonlySet<string> = new Set([
  ...changeKinds,
  'registration-lost',
  'password-synced',
  'token-expired',
]);
const mostRows = 30;
const noHistory = 'Unknown: there is no readable history on this Mac.';

export interface DescriptionOptions {
  readonly now: EpochMs;
  readonly since: EpochMs;
  readonly silences: Silences;
  readonly versions: Versions;
  readonly provider: IdentityProvider;
}

/**
 * The description for a support case in Markdown, with blanks for the user. `reader` reads the redacted
 * extract; null: there is no history.
 */
export function describe(reader: StoreReader | null, options: DescriptionOptions): string {
  const issues = reader?.issues() ?? [];
  const events = reader?.events({ since: options.since }) ?? [];
  const rows = reader?.state() ?? [];
  const state = stateByKey(rows);
  const idp = providerNames(options.provider);
  const open = issues.filter(({ status }) => status === 'open');
  return [
    '# A problem with Platform SSO on a Mac',
    `Written by PSSO Monitor on ${localAndUtc(new Date(options.now).toISOString())}. ` +
      `Times in ${zone(options.now)}, with UTC behind them.\nNames and ids are stand-ins.`,
    section('What happened', [
      `- ${blank} what I did`,
      `- ${blank} what I expected`,
      `- ${blank} what happened instead, with the exact messages`,
      `- ${blank} when it happened, and whether it happens again`,
      ...(idp.reportReference === null ? [] : [`- ${blank} ${idp.reportReference}`]),
    ]),
    section('Steps to reproduce', [...stepsFor(state, open), `4. ${blank} the result`]),
    section('Open issues in PSSO Monitor', openIssueLines(reader, open, options)),
    section('What changed before each open issue', linesBeforeIssues(reader, open, options.provider)),
    section(
      'Changes in the extract',
      eventLines(
        events.filter(({ kind }) => listedKinds.has(kind)),
        reader,
        options.since,
      ),
    ),
    section('What the user was shown', eventLines(events.filter(isShownNotification), reader, options.since)),
    section(
      'Versions',
      Object.entries(options.versions)
        .filter(([name, version]) => name !== 'Company Portal' || concernsPortal(version, options.provider))
        .map(([name, version]) => `- ${name}: ${version}`),
    ),
    section('State', reader === null ? [noHistory] : stateLines(rows, options.provider)),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...lines].join('\n');
}

function localAndUtc(iso: string): string {
  return `${localTime(iso)} (${iso.replace(/\.\d+Z$/, 'Z')})`;
}

/** The offset only: the name of the zone would reveal the user's place. */
function zone(now: EpochMs): string {
  const minutes = -new Date(now).getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function stepsFor(state: StateByKey, open: readonly IssueRow[]): string[] {
  const ofPassword = open.some(({ issue }) => isOfPasswordOnly(issue));
  const allIsWell = open.length === 0 && state.get('registration')?.value === 'complete';
  if (ofPassword || (allIsWell && state.get('method')?.value === 'password')) {
    return [
      '1. Change the work password on another device.',
      '2. Lock the Mac, wait at most 4 hours for the prompt for the new password, and unlock the Mac.',
      '3. Note what macOS asks for, and the output of `app-sso platform -s`.',
    ];
  }
  return [
    '1. Open System Settings > Users & Groups > Network Account Server > Edit.',
    '2. Choose Repair, or Register in the notification of macOS, and sign in.',
    '3. Note what System Settings shows, and the output of `app-sso platform -s`.',
  ];
}

function openIssueLines(
  reader: StoreReader | null,
  open: readonly IssueRow[],
  { provider, silences }: DescriptionOptions,
): string[] {
  if (reader === null) return [noHistory];
  if (open.length === 0) return ['No issue is open.'];
  return open.flatMap(({ issue, opened_at, summary }) => {
    const entry = entryOf(issue, provider);
    const until = silences[issue];
    return [
      `- \`${issue}\` since ${localAndUtc(opened_at)}: ${summary}`,
      ...(until === undefined
        ? []
        : [`  - The user silenced its notifications until ${localAndUtc(toIso(until))}.`]),
      ...(entry?.links ?? []).map(({ title, url }) => `  - [${title}](${url})`),
    ];
  });
}

/** From the evidence of each open issue, which the extract always has: the causes, then every change. */
function linesBeforeIssues(
  reader: StoreReader | null,
  open: readonly IssueRow[],
  provider: IdentityProvider,
): string[] {
  if (reader === null) return [noHistory];
  if (open.length === 0) return ['No issue is open.'];
  return open.flatMap(({ issue }) => {
    const evidence = evidenceOf(issue, reader.events({ issue, kinds: evidenceKinds, last: 1 }));
    const changes = evidence === null ? [] : changesBefore(evidence);
    return [
      `- \`${issue}\``,
      ...causesOf(issue, evidence, provider).map((cause) => `  - ${causeLine(cause)}`),
      ...changes.map((change) => `  - ${localAndUtc(toIso(change.at))}: ${changeBeforeText(change)}`),
      ...(changes.length > 0
        ? []
        : [
            evidence === null
              ? '  - Unknown: the history has no evidence of this issue.'
              : '  - No change is known since the last confirmed good moment.',
          ]),
    ];
  });
}

function eventLines(events: readonly EventRow[], reader: StoreReader | null, since: EpochMs): string[] {
  if (reader === null) return [noHistory];
  if (events.length === 0) return [`Nothing is recorded since ${localAndUtc(toIso(since))}.`];
  const left = events.length - mostRows;
  return [
    ...(left > 0 ? [`- ${left} earlier ones are in the database`] : []),
    ...events.slice(-mostRows).map(({ at, summary }) => `- ${localAndUtc(at)}: ${summary}`),
  ];
}

/** A Company Portal that is absent says something of a Mac with Entra only. */
function concernsPortal(version: string, provider: IdentityProvider): boolean {
  return provider === 'entra' || /^\d/.test(version);
}

function stateLines(rows: readonly StateRow[], provider: IdentityProvider): string[] {
  return rows
    .filter(({ value }) => value !== '')
    .filter(({ key, value }) => key !== 'company-portal' || concernsPortal(value, provider))
    .map(({ key, value }) => `- ${key}: ${value}`);
}
