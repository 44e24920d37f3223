import type { Headline } from '../assess/headline.ts';
import type { StateKey } from '../store/state-keys.ts';
import { windowPhaseToShow, windowSentence } from '../texts/user-texts.ts';

/**
 * The password window in one sentence; empty for a sign-in method that is not understood: nothing is known of
 * the password then. `time` formats the last confirmation.
 */
export function windowText(
  headline: Headline,
  value: (key: StateKey) => string,
  time: (iso: string) => string,
): string {
  if (value('configured') !== 'no' && value('method-known') === 'unknown' && value('unknown-method') !== '')
    return '';
  const good = value('last-confirmed-good');
  return windowSentence(windowPhaseToShow(headline, value('password-window'), good !== ''), 'en', {
    lastConfirmedGood: good === '' ? null : time(good),
  });
}
