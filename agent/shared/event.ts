import type { EpochMs } from './time.ts';

/** The kinds of events. The words are a contract (docs/contracts.md). */
export const eventKinds = [
  'agent-started',
  'agent-stopped',
  'agent-crashed',
  'gap',
  'clock-changed',
  'source-failed',
  'source-recovered',
  'psso-configured',
  'psso-removed',
  'registration-completed',
  'registration-lost',
  're-registered',
  'method-changed',
  'user-state-changed',
  'token-refreshed',
  'token-expired',
  'password-synced',
  'local-password-changed',
  'sync-window-due',
  'sync-window-overdue',
  'prompt-pending',
  'prompt-cleared',
  'policy-changed',
  'profile-changed',
  'macos-updated',
  'company-portal-updated',
  'okta-verify-updated',
  'enrollment-changed',
  'workplace-join-removed',
  'issue-opened',
  'issue-updated',
  'issue-resolved',
  'notification-shown',
  'notification-suppressed',
  'notification-failed',
  'store-recovered',
  'settings-invalid',
] as const;
export type EventKind = (typeof eventKinds)[number];

export const severities = ['info', 'low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An event that is not yet stored. */
export interface NewEvent {
  readonly at: EpochMs;
  readonly kind: EventKind;
  /** The issue that an `issue-*` or `notification-*` event is about; otherwise null. */
  readonly issue: string | null;
  readonly severity: Severity;
  /** One English sentence for the admin. */
  readonly summary: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly data: { readonly [key: string]: Json };
}

/** Creates an event. Without `more` it is about no issue, changes no value and has no data. */
export function newEvent(
  at: EpochMs,
  kind: EventKind,
  severity: Severity,
  summary: string,
  more: Partial<Pick<NewEvent, 'issue' | 'from' | 'to' | 'data'>> = {},
): NewEvent {
  return { at, kind, issue: null, severity, summary, from: null, to: null, data: {}, ...more };
}
