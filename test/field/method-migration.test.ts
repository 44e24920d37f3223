import { expect, test } from 'vitest';
import { replayField } from '../helpers/replayed.ts';

const hours = 3_600_000;

test('method-migration: the change is expected, and a working day without a registration is an issue', async () => {
  const replayed = await replayField('method-migration');
  expect(replayed.events.filter(({ kind }) => kind === 'method-changed')).toMatchObject([
    {
      severity: 'info',
      summary:
        'The sign-in method of the device changed from Secure Enclave key to password. The user is registered with the method Secure Enclave key and must register again with the new one.',
      from: 'secureEnclaveKey',
      to: 'password',
      data: { whose: 'device', userMethod: 'secureEnclaveKey' },
    },
  ]);
  const opened = replayed.events.filter(({ kind }) => kind === 'issue-opened');
  expect(opened).toMatchObject([
    {
      issue: 'auth-method-changed-reregister',
      severity: 'medium',
      summary:
        'The user is registered with a Secure Enclave key, and the device asks for the password: the user must register again.',
      to: 'open',
      data: { registeredMethod: 'secureEnclaveKey', wantedMethod: 'password', wantedBy: 'device' },
    },
  ]);
  const after = (opened[0]?.at ?? 0) - replayed.start;
  expect(after).toBeGreaterThan(8 * hours);
  expect(after).toBeLessThan(10 * hours);
  expect(JSON.stringify(opened[0]?.data.changesBefore)).toContain('method-changed');
  expect(replayed.state.headline).toBe('needs-attention');
  const shown = replayed.notifications.filter((one) => one.shown);
  expect(new Set(shown.map(({ issue }) => issue))).toEqual(new Set(['auth-method-changed-reregister']));
});
