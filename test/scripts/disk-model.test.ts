import { describe, expect, test } from 'vitest';
import { DiskModel, type Operation, operationsOf } from '../../scripts/chaos/disk-model.ts';

const write = (name: string, text: string, offset: number | null = null): Operation => ({
  kind: 'write',
  name,
  offset,
  data: Buffer.from(text),
});
const flush = (name: string): Operation => ({ kind: 'flush', name });
/** Every outcome that the model can choose for a few operations. */
function outcomes(operations: readonly Operation[]): Set<string> {
  const disk = new DiskModel();
  for (const operation of operations) disk.apply(operation);
  const seen = new Set<string>();
  for (let seed = 0; seed < 500; seed += 1) {
    let state = seed;
    const files = disk.afterPowerLoss((below) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return (state >> 8) % below;
    });
    seen.add(JSON.stringify([...files].map(([name, content]) => [name, content.toString()])));
  }
  return seen;
}

describe('a disk that loses power', () => {
  test('keeps what was flushed, and any part of what was not', () => {
    const file = [write('a', 'one'), flush('a'), write('a', 'two')];
    expect(outcomes(file)).toEqual(new Set(['[["a","one"]]', '[["a","onetwo"]]']));
    expect(outcomes([write('a', 'one')])).toEqual(new Set(['[]', '[["a",""]]', '[["a","one"]]']));
  });

  test('renames in order: a file that was not flushed can be empty under its new name', () => {
    const rename: Operation = { kind: 'rename', name: 'new', to: 'a' };
    const old = [write('a', 'old'), flush('a'), write('new', 'new')];
    expect(outcomes([...old, rename])).toContain('[["a",""]]');
    const safe = outcomes([...old, flush('new'), rename]);
    expect(safe).toEqual(new Set(['[["a","old"],["new","new"]]', '[["a","new"]]']));
  });

  test('tears a long write between two sectors', () => {
    const torn = outcomes([write('a', ''), flush('a'), write('a', 'x'.repeat(1024), 0)]);
    expect(torn).toContain(`[["a","${'x'.repeat(512)}"]]`);
  });
});

test('the output of strace is read by descriptor and by name', () => {
  const hex = (text: string) =>
    [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  const trace = [
    `12 openat(AT_FDCWD, "${hex('/d/a.partial')}", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 5<${hex('/d/a.partial')}>`,
    `12 write(5<${hex('/d/a.partial')}>, "${hex('text')}", 4) = 4`,
    `12 pwrite64(6<${hex('/d/events.db')}>, "${hex('page')}", 4, 4096) = 4`,
    `13 fsync(6<${hex('/d/events.db')}> <unfinished ...>`,
    `12 write(1<${hex('/elsewhere/log')}>, "${hex('text')}", 4) = 4`,
    `12 rename("${hex('/d/a.partial')}", "${hex('/d/a')}") = 0`,
    '12 +++ exited with 0 +++',
  ].join('\n');
  expect(operationsOf(trace, '/d')).toEqual([
    { kind: 'open', name: 'a.partial', truncates: true },
    write('a.partial', 'text'),
    write('events.db', 'page', 4096),
    flush('events.db'),
    { kind: 'rename', name: 'a.partial', to: 'a' },
  ]);
});
