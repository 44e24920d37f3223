import { describe, expect, it } from 'vitest';
import { runOptionsOf } from '../../agent/cli/fast-path.ts';

describe('a plain run', () => {
  it.each([
    [['run'], { global: {}, every: undefined }],
    [['run', '--every', '5'], { global: {}, every: '5' }],
    [
      ['--data-dir', 'd', 'run', '--sysroot', 's'],
      { global: { dataDir: 'd', sysroot: 's' }, every: undefined },
    ],
  ])('%j is parsed without commander', (args, wanted) => {
    expect(runOptionsOf(args)).toEqual(wanted);
  });

  it.each([
    [[]],
    [['status']],
    [['status', 'run']],
    [['run', '--json']],
    [['events']],
    [['run', '--help']],
    [['run', 'run']],
    [['run', '--every']],
    [['run', '--every', '--help']],
    [['run', '--every', '1', '--every', '2']],
    [['run', '--every=5']],
    [['--data-dir', 'run']],
  ])('%j is left to commander', (args) => {
    expect(runOptionsOf(args)).toBeNull();
  });
});
