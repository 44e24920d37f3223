import type { Headline } from '../assess/headline.ts';
import type { StateKey } from '../store/state-keys.ts';
import { windowPhaseToShow, windowSentence } from '../texts/user-texts.ts';

/**
 * The password window in one sentence. Empty where nothing is known of the password: the sign-in method is
 * not understood, or the device, the user and the profile do not have the same one. `time` formats the last
 * confirmation.
 */
export function windowText(
  headline: Headline,
  value: (key: StateKey) => string,
  time: (iso: string) => string,
): string {
  if (value('configured') !== 'no') {
    if (value('method-known') === 'unknown' && value('method-not-understood') !== '') return '';
    const claims = value('password-window') === 'notApplicable';
    if (claims && (headline === 'unknown' || value('methods-agree') !== 'yes')) return '';
  }
  const good = value('last-confirmed-good');
  return windowSentence(windowPhaseToShow(headline, value('password-window'), good !== ''), 'en', {
    lastConfirmedGood: good === '' ? null : time(good),
    methodNotUnderstood: value('method-not-understood'),
  });
}
