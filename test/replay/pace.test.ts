import { describe, expect, test } from 'vitest';
import { mac, replayLines, type Story } from '../story.ts';

const lost = { at: '+1h', psso: { registered: false, userPresent: false } };
const repaired = (at: string) => ({ at, psso: { registered: true, userPresent: true, receivedAt: at } });

const resolvedAt = ({ events }: Story) =>
  events.filter(({ kind }) => kind === 'issue-resolved').map(({ at }) => new Date(at).toISOString());

describe('how often the Mac is looked at', () => {
  test('is each minute in the first hour of an issue', async () => {
    const story = await replayLines([mac, lost, repaired('+92m30s'), { at: '+2h', end: true }]);
    expect(resolvedAt(story)).toEqual(['2026-03-02T09:33:00.000Z']);
  });

  test('is each five minutes afterwards, for months if nobody does anything about it', async () => {
    const story = await replayLines([mac, lost, repaired('+25h2m'), { at: '+26h', end: true }]);
    expect(resolvedAt(story)).toEqual(['2026-03-03T09:05:00.000Z']);
    const looksWhileWell = 26 * 12 + 1;
    expect(story.summary.polls - looksWhileWell).toBeLessThanOrEqual(60 - 12);
  });

  test('is not more often at night, when what is seen waits for somebody at the Mac', async () => {
    const story = await replayLines([mac, { at: '+59m', screen: 'locked' }, lost, { at: '+13h', end: true }]);
    expect(story.summary.polls - (13 * 12 + 1)).toBeLessThanOrEqual(60 - 12);
  });
});
