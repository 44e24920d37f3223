import type { Method } from '../shared/observation.ts';

/**
 * The sign-in methods that this version understands: whether the Mac's password depends on the work password
 * is known of these only.
 */
const understood: ReadonlySet<Method> = new Set(['password', 'secureEnclaveKey', 'smartCard']);

export function isUnderstood(method: Method): boolean {
  return understood.has(method);
}
