import { expect, test } from 'vitest';
import { causeLine, statedCauses } from '../../agent/history/stated-causes.ts';

const update = {
  id: 'company-portal-update-triggers-reregistration',
  grade: 'likely',
  sentence: 'Company Portal was updated 20 minutes before.',
  changeAt: '2026-11-28T10:00:00Z',
  remedyFirst: 'Restart the Mac.',
};

test('reads the causes in their order', () => {
  const other = { ...update, id: 'other', grade: 'possible', changeAt: null, remedyFirst: null };
  expect(statedCauses({ causes: [update, other] }).map(({ id }) => id)).toEqual([update.id, 'other']);
});

test('leaves out an entry of another shape', () => {
  expect(statedCauses({ causes: [null, 'text', { id: 1 }, { ...update, grade: 'sure' }, update] })).toEqual([
    update,
  ]);
  expect(statedCauses({ causes: 'none' })).toEqual([]);
  expect(statedCauses({})).toEqual([]);
  expect(statedCauses(null)).toEqual([]);
});

test('says how sure a cause is', () => {
  const [cause] = statedCauses({ causes: [update] });
  expect(cause && causeLine(cause)).toBe('Most likely: Company Portal was updated 20 minutes before.');
  expect(cause && causeLine({ ...cause, grade: 'possible' })).toMatch(/^Possible: /);
});
