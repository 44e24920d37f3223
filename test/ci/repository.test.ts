import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectAddress, projectFields } from '../../pkg-build/project-address.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const form = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  body: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string() }) }),
      z.strictObject({
        type: z.literal('textarea'),
        id: z.string().regex(/^[a-z]+$/),
        attributes: z.strictObject({
          label: z.string(),
          description: z.string().optional(),
          render: z.string().optional(),
        }),
        validations: z.strictObject({ required: z.boolean() }),
      }),
    ]),
  ),
});

describe('the repository', () => {
  test('names its address in one constant', () => {
    const { homepage, repository, bugs } = z
      .object({
        homepage: z.string().optional(),
        repository: z.unknown().optional(),
        bugs: z.unknown().optional(),
      })
      .parse(JSON.parse(read('package.json')));
    expect({ homepage, repository, bugs }).toEqual({
      homepage: undefined,
      repository: undefined,
      bugs: undefined,
      ...projectFields(projectAddress),
    });
    expect(projectFields('https://github.com/o/n')).toEqual({
      homepage: 'https://github.com/o/n#readme',
      repository: { type: 'git', url: 'git+https://github.com/o/n.git' },
      bugs: { url: 'https://github.com/o/n/issues' },
    });
  });

  test('asks for diagnose in the form for a problem', () => {
    const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');
    expect(forms.toSorted()).toEqual(['idea.yml', 'problem.yml']);
    for (const name of forms) form.parse(parse(read(`.github/ISSUE_TEMPLATE/${name}`)));
    expect(read('.github/ISSUE_TEMPLATE/problem.yml')).toContain('psso-monitor diagnose --describe');
  });

  test('updates Node in one step, for each package of it', () => {
    const { updates } = z
      .object({
        updates: z.array(z.looseObject({ 'package-ecosystem': z.string(), groups: z.unknown().optional() })),
      })
      .parse(parse(read('.github/dependabot.yml')));
    expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'npm', 'github-actions']);
    const { node } = z
      .object({ node: z.object({ patterns: z.array(z.string()) }) })
      .parse(updates[0]?.groups);
    const { optionalDependencies } = z
      .object({ optionalDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const prefixes = node.patterns.map((pattern) => pattern.replace(/\*$/, ''));
    for (const name of Object.keys(optionalDependencies))
      expect(prefixes.some((prefix) => name.startsWith(prefix))).toBe(true);
  });

  test('says how to report a fault, with links that lead somewhere', () => {
    const links = [...read('SECURITY.md').matchAll(/\]\(([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(2);
    for (const path of links)
      expect({ path, exists: existsSync(join(root, path)) }).toEqual({ path, exists: true });
  });
});
