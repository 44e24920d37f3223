/** The tests that concern a file: the near ones, which are quick, then the wide ones. */
export interface ConcernedTests {
  readonly near: readonly string[];
  readonly wide: readonly string[];
}

const stories = ['test/simulation/scenarios.test.ts', 'test/simulation/replay/', 'test/field/'];

/** By the beginning of a path. The first that fits counts. */
const areas: readonly (readonly [path: string, tests: ConcernedTests])[] = [
  ['agent/detect/', { near: ['test/detect/'], wide: [...stories, 'test/daemon/agent.test.ts'] }],
  ['agent/issues/', { near: ['test/issues/'], wide: stories }],
  ['agent/causes/', { near: ['test/causes/'], wide: [...stories, 'test/history/causes-agree.test.ts'] }],
  ['agent/notify/', { near: ['test/notify/'], wide: stories }],
  ['agent/observe/', { near: ['test/observe/'], wide: [...stories, 'test/daemon/agent.test.ts'] }],
  ['agent/mac/parse/', { near: ['test/mac/parse/', 'test/mac/sources/'], wide: stories }],
  ['agent/mac/sources/', { near: ['test/mac/sources/'], wide: ['test/capture/', ...stories] }],
  ['agent/mac/', { near: ['test/mac/'], wide: ['test/observe/', 'test/doctor/doctor.test.ts'] }],
  ['agent/store/', { near: ['test/store/'], wide: ['test/daemon/agent.test.ts', 'test/daemon/run.test.ts'] }],
  [
    'agent/settings/',
    { near: ['test/settings/'], wide: ['test/cli/commands/config.test.ts', 'test/pkg-build/profiles/'] },
  ],
  [
    'agent/history/',
    {
      near: ['test/history/'],
      wide: ['test/cli/commands/attribute.test.ts', 'test/cli/commands/helpdesk.test.ts'],
    },
  ],
  [
    'agent/daemon/',
    {
      near: [
        'test/daemon/agent',
        'test/daemon/p',
        'test/daemon/c',
        'test/daemon/d',
        'test/daemon/self-watch/j',
      ],
      wide: ['test/daemon/run.test.ts', 'test/daemon/self-watch/', ...stories],
    },
  ],
  ['agent/fleet/', { near: ['test/fleet/'], wide: ['test/report/fleet-page.test.ts'] }],
  ['agent/export/', { near: ['test/cli/commands/export'], wide: [] }],
  ['agent/publish/', { near: ['test/publish/'], wide: ['test/daemon/agent.test.ts'] }],
  [
    'pkg-build/installer/',
    {
      near: ['test/pkg-build/installer/permissions.test.ts'],
      wide: ['test/pkg-build/installer/install', 'test/pkg-build/installer/u', 'test/pkg-build/installer/s'],
    },
  ],
  ['pkg-build/', { near: ['test/pkg-build/formats/'], wide: ['test/pkg-build/'] }],
];

/** Null: no tests are known for this file. `path`: from the repository's folder, with slashes. */
export function testsOf(path: string): ConcernedTests | null {
  const known = areas.find(([beginning]) => path.startsWith(beginning))?.[1];
  if (known !== undefined) return known;
  const folder = /^(?:agent\/(\w+)|(scripts))\//.exec(path);
  const name = folder?.[1] ?? folder?.[2];
  return name === undefined ? null : { near: [`test/${name}/`], wide: [] };
}
