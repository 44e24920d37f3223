import { describe, expect, it } from 'vitest';
import { plainCall } from '../agent/plain-call.ts';

describe('a plain run or status', () => {
  it.each([
    [['run'], { command: 'run', options: { global: {}, every: undefined } }],
    [['run', '--every', '5'], { command: 'run', options: { global: {}, every: '5' } }],
    [
      ['--data-dir', 'd', 'run', '--sysroot', 's'],
      { command: 'run', options: { global: { dataDir: 'd', sysroot: 's' }, every: undefined } },
    ],
    [['status'], { command: 'status', options: { global: {}, json: false } }],
    [
      ['status', '--json', '--data-dir', 'd'],
      { command: 'status', options: { global: { dataDir: 'd' }, json: true } },
    ],
  ])('%j are understood without the command line proper', (args, wanted) => {
    expect(plainCall(args)).toEqual(wanted);
  });

  it.each([
    [[]],
    [['status', '--help']],
    [['status', 'run']],
    [['status', '--json', '--json']],
    [['status', '--every', '5']],
    [['run', '--json']],
    [['events']],
    [['help', 'status']],
    [['run', '--help']],
    [['run', 'run']],
    [['run', '--every']],
    [['run', '--every', '--help']],
    [['run', '--every', '1', '--every', '2']],
    [['run', '--every=5']],
    [['--data-dir', 'run']],
  ])('%j are left to the command line proper', (args) => {
    expect(plainCall(args)).toBeNull();
  });
});
