import { lastKnownExtension } from '../detect/extension.ts';
import { type IdentityProvider, identityProviderOf, providerForTexts } from '../shared/identity-provider.ts';
import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { providerInRows } from '../store/state-keys.ts';
import type { DiagnosisInput } from './part.ts';

/** The identity provider that this poll shows; null: it shows none. */
export function providerNow(observation: Observation): IdentityProvider | null {
  return identityProviderOf(lastKnownExtension({}, observation));
}

/** Whose names the texts use: those of this poll, else of the history. */
export function providerOfDiagnosis({ material, withExtract }: DiagnosisInput): IdentityProvider {
  const recorded = () => withExtract((reader) => providerInRows(reader.state()));
  if (material === null) return recorded();
  const { observation } = material.snapshot;
  const now = providerNow(observation);
  if (now !== null) return now;
  return material.history === null
    ? providerForTexts(null, knownValue(observation.companyPortal))
    : recorded();
}
