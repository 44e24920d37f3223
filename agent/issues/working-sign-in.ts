import { type Facts, hasTokens, isHealthy } from '../detect/facts.ts';

/** The registration is complete and has valid tokens: the extension and its key work. */
export function hasWorkingSignIn(facts: Facts): boolean {
  return isHealthy(facts) && hasTokens(facts);
}
