const replays = ['test/simulation/', 'test/field/'];

/** The tests of an area, by the beginning of a file's path. The first that fits counts. */
const areas: readonly (readonly [path: string, tests: readonly string[]])[] = [
  [
    'agent/detect/',
    ['test/detect/', ...replays, 'test/daemon/agent.test.ts', 'test/history/unknown-fields.test.ts'],
  ],
  [
    'agent/issues/',
    ['test/issues/', 'test/detect/', ...replays, 'test/scripts/known-issues-document.test.ts'],
  ],
  ['agent/causes/', ['test/causes/', ...replays, 'test/history/causes-agree.test.ts']],
  [
    'agent/notify/',
    ['test/notify/', ...replays, 'test/daemon/agent.test.ts', 'test/cli/commands/silence-visible.test.ts'],
  ],
  ['agent/assess/', ['test/assess/', ...replays, 'test/history/', 'test/daemon/agent.test.ts']],
  ['agent/observe/', ['test/observe/', ...replays, 'test/daemon/agent.test.ts']],
  ['agent/mac/parse/', ['test/mac/', ...replays, 'test/capture/', 'test/settings/', 'test/observe/']],
  ['agent/mac/sources/', ['test/mac/', ...replays, 'test/capture/', 'test/observe/']],
  ['agent/mac/', ['test/mac/', 'test/observe/', 'test/doctor/doctor.test.ts']],
  [
    'agent/store/',
    [
      'test/store/',
      'test/daemon/agent',
      'test/daemon/run.test.ts',
      'test/untrusted/',
      'test/simulation/scenarios.test.ts',
      'test/cli/commands/export.test.ts',
    ],
  ],
  [
    'agent/settings/',
    ['test/settings/', 'test/cli/commands/config.test.ts', 'test/pkg-build/profiles/', ...replays],
  ],
  ['agent/history/', ['test/history/', 'test/cli/commands/', 'test/report/page.test.ts', 'test/publish/']],
  ['agent/daemon/', ['test/daemon/', ...replays, 'test/doctor/', 'test/launchd/']],
  ['agent/fleet-store/', ['test/fleet-store/']],
  ['agent/fleet/', ['test/fleet/', 'test/report/fleet-page.test.ts']],
  ['agent/export/', ['test/cli/commands/export']],
  ['agent/publish/', ['test/publish/', 'test/daemon/agent.test.ts']],
  ['pkg-build/installer/', ['test/pkg-build/installer/', 'test/shell/']],
  ['pkg-build/', ['test/pkg-build/']],
];

/** Null: no tests are known for this file. `path`: from the repository's folder, with slashes. */
export function testsOf(path: string): readonly string[] | null {
  const known = areas.find(([beginning]) => path.startsWith(beginning))?.[1];
  if (known !== undefined) return known;
  const folder = /^(?:agent\/([\w-]+)|(scripts))\//.exec(path);
  const name = folder?.[1] ?? folder?.[2];
  return name === undefined ? null : [`test/${name}/`];
}
