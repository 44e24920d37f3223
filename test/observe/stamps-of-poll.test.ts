import { expect, test } from 'vitest';
import { stampOf, stampsOfPoll } from '../../agent/observe/stamps-of-poll.ts';

test('the change stamp of a file is read once in a poll, and again in the next one', async () => {
  const asked: string[] = [];
  let version = 1;
  const files = {
    stamp: async (path: string) => {
      asked.push(path);
      return path === '/missing' ? null : `${path} ${version}`;
    },
  };
  const poll = stampsOfPoll(files);
  expect(await Promise.all([stampOf(poll, ['/a', '/b']), stampOf(poll, ['/a'])])).toEqual([
    '/a 1 /b 1',
    '/a 1',
  ]);
  version = 2;
  expect(await poll.stamp('/a')).toBe('/a 1');
  expect(await stampOf(poll, ['/a', '/missing'])).toBeNull();
  expect(await poll.stamp('/missing')).toBeNull();
  expect(asked).toEqual(['/a', '/b', '/missing']);
  expect(await stampsOfPoll(files).stamp('/a')).toBe('/a 2');
});
