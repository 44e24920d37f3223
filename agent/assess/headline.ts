import type { Severity } from '../shared/event.ts';
import { notMet, type Preconditions, undecided } from './preconditions.ts';

/** The state in one word. The words are those of Microsoft's MSALPlatformSSOStatus where they fit. */
const headlines = ['ok', 'needs-attention', 'not-registered', 'not-configured', 'exempt', 'unknown'] as const;
export type Headline = (typeof headlines)[number];

/** A word of another version, or of a changed file, is unknown. */
export function headlineFrom(word: string | undefined): Headline {
  return headlines.find((headline) => headline === word) ?? 'unknown';
}

export interface SignInState {
  /** `app-sso` was read at least once. */
  readonly everRead: boolean;
  /** `app-sso` can't be read now; the other facts are those of the last valid reading. */
  readonly unreadable: boolean;
  readonly configured: boolean;
  /** The session user is exempt from Platform SSO. */
  readonly exempt: boolean;
  readonly registration: string;
  readonly preconditions: Preconditions;
  readonly open: readonly { readonly severity: Severity | string; readonly alsoNoticed: boolean }[];
}

/** How sign-in is. `ok`: every precondition that can be read is met, and none that decides is unknown. */
export function headlineOf(of: SignInState): Headline {
  const { preconditions } = of;
  const open = of.open.filter(({ alsoNoticed }) => !alsoNoticed);
  if (!of.everRead) return 'unknown';
  if (open.some(({ severity }) => severity === 'high')) return 'needs-attention';
  if (of.unreadable) return open.length > 0 ? 'needs-attention' : 'unknown';
  if (!of.configured) return open.length > 0 ? 'needs-attention' : 'not-configured';
  if (of.registration === 'none' || of.registration === 'device')
    return of.exempt ? 'exempt' : 'not-registered';
  if (open.length > 0 || notMet(preconditions).length > 0) return 'needs-attention';
  return undecided(preconditions).length > 0 ? 'unknown' : 'ok';
}
