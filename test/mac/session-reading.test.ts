import { expect, test } from 'vitest';
import { commands } from '../../agent/mac/commands.ts';
import { readSession } from '../../agent/mac/read/session.ts';
import { SystemFiles } from '../../agent/mac/system-files.ts';
import { SystemRunner } from '../../agent/mac/system-runner.ts';
import { installScript, temporarySysroot } from './temporary-sysroot.ts';

test('what else ioreg prints, another text at each look, makes no new reading', async () => {
  const sysroot = await temporarySysroot();
  // The number of the process stands for the kernel's counters.
  await installScript(
    sysroot,
    commands.ioreg,
    `cat <<END
+-o Root  <class IORegistryEntry, id 0x100000100, retain $$>
    {
      "IOConsoleUsers" = ({"kCGSSessionOnConsoleKey"=Yes,"kCGSSessionUserNameKey"="alex"})
      "IOKitDiagnostics" = {"Instance allocation"=$$,"Classes"={"OSArray"=$$}}
    }
    
END`,
  );
  const who = { name: 'alex', home: '/Users/alex' };
  const runner = new SystemRunner({ sysroot, home: who.home, user: who.name });
  const look = () => readSession({ runner, files: new SystemFiles(sysroot), who });

  const first = await look();
  expect(first).toEqual({ ok: true, value: { screen: 'unlocked', console: 'active' } });
  const second = await look();
  expect(second.ok && first.ok && second.value === first.value).toBe(true);
});
