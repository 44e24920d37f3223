import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { bundleAgent } from '../../pkg-build/bundle.ts';
import { otherChanges, replacements } from '../../pkg-build/lean.ts';
import { hostAddon } from '../helpers/host-addon.ts';

const tests = fileURLToPath(new URL('..', import.meta.url));

test('the list has exactly the modules that the bundle replaces', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-replacements-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const metafiles = await bundleAgent({ folder: join(folder, 'lib'), addon: hostAddon() });
  const replaced = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .map((input) => /^lean:(.+)$/.exec(input)?.[1])
    .filter((module) => module !== undefined);
  expect([...new Set(replaced)].sort()).toEqual(replacements.map(({ module }) => module).sort());
});

test.each([
  ...replacements.map(({ module, reachedBy }) => [module, reachedBy] as const),
  ...otherChanges.map(({ what, reachedBy }) => [what, reachedBy] as const),
])('%s: the test that reaches it exists', (_, { file, test: name }) => {
  expect(readFileSync(join(tests, file), 'utf8')).toContain(`'${name}'`);
});
