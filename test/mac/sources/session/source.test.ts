import { expect, test } from 'vitest';
import { readSession } from '../../../../agent/mac/sources/session/source.ts';
import { failed } from '../../../../agent/shared/reading.ts';

const list = (more = '') =>
  `"IOConsoleUsers" = (${more}{"kCGSSessionOnConsoleKey"=Yes,"kCGSSessionUserNameKey"="alex"})\n`;
const sam = '{"kCGSSessionUserNameKey"="sam"},';

/** `cut`: what `ioreg -w` prints; null: it fails. `whole`: what it prints without the option. */
test.each<[string, { cut: string | null; whole: string }]>([
  ['whose ioreg cuts no lines', { cut: null, whole: list() }],
  ['on which very many are logged in', { cut: `"IOConsoleUsers" = (${sam}{"kCGSSe$\n`, whole: list(sam) }],
])('the session is read on a Mac %s', async (_what, { cut, whole }) => {
  const runner = {
    run: async (_command: string, args: readonly string[]) => {
      const stdout = args.includes('-w') ? cut : whole;
      return { kind: 'exited', status: stdout === null ? 1 : 0, stdout: stdout ?? '', stderr: '' } as const;
    },
  };
  const files = { read: async () => failed('missing', 'no file is read'), stamp: async () => null };
  const who = { name: 'alex', home: '/Users/alex' };
  expect(await readSession({ runner, files, who })).toEqual({
    ok: true,
    value: { screen: 'unlocked', console: 'active' },
  });
});
