import { expect, test } from 'vitest';
import { kindsOf, mac, replayLines } from '../../helpers/replayed.ts';

test('a run that begins within two poll intervals of the setting records no gap', async () => {
  const restarted = (PollIntervalSeconds: number) =>
    replayLines([
      { ...mac, settings: { PollIntervalSeconds } },
      { at: '+1h', agent: 'kill' },
      { at: '+90m', agent: 'start' },
      { at: '+3h', end: true },
    ]);
  expect(kindsOf(await restarted(1800))).not.toContain('gap');
  expect(kindsOf(await restarted(300))).toContain('gap');
});
