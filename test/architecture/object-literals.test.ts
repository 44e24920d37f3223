import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('no object literal is spread into another one: its properties stand there themselves', () => {
  const spread = ['agent', 'launchd', 'pkg-build', 'scripts', 'test']
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .flatMap((file) =>
      readFileSync(`${root}/${file}`, 'utf8')
        .split('\n')
        .flatMap((line, index) => (/\.\.\.\{/.test(line) ? [`${file}:${index + 1}`] : [])),
    )
    .filter((where) => !where.startsWith('test/architecture/object-literals.test.ts'));
  expect(spread).toEqual([]);
});
