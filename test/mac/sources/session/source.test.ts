import { expect, test } from 'vitest';
import { commands } from '../../../../agent/mac/commands.ts';
import { readSession } from '../../../../agent/mac/sources/session/source.ts';
import { SystemFiles } from '../../../../agent/mac/system-files.ts';
import { SystemRunner } from '../../../../agent/mac/system-runner.ts';
import { installScript, temporarySysroot } from '../../temporary-sysroot.ts';

const who = { name: 'alex', home: '/Users/alex' };

function lookAt(sysroot: string) {
  const runner = new SystemRunner({ sysroot, home: who.home, user: who.name });
  return readSession({ runner, files: new SystemFiles(sysroot), who });
}

const here = { ok: true, value: { screen: 'unlocked', console: 'active' } };
const list = (more = '') =>
  `"IOConsoleUsers" = (${more}{"kCGSSessionOnConsoleKey"=Yes,"kCGSSessionUserNameKey"="alex"})`;

test.each([
  ['whose ioreg cuts no lines', `[ "$4" != -w ] || exit 1\necho '${list()}'`],
  [
    'on which very many are logged in',
    `if [ "$4" = -w ]; then echo '"IOConsoleUsers" = ({"kCGSSessionUserNameKey"="sam"},{"kCGSSe$'; else echo '${list('{"kCGSSessionUserNameKey"="sam"},')}'; fi`,
  ],
])('the session is read on a Mac %s', async (_what, script) => {
  const sysroot = await temporarySysroot();
  await installScript(sysroot, commands.ioreg, script);
  expect(await lookAt(sysroot)).toEqual(here);
});
