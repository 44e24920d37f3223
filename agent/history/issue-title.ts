import { entryOf } from '../issues/catalogue.ts';
import type { Organisation } from '../issues/organisation.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { issueText, notifiableIssueOf } from '../texts/issue-text.ts';
import type { LanguageTexts } from '../texts/language-texts.ts';

interface Reader {
  readonly texts: LanguageTexts;
  readonly provider: IdentityProvider;
  readonly organisation: Organisation;
}

/**
 * The title of an issue: in English that of the catalogue, in another language that of the user's
 * notification. An issue that no user is notified of has its English title, like the admin's steps.
 */
export function issueTitle(issue: string, { texts, provider, organisation }: Reader): string {
  return texts.language !== 'en' && notifiableIssueOf(issue, organisation) === issue
    ? issueText(issue, texts, { provider }, organisation).title
    : (entryOf(issue, provider, organisation)?.title ?? issue);
}
