import { expect, test } from 'vitest';
import { causeRules } from '../../agent/causes/cause-rules.ts';
import { causeTitle } from '../../agent/history/cause-title.ts';
import { entryOf } from '../../agent/issues/catalogue.ts';
import { changeText } from '../../agent/shared/changes.ts';

test('every cause that a rule states has a title in words', () => {
  for (const { id } of causeRules) expect(causeTitle(id), id).toMatch(/^(?:[A-Z]|macOS).* /);
  // Of a change, only the first letter is another one.
  const ofChanges = causeRules.filter(({ id, change }) => change !== null && entryOf(id) === null);
  for (const { id, change } of ofChanges)
    expect(causeTitle(id).slice(1)).toBe(changeText(change ?? '', '').slice(1));
  expect(ofChanges.map(({ id }) => causeTitle(id))).toContain('Okta Verify updated');
  expect(causeTitle('password-policy-changed')).toBe('Password policy changed');
  expect(causeTitle('of-a-newer-agent')).toBe('of-a-newer-agent');
});
