import { expect, test } from 'vitest';
import { causeRules } from '../../agent/causes/cause-rules.ts';
import { durationText } from '../../agent/shared/duration-text.ts';

const within = (milliseconds: number) =>
  Number.isFinite(milliseconds) ? durationText(milliseconds / 1000) : 'any time';

test('every rule: its change, its window, its grade and what it breaks', async () => {
  const rules = causeRules.map(({ id, change, within: { active, wall }, grade, breaks, expected = [] }) =>
    [
      `${id}: ${change ?? 'no change'}`,
      `  within ${within(active)} in use, ${within(wall)}`,
      `  ${typeof grade === 'string' ? grade : 'the grade depends on the issue'}`,
      ...breaks.map((issue) => `  breaks ${issue}${expected.includes(issue) ? ', as expected' : ''}`),
    ].join('\n'),
  );
  await expect(`${rules.join('\n')}\n`).toMatchFileSnapshot('recorded/cause-rules.txt');
});
