import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { issueFilesIn } from '../../agent/settings/issue-files-in.ts';
import { installed } from '../../launchd/installed-paths.ts';
import { installFile, temporarySysroot } from '../mac/temporary-sysroot.ts';

const folder = `${installed.folder}/share/issues.d`;

test('the folder of own issues is read as soon as it is there, and nothing is without it', async () => {
  const sysroot = await temporarySysroot();
  const read = issueFilesIn(sysroot);
  expect(await read()).toBeNull();
  await mkdir(dirname(`${sysroot}${folder}`), { recursive: true });
  expect(await read()).toBeNull();
  await installFile(sysroot, `${folder}/own.json`, '{}');
  expect((await read())?.read()).toMatchObject([{ name: 'own.json' }]);
});
