import { headlineFrom } from '../assess/headline.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { stateByKey } from '../store/state-keys.ts';
import type { IssueRow, StateRow } from '../store/store.ts';

/** The present state for other programs, from the public views. Times in ISO 8601, UTC; null: unknown. */
export interface PublishedState {
  readonly headline: string;
  readonly headlineSince: string | null;
  /** The id of the history; null: the database has none yet. */
  readonly history: string | null;
  readonly lastConfirmedGoodAt: string | null;
  readonly passwordWindow: string;
  readonly openIssues: readonly {
    readonly id: string;
    readonly severity: string;
    readonly openedAt: string;
    readonly summary: string;
  }[];
  readonly checkIntervalSeconds: number;
  readonly agentVersion: string;
  readonly macos: string;
}

export function publishedState(
  state: readonly StateRow[],
  issues: readonly IssueRow[],
  known: { readonly checkIntervalSeconds: number; readonly agentVersion: string },
): PublishedState {
  const byKey = stateByKey(state);
  const instant = (text: string | undefined) => (text === undefined || text === '' ? null : text);
  return {
    headline: headlineFrom(byKey.get('headline')?.value),
    // As every other reader says: when the present trouble began, or else the headline.
    headlineSince: instant(byKey.get('trouble-since')?.value) ?? instant(byKey.get('headline')?.since),
    history: instant(byKey.get('history')?.value),
    lastConfirmedGoodAt: instant(byKey.get('last-confirmed-good')?.value),
    passwordWindow: byKey.get('password-window')?.value ?? 'unknown',
    openIssues: issues
      .filter(({ status }) => status === 'open')
      .map(({ issue, severity, opened_at, summary }) => ({
        id: issue,
        severity,
        openedAt: opened_at,
        summary,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    macos: byKey.get('macos')?.value ?? '',
    ...known,
  };
}

/**
 * The state as an XML property list. The writer of the package plist would stay in the agent's memory; a test
 * reads this output with that package and with libplist.
 */
export function statePlist(published: PublishedState, updatedAt: string): string {
  const { headline, headlineSince, history, lastConfirmedGoodAt, passwordWindow, openIssues } = published;
  const issues = openIssues
    .map(
      ({ id, severity, openedAt, summary }) =>
        `\t\t<dict>\n${[
          entry('id', text(id)),
          entry('openedAt', date(openedAt)),
          entry('severity', text(severity)),
          entry('summary', text(summary)),
        ]
          .map((line) => `\t\t${line}`)
          .join('')}\t\t</dict>\n`,
    )
    .join('');
  const entries = [
    entry('agentVersion', text(published.agentVersion)),
    entry('checkIntervalSeconds', `<integer>${Math.round(published.checkIntervalSeconds)}</integer>`),
    entry('headline', text(headline)),
    headlineSince === null ? '' : entry('headlineSince', date(headlineSince)),
    history === null ? '' : entry('history', text(history)),
    lastConfirmedGoodAt === null ? '' : entry('lastConfirmedGoodAt', date(lastConfirmedGoodAt)),
    entry('macos', text(published.macos)),
    `\t<key>openIssues</key>\n\t<array>\n${issues}\t</array>\n`,
    entry('passwordWindow', text(passwordWindow)),
    entry('updatedAt', date(updatedAt)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${entries.join('')}</dict>
</plist>
`;
}

function entry(key: string, value: string): string {
  return `\t<key>${key}</key>\n\t${value}\n`;
}

/** XML cannot hold control characters, lone surrogates, U+FFFE and U+FFFF. */
function text(value: string): string {
  const harmless = sanitiseLine(value)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '');
  return `<string>${harmless.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`;
}

/** A property list has whole seconds only. */
function date(iso: string): string {
  return `<date>${iso.replace(/\.\d+Z$/, 'Z')}</date>`;
}
