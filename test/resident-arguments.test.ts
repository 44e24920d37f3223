import { describe, expect, it } from 'vitest';
import { residentArguments } from '../agent/resident-arguments.ts';

describe('the arguments of a plain run', () => {
  it.each([
    [['run'], { global: {}, every: undefined }],
    [['run', '--every', '5'], { global: {}, every: '5' }],
    [
      ['--data-dir', 'd', 'run', '--sysroot', 's'],
      { global: { dataDir: 'd', sysroot: 's' }, every: undefined },
    ],
  ])('%j are understood without the command line proper', (args, wanted) => {
    expect(residentArguments(args)).toEqual(wanted);
  });

  it.each([
    [[]],
    [['status']],
    [['run', '--help']],
    [['run', 'run']],
    [['run', '--every']],
    [['run', '--every', '--help']],
    [['run', '--every', '1', '--every', '2']],
    [['run', '--every=5']],
    [['--data-dir', 'run']],
  ])('%j are left to the command line proper', (args) => {
    expect(residentArguments(args)).toBeNull();
  });
});
