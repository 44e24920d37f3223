import { expect, test } from 'vitest';
import { causeLine, causesOf, statedCauses } from '../../agent/history/stated-causes.ts';

const update = {
  id: 'company-portal-update-triggers-reregistration',
  grade: 'likely',
  sentence: 'Company Portal was updated 20 minutes before.',
  changeAt: '2026-11-28T10:00:00Z',
  remedyFirst: 'Restart the Mac.',
};

test('reads the causes in their order', () => {
  const other = { ...update, id: 'other', grade: 'possible', changeAt: null, remedyFirst: null };
  expect(statedCauses({ causes: [update, other] }, 'entra').map(({ id }) => id)).toEqual([
    update.id,
    'other',
  ]);
});

test('leaves out an entry of another shape', () => {
  expect(
    statedCauses({ causes: [null, 'text', { id: 1 }, { ...update, grade: 'sure' }, update] }, 'entra'),
  ).toEqual([update]);
  expect(statedCauses({ causes: 'none' }, 'entra')).toEqual([]);
  expect(statedCauses({}, 'entra')).toEqual([]);
  expect(statedCauses(null, 'entra')).toEqual([]);
});

test('says how sure a cause is', () => {
  const [cause] = statedCauses({ causes: [update] }, 'entra');
  expect(cause && causeLine(cause)).toBe('Most likely: Company Portal was updated 20 minutes before.');
  expect(cause && causeLine({ ...cause, grade: 'possible' })).toMatch(/^Possible: /);
});

test('the possible causes of the catalogue follow, with their titles', () => {
  const causes = statedCauses(
    {
      causes: [{ ...update, grade: 'possible' }],
      possibleCauses: ['registration-prompt-closed', 'of-another-version', update.id],
    },
    'entra',
  );
  expect(causes.map(causeLine)).toEqual([
    'Possible: Company Portal was updated 20 minutes before.',
    'Possible: The sign-in window may have been closed during registration.',
  ]);
});

test('a mistake that was read in the profile is more than possible', () => {
  const causes = statedCauses(
    {
      causes: [{ ...update, grade: 'possible' }],
      possibleCauses: ['registration-prompt-closed', 'registration-token-wrong'],
    },
    'entra',
  );
  expect(causes.map(({ id }) => id)).toEqual([
    'registration-token-wrong',
    update.id,
    'registration-prompt-closed',
  ]);
  expect(causes[0]?.grade).toBe('likely');
});

test('an issue without an event has the possible causes of the catalogue', () => {
  const ids = causesOf('registration-needs-repair', null, 'entra').map(({ id }) => id);
  expect(ids).toContain('registration-prompt-closed');
  // The evidence of an event says that none fits.
  expect(causesOf('registration-needs-repair', { causes: [], possibleCauses: [] }, 'entra')).toEqual([]);
});
