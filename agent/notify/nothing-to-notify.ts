import type { Detected } from '../detect/detect.ts';
import type { PolicyMemory } from './notification-policy.ts';

/**
 * Whether nobody is to hear anything, now or later, whatever the settings are: the usual case for weeks, for which neither the manners nor the
 * words are needed.
 */
export function nothingToNotify(
  { open, resolved }: Pick<Detected, 'open' | 'resolved'>,
  { episodes, solved }: PolicyMemory,
): boolean {
  return (
    open.length === 0 && resolved.length === 0 && solved.length === 0 && Object.keys(episodes).length === 0
  );
}
