import { expect, test } from 'vitest';
import { identityProviders } from '../../agent/shared/identity-provider.ts';
import { providerOfState, type StateKey } from '../../agent/store/state-keys.ts';

test.each(identityProviders)('the recorded identity provider decides the names: %s', (provider) => {
  const values: Partial<Record<StateKey, string>> = { 'identity-provider': provider };
  expect(providerOfState((key) => values[key] ?? '')).toBe(provider);
});

test('without one, Company Portal shows that it is Entra', () => {
  const of = (portal: string) => providerOfState((key) => (key === 'company-portal' ? portal : ''));
  expect(of('5.2602.0')).toBe('entra');
  expect(of('not installed')).toBe(of(''));
});
