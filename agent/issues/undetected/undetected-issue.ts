import type { Article } from '../article.ts';
import type { Issue } from '../issue.ts';

/** One known issue without a detector. Only commands load these entries. */
export interface UndetectedIssue extends Pick<Article, 'title' | 'meaning' | 'admin' | 'links'> {
  readonly id: string;
  readonly severity: Issue['severity'];
  /** Why the agent does not detect it. */
  readonly reason: string;
  /** `cause`: a rule in agent/causes attaches it to an issue. It is never opened. */
  readonly kind?: 'cause';
  /** Default: every method. */
  readonly methods?: Issue['methods'];
  /** Default: every version. */
  readonly macos?: Issue['macos'];
  /** Default: every provider. */
  readonly providers?: NonNullable<Issue['providers']>;
  readonly possibleCauseOf?: Issue['possibleCauseOf'];
  /** Default: sign-in works. */
  readonly breaksSignIn?: true;
  readonly fixedIn?: string;
  readonly reviewBy?: string;
}
