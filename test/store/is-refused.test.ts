import { expect, it } from 'vitest';
import { isRefused } from '../../agent/store/is-refused.ts';

const failed = (code: string) => Object.assign(new Error(`${code}: it failed`), { code });

// A locked file of the Finder gives EPERM, a quota EDQUOT.
it.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO'])('a write is refused by %s', (code) => {
  expect(isRefused(failed(code))).toBe(true);
});

it.each([failed('EISDIR'), failed('ELOOP'), failed('ENXIO'), new Error('ENOSPC'), { code: 'EIO' }, null])(
  'is not refused by %s',
  (error) => {
    expect(isRefused(error)).toBe(false);
  },
);
