import type { Contacts } from '../issues/organisation.ts';
import { textColumns } from '../shared/text-columns.ts';
import type { HelpdeskPhrase, LanguageTexts, UserText } from './language-texts.ts';

/** Columns of a text with the name of the helpdesk; a wider one keeps "your IT support". */
const mostInBody = 180;

type Phrases = Pick<LanguageTexts, 'helpdesk'>;

/**
 * The text with the name of the helpdesk in place of "your IT support". The last step that names it also has
 * the address and the phone number.
 */
export function withHelpdesk(text: UserText, texts: Phrases, contacts: Contacts): UserText {
  const body = named(text.body, texts, contacts);
  const last = text.steps.findLastIndex((step) => phraseIn(step, texts) !== null);
  return {
    ...text,
    body: textColumns(body) <= mostInBody ? body : text.body,
    steps: text.steps.map((step, index) =>
      index === last ? sentenceWithHelpdesk(step, texts, contacts) : named(step, texts, contacts),
    ),
  };
}

/** A sentence with the name, the address and the phone number of the helpdesk. */
export function sentenceWithHelpdesk(sentence: string, texts: Phrases, contacts: Contacts): string {
  const details = [contacts.helpdeskUrl, contacts.helpdeskPhone].filter((one) => one !== null);
  return replaced(
    sentence,
    texts,
    contacts,
    details.length === 0 ? '' : ` (${details.map(shownAddress).join(', ')})`,
  );
}

/** The address of a mailto or tel link is enough for a reader. */
function shownAddress(detail: string): string {
  return detail.replace(/^(mailto|tel):/, '');
}

function named(text: string, texts: Phrases, contacts: Contacts): string {
  return replaced(text, texts, contacts, '');
}

function replaced(text: string, texts: Phrases, contacts: Contacts, after: string): string {
  const phrase = phraseIn(text, texts);
  if (phrase === null) return text;
  const { helpdeskName: name, organizationName: organization } = contacts;
  const own = name !== null ? phrase.named(name) : organization !== null ? phrase.of(organization) : null;
  return text.split(phrase.phrase).join(`${own ?? phrase.phrase}${after}`);
}

function phraseIn(text: string, { helpdesk }: Phrases): HelpdeskPhrase | null {
  return helpdesk.find(({ phrase }) => text.includes(phrase)) ?? null;
}

/** "Contoso Service Desk, +41 44 555 01 23"; null: no contact is set. */
export function helpdeskLine({
  helpdeskName: name,
  helpdeskPhone: phone,
  helpdeskUrl: url,
}: Contacts): string | null {
  const parts = [name, phone ?? url].filter((one) => one !== null).map(shownAddress);
  return parts.length === 0 ? null : parts.join(', ');
}
