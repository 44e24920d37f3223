import { entryOf } from '../issues/catalogue.ts';
import type { Organisation } from '../issues/organisation.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { Language } from '../shared/languages.ts';
import { notifiableIssueOf, userText } from '../texts/user-texts.ts';

interface Reader {
  readonly language: Language;
  readonly provider: IdentityProvider;
  readonly organisation: Organisation;
}

/**
 * The title of an issue: in English that of the catalogue, in another language that of the user's
 * notification. An issue that no user is notified of has its English title, like the admin's steps.
 */
export function issueTitle(issue: string, { language, provider, organisation }: Reader): string {
  return language !== 'en' && notifiableIssueOf(issue, organisation) === issue
    ? userText(issue, language, { provider }, organisation).title
    : (entryOf(issue, provider, organisation)?.title ?? issue);
}
