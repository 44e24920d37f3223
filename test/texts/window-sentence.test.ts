import { describe, expect, it } from 'vitest';
import { phases } from '../../agent/detect/window-memory.ts';
import { sentencesIn } from '../../agent/issues/validate-catalogue.ts';
import { languages } from '../../agent/shared/languages.ts';
import { textsByLanguage } from '../../agent/texts/texts-by-language.ts';
import { windowSentence } from '../../agent/texts/window-sentence.ts';
import { wordsByLanguage } from './language-words.ts';

describe('the sentence on the password window', () => {
  it.each<[string, string, string]>([
    [
      'fresh',
      'Work sign-in was last confirmed at 09:17. macOS checks again automatically.',
      'Firmenanmeldung zuletzt bestätigt: 09:17. macOS prüft automatisch wieder.',
    ],
    [
      'due',
      'Work sign-in was last confirmed at 09:17. macOS will check again the next time you unlock.',
      'Firmenanmeldung zuletzt bestätigt: 09:17. macOS prüft wieder, wenn Sie das nächste Mal entsperren.',
    ],
    ['pending', 'macOS is waiting for your work password.', 'macOS wartet auf Ihr Arbeitspasswort.'],
    [
      'notApplicable',
      'Your Mac password is independent of your work password.',
      'Ihr Mac-Passwort ist unabhängig von Ihrem Arbeitspasswort.',
    ],
  ])('%s', (phase, en, de) => {
    expect(windowSentence(phase, textsByLanguage.en, { lastConfirmedGood: '09:17' })).toBe(en);
    expect(windowSentence(phase, textsByLanguage.de, { lastConfirmedGood: '09:17' })).toBe(de);
  });

  it('has one for every phase, and a known one for an unknown phase', () => {
    for (const language of languages) {
      const sentences = phases.map((phase) =>
        windowSentence(phase, textsByLanguage[language], { lastConfirmedGood: '09:17' }),
      );
      expect(new Set(sentences).size).toBe(phases.length);
      for (const sentence of sentences) {
        expect(sentencesIn(sentence)).toBeLessThanOrEqual(2);
        expect(sentence).not.toMatch(wordsByLanguage[language].jargon);
      }
      const unknown = windowSentence('unknown', textsByLanguage[language], { lastConfirmedGood: '09:17' });
      expect(unknown).toContain('09:17');
      expect(windowSentence('toString', textsByLanguage[language], { lastConfirmedGood: '09:17' })).toBe(
        unknown,
      );
    }
  });

  it('names no time when none is known', () => {
    for (const language of languages) {
      for (const phase of phases) {
        expect(windowSentence(phase, textsByLanguage[language], { lastConfirmedGood: null })).not.toMatch(
          /null|:/,
        );
      }
    }
  });
});
