import { describe, expect, test } from 'vitest';
import { isNotifiable, issueIds } from '../../agent/issues/issues.ts';
import { noOrganisation, type Organisation } from '../../agent/issues/organisation.ts';
import { identityProviders } from '../../agent/shared/identity-provider.ts';
import { type Language, languages } from '../../agent/shared/languages.ts';
import { textColumns } from '../../agent/shared/text-columns.ts';
import { en } from '../../agent/texts/en.ts';
import { withHelp } from '../../agent/texts/issue-text.ts';
import { ja } from '../../agent/texts/ja.ts';
import { textsByLanguage } from '../../agent/texts/texts-by-language.ts';
import { adviceTextsIn, userText } from '../../agent/texts/user-texts.ts';

const reached = (contacts: Partial<Organisation['contacts']>): Organisation => ({
  ...noOrganisation,
  contacts: { ...noOrganisation.contacts, ...contacts },
});
const contoso = reached({
  organizationName: 'Contoso',
  helpdeskName: 'Contoso Service Desk',
  helpdeskUrl: 'https://help.contoso.com/',
  helpdeskPhone: '+41 44 555 01 23',
});
const allTexts = (organisation: Organisation) =>
  languages.flatMap((language) =>
    issueIds
      .filter(isNotifiable)
      .flatMap((issue) =>
        identityProviders.map((provider) => userText(issue, language, { provider }, organisation)),
      ),
  );

const phrases = languages.flatMap((language) => textsByLanguage[language].helpdesk);
const namesSupport = (text: string) =>
  phrases.some(({ phrase }) => text.toLowerCase().includes(phrase.toLowerCase()));

describe('the contacts of the helpdesk', () => {
  test('are in every text that names the IT support, in every language', () => {
    const before = allTexts(noOrganisation);
    for (const [index, text] of allTexts(contoso).entries()) {
      const plain = before[index];
      for (const [at, step] of text.steps.entries()) {
        expect(namesSupport(step)).toBe(false);
        if (namesSupport(plain?.steps[at] ?? '')) expect(step).toContain('Contoso Service Desk');
      }
      expect(text.title).toBe(plain?.title);
      expect(textColumns(text.body)).toBeLessThanOrEqual(180);
    }
  });

  test('are with the address and the phone number once, in the last step that names the helpdesk', () => {
    for (const { steps } of allTexts(contoso)) {
      const naming = steps.filter((step) => step.includes('Contoso Service Desk'));
      const detailed = steps.filter((step) => step.includes('(https://help.contoso.com/, +41 44 555 01 23)'));
      expect(detailed).toEqual(naming.slice(-1));
    }
  });

  test.each([
    [
      contoso,
      'If that doesn’t help, please contact Contoso Service Desk (https://help.contoso.com/, +41 44 555 01 23).',
    ],
    [
      reached({ organizationName: 'Contoso' }),
      'If that doesn’t help, please contact the IT support of Contoso.',
    ],
    [
      reached({ helpdeskUrl: 'mailto:it@contoso.com' }),
      'If that doesn’t help, please contact your IT support (it@contoso.com).',
    ],
    [noOrganisation, 'If that doesn’t help, please contact your IT support.'],
  ])('make a sentence (%#)', (organisation, sentence) => {
    expect(userText('sso-tokens-missing', 'en', {}, organisation).steps.at(-1)).toBe(sentence);
  });

  test('fit the grammar of German', () => {
    const { contacts } = noOrganisation;
    const named = { ...noOrganisation, contacts: { ...contacts, helpdeskName: 'Contoso IT' } };
    const ofContoso = { ...noOrganisation, contacts: { ...contacts, organizationName: 'Contoso' } };
    const steps = (organisation: Organisation) =>
      userText('wpj-key-not-removed-after-migration', 'de', { provider: 'other' }, organisation).steps.join(
        ' ',
      );
    expect(steps(named)).toContain('Bitte sagen Sie Contoso IT,');
    expect(steps(named)).toContain('außer Contoso IT bittet Sie darum');
    expect(steps(named)).toContain('folgen Sie den Schritten von Contoso IT.');
    expect(steps(ofContoso)).toContain('Bitte sagen Sie dem IT-Support von Contoso,');
    expect(steps(ofContoso)).toContain('folgen Sie den Schritten des IT-Supports von Contoso.');
  });

  test.each<[Language, string, string]>([
    ['nl', 'Laat Contoso IT weten dat', 'Laat de IT-helpdesk van Contoso weten dat'],
    ['ja', 'を、Contoso ITに伝えてください。', 'を、ContosoのITサポートに伝えてください。'],
    ['pt-BR', 'Avise Contoso IT que', 'Avise o suporte de TI de Contoso que'],
  ])('fit the grammar of %s', (language, named, ofContoso) => {
    const step = (organisation: Organisation) =>
      userText('wpj-key-not-removed-after-migration', language, {}, organisation).steps[0];
    expect(step(reached({ helpdeskName: 'Contoso IT' }))).toContain(named);
    expect(step(reached({ organizationName: 'Contoso' }))).toContain(ofContoso);
  });

  test.each<[Language, string, string]>([
    ['fr', 'suivez les étapes d’Acme IT.', 'Dites au support informatique d’Acme qu’une'],
    ['es', 'si no te lo pide Acme IT.', 'Dile al soporte de TI de Acme que'],
    ['it', 'se non te lo chiede Acme IT.', 'Comunica al supporto IT di Acme che'],
  ])('fit the grammar of %s', (language, named, ofAcme) => {
    const steps = (contacts: Partial<Organisation['contacts']>) =>
      userText('wpj-key-not-removed-after-migration', language, { provider: 'other' }, reached(contacts));
    expect(steps({ helpdeskName: 'Acme IT' }).steps.join(' ')).toContain(named);
    expect(steps({ organizationName: 'Acme' }).steps.join(' ')).toContain(ofAcme);
  });

  test.each([
    ['Acme IT', 'Comunica ad Acme IT che'],
    ['Contoso IT', 'Comunica a Contoso IT che'],
  ])('are named in Italian with the right preposition: %s', (helpdeskName, sentence) => {
    const { steps } = userText('wpj-key-not-removed-after-migration', 'it', {}, reached({ helpdeskName }));
    expect(steps[0]).toContain(sentence);
  });

  test('are in the advice of a Mac without an open issue', () => {
    expect(adviceTextsIn('en', contoso).elsewhere).toBe(
      'If you still can’t sign in, please contact Contoso Service Desk (https://help.contoso.com/, +41 44 555 01 23).',
    );
    expect(adviceTextsIn('de', contoso).elsewhere).toContain('an Contoso Service Desk (https');
  });

  test('end a notification where they fit, and never push its text out', () => {
    expect(withHelp('Lock the screen.', en, contoso, 230)).toBe(
      'Lock the screen. Help: Contoso Service Desk, +41 44 555 01 23.',
    );
    expect(withHelp('画面をロックしてください。', ja, contoso, 230)).toBe(
      '画面をロックしてください。お問い合わせ先：Contoso Service Desk, +41 44 555 01 23。',
    );
    // Full-width characters take two columns of a banner.
    expect(withHelp('画'.repeat(100), ja, contoso, 230)).toBe('画'.repeat(100));
    expect(withHelp('x'.repeat(200), en, contoso, 230)).toBe('x'.repeat(200));
    expect(withHelp('Lock the screen.', en, noOrganisation, 230)).toBe('Lock the screen.');
    expect(withHelp('Call Contoso Service Desk.', en, contoso, 230)).toBe('Call Contoso Service Desk.');
  });
});
