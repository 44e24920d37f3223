import type { FleetSummary } from '../fleet/fleet-output.ts';
import type { Timeline, Tone } from '../history/timeline/timeline-shape.ts';
import type { Contacts } from '../issues/organisation.ts';
import type { FactName, ReportTexts } from '../texts/report-texts.ts';

/**
 * The data of a report's page, as JSON. Instants are milliseconds since 1970, UTC. A text may come from a
 * database that its user can change, so the page shows it as text and never as markup.
 */

/**
 * Events in columns with each text once, so that a hundred thousand events load fast. `at`: milliseconds
 * since the event before. The other columns are indices into `texts`.
 */
export interface EventColumns {
  readonly texts: readonly string[];
  readonly at: readonly number[];
  readonly kind: readonly number[];
  readonly issue: readonly number[];
  readonly severity: readonly number[];
  readonly summary: readonly number[];
  readonly detail: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly macos: readonly number[];
  readonly agent: readonly number[];
}

/** What to do about an issue, from the catalogue. */
export interface Advice {
  readonly meaning: string;
  readonly reliability: string;
  readonly user: readonly string[];
  readonly admin: readonly string[];
  readonly confirm: readonly string[];
  /** What may have caused it, the best first: a sentence with its grade, and how to confirm it. */
  readonly causes: readonly {
    readonly title: string;
    readonly remedyFirst: string | null;
    readonly confirm: readonly string[];
  }[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

export interface IssueReport {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly open: boolean;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly summary: string;
  /** The user silenced its notifications until then; null: not silenced. */
  readonly silencedUntil: number | null;
  /** The best cause as one sentence; empty: none is known. */
  readonly cause: string;
  /** What changed since the last confirmed good moment, the newest first. */
  readonly before: readonly { readonly at: number; readonly text: string }[];
}

export interface SyncReport {
  readonly confirmedAt: number;
  readonly dueAt: number | null;
  readonly promptedAt: number | null;
  readonly refreshedAt: number | null;
  readonly outcome: string;
  readonly late: boolean;
  readonly lagSeconds: number | null;
  readonly activeLagSeconds: number | null;
}

export interface Fact {
  readonly name: FactName;
  readonly value: string | { readonly at: number };
}

/** The data of the page of a fleet. */
export interface FleetReport {
  readonly kind: 'fleet';
  readonly labels: ReportTexts;
  readonly generatedAt: number;
  readonly version: string;
  readonly summary: FleetSummary;
  /** The address of a Mac's own page, relative to this page, by the Mac's name. */
  readonly pages: Readonly<Record<string, string>>;
}

export interface ReportSubject {
  /** The name of the Mac; null: the reader knows which one. */
  readonly mac: string | null;
  /** The database; null: the agent's own. */
  readonly file: string | null;
}

export interface MacReport {
  readonly kind: 'mac';
  /** A BCP 47 tag: of the labels, the user's steps and the dates. */
  readonly language: string;
  readonly labels: ReportTexts;
  readonly generatedAt: number;
  /** The end of the history; `generatedAt` if the history is current. */
  readonly knownUntil: number;
  readonly version: string;
  /** Whose history this is. */
  readonly subject: ReportSubject;
  /** The organisation and its helpdesk, as set on the Mac that made the report. */
  readonly contacts: Contacts;
  readonly headline: {
    readonly tone: Tone;
    /** A sentence with `{until}` as the place of `knownUntil`, when it is not current. */
    readonly text: string;
    /** False: the history is silent or ended, and the rest is what was last known. */
    readonly isCurrent: boolean;
    readonly since: number | null;
    /** What is wrong: the summary of the main issue; empty: no issue is open. Instants as in events. */
    readonly problem: string;
    /** The best cause of the main issue as one sentence; empty: none. Instants as in events. */
    readonly cause: string;
    /** What is missing and what is not known; instants as in events. */
    readonly notes: readonly string[];
    /** A sentence with `{at}` as the place of `confirmedAt`; empty: nothing is known. */
    readonly window: string;
    readonly confirmedAt: number | null;
    /** The next step, when no issue names one; empty: none. */
    readonly next: string;
  };
  readonly facts: readonly Fact[];
  readonly timeline: Timeline | null;
  /** The open ones first, then the newest. */
  readonly issues: readonly IssueReport[];
  /** By issue id; an issue that this version does not know has none. */
  readonly advice: Readonly<Record<string, Advice>>;
  /** The newest first. */
  readonly sync: readonly SyncReport[];
  readonly events: EventColumns;
}
