import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { initialMac } from '../../agent/mac/simulated/model.ts';
import { languages } from '../../agent/shared/languages.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { launchAgent, nodeFlags } from '../../launchd/launch-agent.ts';
import { builtinsAmong } from '../../pkg-build/builtins.ts';
import { bundleAgent } from '../../pkg-build/bundle.ts';
import { countedFigures } from '../../scripts/bench/histories.ts';
import { wakeUpsOf } from '../../scripts/bench/processes.ts';
import { hostAddon } from '../helpers/host-addon.ts';
import { needsLinux } from '../helpers/needs.ts';
import { recordedState } from '../helpers/recorded-state.ts';
import { until } from '../helpers/until.ts';

/** Counts the code that every Mac loads. `npm run bench` measures times. */

let folder: string;
let outputs: Metafile['outputs'];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-performance-'));
  const bundled = await bundleAgent({ folder: join(folder, 'lib'), addon: hostAddon() });
  outputs = Object.assign({}, ...bundled.map((one) => one.outputs));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Loaded {
  packages: string[];
  builtins: string[];
  bytes: number;
  own: Map<string, number>;
  /** Bytes of each file of the bundle. */
  files: Map<string, number>;
}

/** The code that is loaded up to the first observation. MDM writes binary property lists. */
const untilFirstPoll = ['agent/daemon/start-agent.ts', 'late:agent/mac/parse/binary-plist.ts'];
/** Everything the agent always carries, without what is loaded only when it is needed. */
const resident = () => loadedWith(...untilFirstPoll, 'late:agent/daemon/maintenance-calendar.ts');

function loadedWith(...entries: string[]): Loaded {
  const starts = ['agent/psso-monitor.js', ...entries];
  const waiting = Object.entries(outputs)
    .filter(([path, { entryPoint = '' }]) => starts.includes(entryPoint) && !path.includes('/main-'))
    .map(([path]) => path);
  const loaded = new Set<string>();
  const packages = new Set<string>();
  const own = new Map<string, number>();
  const files = new Map<string, number>();
  let bytes = 0;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const output = outputs[path];
    if (output === undefined || loaded.has(path)) continue;
    loaded.add(path);
    bytes += output.bytes;
    files.set(path, output.bytes);
    for (const input of Object.keys(output.inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
      own.set(input, output.inputs[input]?.bytesInOutput ?? 0);
      if (name !== undefined && (output.inputs[input]?.bytesInOutput ?? 0) > 0) packages.add(name);
    }
    for (const imported of output.imports) {
      if (imported.kind !== 'import-statement') continue;
      if (!imported.external) waiting.push(imported.path);
    }
  }
  return { packages: [...packages].sort(), builtins: builtinsAmong(own.keys()), bytes, own, files };
}

/**
 * The most bytes of each part that the resident agent carries. A kilobyte of code takes about seven of
 * private memory (docs/decisions/0009-memory.md). A part that outgrows its limit, or is not here, is either
 * loaded when it is first needed, by `import()`, or worth its memory to every Mac.
 */
const limits: Readonly<Record<string, number>> = {
  'agent/assess': 3_000,
  'agent/cli': 1_500,
  'agent/daemon': 25_000,
  'agent/detect': 45_000,
  'agent/issues': 47_500,
  'agent/mac': 65_500,
  'agent/notify': 2_500,
  'agent/observe': 6_000,
  'agent/publish': 3_000,
  'agent/settings': 13_500,
  'agent/shared': 18_500,
  'agent/store': 34_500,
  'better-sqlite3': 8_000,
  'node-cron': 23_500,
  pino: 18_000,
  'pino-std-serializers': 3_500,
  plist: 2_000,
  'quick-format-unescaped': 1_500,
  zod: 37_000,
};

/** The folder of agent/, or the package; null: a few lines of the bundler. */
function partOf(input: string): string | null {
  return (
    /^agent\/[a-z]+(?=\/)/.exec(input)?.[0] ?? /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? null
  );
}

