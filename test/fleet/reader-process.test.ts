import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ReaderProcess } from '../../agent/fleet/reader-process.ts';

test('a reader that ended gives a reason for each request, and ends nothing else', async () => {
  const reader = new ReaderProcess(['/bin/true'], { scratch: tmpdir(), rights: [] });
  const failure = { failure: 'the database reader crashed' };
  expect(await reader.line(60_000)).toEqual(failure);
  reader.send({ mac: 'one' });
  expect(await reader.line(60_000)).toEqual(failure);
  // The error of the pipe comes in a turn of its own.
  await setImmediate();
  await reader.end(false);
});
