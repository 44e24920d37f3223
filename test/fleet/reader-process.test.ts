import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ReaderProcess } from '../../agent/fleet/reader-process.ts';

test('a reader that ended gives a reason for each request, and ends nothing else', async () => {
  const reader = new ReaderProcess(['/bin/true'], { scratch: tmpdir(), rights: [] });
  const failure = { failure: 'the database reader crashed' };
  expect(await reader.frame(60_000)).toEqual(failure);
  reader.send({ mac: 'one' });
  expect(await reader.frame(60_000)).toEqual(failure);
  // The error of the pipe comes in a turn of its own.
  await setImmediate();
  await reader.end(false);
});

test.each([false, true])('a reader with an unread answer ends; at once: %s', async (now) => {
  const answers = `process.stdout.write('x'.repeat(500_000)); process.stdin.resume();`;
  const reader = new ReaderProcess([process.execPath, '--eval', answers, '--'], {
    scratch: tmpdir(),
    rights: [],
  });
  expect(await reader.frame(60_000)).toEqual({ failure: 'the database reader returned an invalid response' });
  await reader.end(now);
});

test('a reader that does not end is killed', async () => {
  const endless = [process.execPath, '--eval', 'setInterval(() => {}, 1000)', '--'];
  const reader = new ReaderProcess(endless, { scratch: tmpdir(), rights: [] });
  await reader.end(false, 500);
});
