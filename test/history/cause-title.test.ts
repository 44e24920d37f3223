import { expect, test } from 'vitest';
import { causeRules } from '../../agent/causes/cause-rules.ts';
import { causeTitle } from '../../agent/history/cause-title.ts';

test('every cause that a rule states has a title in words', () => {
  for (const { id } of causeRules) expect(causeTitle(id), id).toMatch(/^(?:[A-Z]|macOS).* /);
  expect(causeTitle('password-policy-changed')).toBe('Password policy changed');
  expect(causeTitle('of-a-newer-agent')).toBe('of-a-newer-agent');
});
