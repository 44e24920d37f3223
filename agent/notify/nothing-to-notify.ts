import type { Detected } from '../detect/detect.ts';
import type { PolicyMemory } from './policy-memory.ts';

/**
 * Whether no notification is due, now or later, under any settings. On a healthy Mac this is true for weeks,
 * and neither the policy nor the texts are loaded.
 */
export function nothingToNotify(
  { open, resolved }: Pick<Detected, 'open' | 'resolved'>,
  { episodes, solved }: PolicyMemory,
): boolean {
  return (
    open.length === 0 && resolved.length === 0 && solved.length === 0 && Object.keys(episodes).length === 0
  );
}
