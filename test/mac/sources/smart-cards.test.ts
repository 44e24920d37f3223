import { expect, it } from 'vitest';
import { smartCards } from '../../../agent/mac/sources/smart-cards/source.ts';
import { SystemFiles } from '../../../agent/mac/system-files.ts';
import { read } from '../../../agent/shared/reading.ts';
import { installFile, temporarySysroot } from '../temporary-sysroot.ts';

const who = { name: 'alex', home: '/Users/alex' };

it('takes a card for mapped by the file that SmartCardServices(7) names, and by no other', async () => {
  const sysroot = await temporarySysroot();
  const files = new SystemFiles(sysroot);
  const printed = { kind: 'exited', status: 0, stdout: 'No identities.\n', stderr: '' } as const;
  const runner = { run: async () => printed };
  expect(await smartCards.read({ runner, files, who })).toEqual(read('none'));
  await installFile(sysroot, '/etc/SmartcardLogin.plist', '<plist version="1.0"><dict/></plist>');
  expect(await smartCards.read({ runner, files, who })).toEqual(read('mapped'));
});