// Side by side: the agent that sleeps is watched for 40 seconds.
describe.concurrent('the resident agent', () => {
  test('carries these parts and no others, each within its limit', () => {
    const bytes: Record<string, number> = {};
    for (const [input, size] of resident().own) {
      const part = size === 0 ? null : partOf(input);
      if (part !== null) bytes[part] = (bytes[part] ?? 0) + size;
    }
    expect(Object.keys(bytes).sort()).toEqual(Object.keys(limits).sort());
    const outgrown = Object.entries(bytes).filter(([part, size]) => size > (limits[part] ?? 0));
    expect(outgrown).toEqual([]);
  });

  test('does not need the calendar for the first poll', () => {
    expect(loadedWith(...untilFirstPoll).packages).not.toContain('node-cron');
  });

  test('loads neither cryptography nor threads, nor anything for the command line', () => {
    const { builtins } = resident();
    expect(builtins).toEqual([
      'child_process',
      'diagnostics_channel',
      'events',
      'fs',
      'module',
      'os',
      'path',
      'url',
      'util',
    ]);
  });

  test('measures its own use with a few kilobytes of code, without texts', () => {
    const watching = [...resident().own].filter(([path]) => path.includes('agent/daemon/self-watch/'));
    expect(watching.length).toBeGreaterThan(3);
    expect(watching.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(8_000);
    expect([...resident().own.keys()].filter((path) => path.includes('agent/doctor/'))).toEqual([]);
  });

  test('is at most 358 kB of code, in few files of 190 kB: V8 needs several times a file to parse it', () => {
    const { bytes, files } = resident();
    expect(bytes).toBeLessThan(358_000);
    expect(files.size).toBeLessThanOrEqual(6);
    expect(Math.max(...files.values())).toBeLessThan(190_000);
  });

  test('makes no `require` where nothing asks for it', () => {
    const code = [...resident().files.keys()].map((path) => readFileSync(resolve(path), 'utf8'));
    const uses = code.map((text) => (text.match(/\brequire\b/g) ?? []).length);
    expect(uses).not.toContain(1);
    expect(code.filter((text) => text.includes('createRequire(')).length).toBeLessThanOrEqual(3);
  });

  test('carries no text, no rule of a notification and no cause while nothing is found', () => {
    const needless = [...resident().own.keys()].filter((path) =>
      /agent\/(?:causes\/|texts\/|issues\/undetected\/|issues\/.*\barticles?\.ts|notify\/(?:channels\/|compose-notifications\.ts|notification-policy\.ts))/.test(
        path,
      ),
    );
    expect(needless).toEqual([]);
  });

  test('loads the texts of one language, when something is found', () => {
    const composed = loadedWith(...untilFirstPoll, 'late:agent/notify/compose-notifications.ts');
    const files = languages.map((language) => `agent/texts/${language}.ts`);
    expect([...composed.own.keys()].filter((path) => files.includes(path))).toEqual([]);
    for (const file of files) {
      const { own } = loadedWith(`late:${file}`);
      expect([...own.keys()].filter((path) => files.includes(path))).toEqual([file]);
    }
  });

  test('carries nothing of own issues while none is set', () => {
    const own = [...resident().own.keys()].filter((path) =>
      /agent\/rules\/|cel-js|settings\/issue-files\.ts/.test(path),
    );
    expect(own).toEqual([]);
    // The engine is in the bundle, in a file of its own that only a rule loads.
    const engines = Object.entries(outputs).filter(
      ([path, { inputs }]) =>
        !path.includes('/main-') && Object.keys(inputs).some((input) => input.includes('cel-js')),
    );
    expect(engines.map(([, { entryPoint }]) => entryPoint)).toEqual(['late:agent/rules/rule-engine.ts']);
  });

  test('makes Node load no more than starting a process needs', async () => {
    const list = listing(
      'builtins',
      `process.on('exit', () => console.error(process.moduleLoadList.join(' ')))`,
    );
    const needed = [...list, '-e', "require('os'); require('child_process').spawn('true')"];
    const bare = modulesIn(spawnSync(process.execPath, needed, { encoding: 'utf8' }).stderr);
    const said = await saidByTheAgent('builtins', list);
    expect(modulesIn(said).filter((name) => !bare.includes(name))).toEqual([]);
    // `import … from 'node:fs'` in any file loads it, and holds a megabyte of memory.
    expect(said).not.toContain('NativeModule internal/fs/promises');
  });

  test('loads the code that is counted here and no other, on a Mac as MDM sets it up', async () => {
    const list = listing(
      'code',
      `require('node:module').registerHooks({
        load(url, context, next) {
          console.error('loaded ' + decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)));
          return next(url, context);
        },
      });`,
    );
    const said = await saidByTheAgent('code', list);
    const loaded = [...said.matchAll(/^loaded (\S+\.mjs)$/gm)].map((match) => match[1]);
    const counted = [...resident().files.keys()].map((path) => basename(path));
    expect(loaded.sort()).toEqual(counted.sort());
  });
});

/** Node's flags for running CommonJS first. `--import` would load parts of Node of its own. */
function listing(name: string, source: string): string[] {
  const file = join(folder, `${name}.cjs`);
  writeFileSync(file, source);
  return ['--require', file];
}

/** What the shipped agent says on standard error until it has polled a few times. */
async function saidByTheAgent(name: string, flags: readonly string[]): Promise<string> {
  const sysroot = join(folder, `mac-of-${name}`);
  const data = join(folder, `resident-${name}`);
  const start = Date.now();
  const { username } = userInfo();
  const settings = { PollIntervalSeconds: 300 };
  installSysroot(sysroot, { state: initialMac({ start, macos: '15.6', user: username, settings }) });
  const args = ['run', '--sysroot', sysroot, '--data-dir', data, '--every', '1'];
  const agent = spawn(
    process.execPath,
    [...nodeFlags, ...flags, join(folder, 'lib/psso-monitor.mjs'), ...args],
    { env: { ...launchAgent.EnvironmentVariables, HOME: folder }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  agent.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const gone = new Promise((resolve) => agent.once('close', resolve));
  await until(() => recordedState(data, 'headline') === 'ok', 'the first poll');
  // What is loaded after the first poll is there once another poll has ended.
  const polled = () => statSync(join(data, 'agent.json')).mtimeMs;
  const before = polled();
  await until(() => polled() > before, 'the second poll');
  const second = polled();
  await until(() => polled() > second, 'the third poll');
  agent.kill('SIGTERM');
  await gone;
  return said;
}

test('wrong usage of the bundle prints one line, with exit status 2', () => {
  const { status, stderr } = bundled(['run', '--every', '0']);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'psso-monitor: --every takes whole seconds from 1 to 3600, not "0".\n',
  });
});

function bundled(args: string[], flags: string[] = []) {
  const ran = spawnSync(process.execPath, [...flags, join(folder, 'lib/psso-monitor.mjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: folder },
  });
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}

/** Those of Node's own that are public. */
function modulesIn(text: string): string[] {
  return [...text.matchAll(/NativeModule (?!internal\/)(\S+)/g)].map((match) => match[1] ?? '');
}

describe.concurrent('between two polls', () => {
  needsLinux('what wakes a process is in /proc; on a Mac powermetrics tells it (check-on-mac.sh --all)');

  test('the agent sleeps', async () => {
    const sysroot = join(folder, 'mac-of-the-sleeper');
    const data = join(folder, 'sleeper');
    installSysroot(sysroot);
    // Half a minute after the last allocation V8's memory reducer would wake every thread, dozens of times.
    const watched = 40;
    const args = ['run', '--sysroot', sysroot, '--data-dir', data, '--every', '300'];
    const agent = spawn(process.execPath, [...nodeFlags, join(folder, 'lib/psso-monitor.mjs'), ...args], {
      env: { ...launchAgent.EnvironmentVariables, HOME: folder },
      stdio: 'ignore',
    });
    try {
      await until(() => recordedState(data, 'headline') === 'ok', 'the first poll');
      // The calendar is loaded after the first poll.
      await sleep(2000);
      const quiet = { at: Date.now(), wakeUps: wakeUpsOf(agent.pid ?? 0) };
      await until(() => Date.now() - quiet.at > watched * 1000, 'some idle seconds', 2 * watched * 1000);
      // A tick each second would be as many as seconds.
      expect(wakeUpsOf(agent.pid ?? 0) - quiet.wakeUps).toBeLessThan(watched / 4);
    } finally {
      agent.kill('SIGKILL');
    }
  });
});

test('a day without changes writes at most five rows', async () => {
  for (const figure of await countedFigures(null)) expect(figure.value).toBeLessThanOrEqual(figure.limit);
});
