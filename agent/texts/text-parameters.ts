import { beginsWithRestart } from '../causes/restart-first.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { UserTextParameters } from './language-texts.ts';

/** The identity provider, and the values of an issue's evidence on which its user text depends. */
export function textParameters(
  evidence: Readonly<Record<string, unknown>> | null,
  provider: IdentityProvider,
): UserTextParameters {
  const stricter: unknown = evidence?.stricter;
  const length = evidence?.minLength;
  const lengthIsStricter = Array.isArray(stricter) && stricter.includes('minLength');
  return {
    provider,
    ...(lengthIsStricter && typeof length === 'number' ? { minimumLength: length } : {}),
    ...(evidence?.registration === 'device' ? { deviceRegistered: true } : {}),
    ...(typeof evidence?.localPasswordSetAt === 'string' ? { changedHere: true } : {}),
    ...(beginsWithRestart(evidence) ? { restartFirst: true } : {}),
  };
}
