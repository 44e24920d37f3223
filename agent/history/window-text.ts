import type { Assessment } from '../assess/assess.ts';
import type { StateKey } from '../store/state-keys.ts';
import { en } from '../texts/en.ts';
import type { LanguageTexts } from '../texts/language-texts.ts';
import { windowPhaseToShow, windowSentence } from '../texts/window-sentence.ts';

/**
 * The password window in one sentence. Empty where nothing is known of the password: the sign-in method is
 * not understood, or the device, the user and the profile do not have the same one. `time` formats the last
 * confirmation.
 */
export function windowText(
  { headline: now, was, open, notMet }: Pick<Assessment, 'headline' | 'was' | 'open' | 'notMet'>,
  value: (key: StateKey) => string,
  time: (iso: string) => string,
  texts: LanguageTexts = en,
): string {
  const headline = was ?? now;
  if (value('configured') !== 'no') {
    if (value('method-known') === 'unknown' && value('method-not-understood') !== '') return '';
    const claims = value('password-window') === 'notApplicable';
    if (claims && (headline === 'unknown' || value('methods-agree') !== 'yes')) return '';
  }
  const good = value('last-confirmed-good');
  const phase = windowPhaseToShow(headline, value('password-window'), {
    confirmed: good !== '',
    registered: value('registration') === 'complete',
    broken: notMet.length > 0 || open.some(({ breaksSignIn }) => breaksSignIn),
  });
  return windowSentence(phase, texts, {
    lastConfirmedGood: good === '' ? null : time(good),
    methodNotUnderstood: value('method-not-understood'),
  });
}
