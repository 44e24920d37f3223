import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Leaves out of the bundle what the libraries contain and the agent never uses: it would stay in memory.
 * docs/decisions/0009-memory.md has the reasons, docs/performance.md the figures. Used code stays unchanged.
 */

/** Modules without side effects of an import: esbuild may drop their unused parts. */
const withoutSideEffects = /^(plist|@xmldom\/xmldom|xmlbuilder)$/;

/** A module that the bundle replaces in one library. */
export interface Replacement {
  /** As the library imports it, or one of the library's own files: its path below node_modules. */
  readonly module: string;
  readonly library: 'better-sqlite3' | 'node-cron' | 'pino' | 'pino-std-serializers';
  /** The JavaScript of the replacement. */
  readonly contents: string;
  readonly why: string;
  /** The test of the installed agent that runs the code around it: a file below test/, and its name. */
  readonly reachedBy: { readonly file: string; readonly test: string };
}

const anyRun = {
  file: 'daemon/run.test.ts',
  test: 'observes, records, notifies, and stops cleanly at SIGTERM',
};
const noLog = {
  file: 'installed/no-log.test.ts',
  test: 'polls with a folder in the place of the log, and reports it once',
};
const calendar = {
  file: 'installed/clock.test.ts',
  test: 'requests the daily maintenance at its time; the maintenance waits for the first hour of the run',
};

/** All modules that the bundle replaces; `otherChanges` has its other changes. */
export const replacements: readonly Replacement[] = [
  {
    module: 'sonic-boom',
    library: 'pino',
    // Must not throw: pino creates one when it gets no destination.
    contents: 'module.exports = class SonicBoom { write() {} end() {} on() {} once() {} flushSync() {} };',
    why: 'The agent writes its log by itself (agent/daemon/log-file.ts).',
    reachedBy: noLog,
  },
  {
    module: 'pino/lib/transport',
    library: 'pino',
    contents: `module.exports = () => { throw new Error('transports are left out'); };`,
    why: 'Only the option `transport` calls it; a thread costs twelve megabytes.',
    reachedBy: anyRun,
  },
  {
    module: 'pino/lib/multistream',
    library: 'pino',
    contents: `module.exports = () => { throw new Error('several streams are left out'); };`,
    why: 'The log is one file.',
    reachedBy: anyRun,
  },
  {
    module: 'worker_threads',
    library: 'pino',
    contents: 'exports.isMainThread = true;',
    why: 'It asks whether a transport could flush in this thread.',
    reachedBy: anyRun,
  },
  {
    module: 'on-exit-leak-free',
    library: 'pino',
    contents: 'module.exports = { register() {}, unregister() {} };',
    why: 'It flushes transports when the process exits.',
    reachedBy: anyRun,
  },
  {
    module: 'pino/lib/redaction',
    library: 'pino',
    contents: `module.exports = () => { throw new Error('redaction is left out'); };`,
    why: 'Only the option `redact` calls it; agent/daemon/log.ts sanitises its lines.',
    reachedBy: anyRun,
  },
  {
    module: 'safe-stable-stringify',
    library: 'pino',
    contents: 'exports.configure = () => JSON.stringify;',
    why: 'It writes what JSON.stringify refuses, such as a circle; agent/daemon/log.ts leaves none.',
    reachedBy: anyRun,
  },
  ...['req', 'res'].map(
    (name): Replacement => ({
      module: `pino-std-serializers/lib/${name}`,
      library: 'pino-std-serializers',
      contents: '',
      why: 'It serializes a request or response of a web server.',
      reachedBy: anyRun,
    }),
  ),
  ...['aggregate', 'table'].map(
    (name): Replacement => ({
      module: `better-sqlite3/lib/methods/${name}`,
      library: 'better-sqlite3',
      contents: `module.exports = () => { throw new Error('${name}() is left out'); };`,
      why: 'No statement of ours uses an aggregate function or a virtual table in JavaScript.',
      reachedBy: anyRun,
    }),
  ),
  {
    module: 'node:crypto',
    library: 'node-cron',
    contents: `let count = 0; export const randomUUID = () => 'task-' + ++count;`,
    why: 'A name for a task needs no cryptography, which costs five megabytes.',
    reachedBy: calendar,
  },
  {
    module: 'child_process',
    library: 'node-cron',
    contents: `export const fork = () => { throw new Error('background tasks are left out'); };`,
    why: 'Only a task that is given as a file runs in a separate process.',
    reachedBy: calendar,
  },
];

/** The other changes of the bundle, and the test of the installed agent that reaches each. */
export const otherChanges: readonly {
  readonly what: string;
  readonly reachedBy: Replacement['reachedBy'];
}[] = [
  { what: 'Intl.DateTimeFormat in node-cron, below', reachedBy: calendar },
  { what: 'background tasks of node-cron, below', reachedBy: calendar },
  { what: 'the namespace `util` of zod, below', reachedBy: anyRun },
  { what: 'package.json without all but the version, below', reachedBy: anyRun },
  { what: 'the search for the addon in better-sqlite3 (bundle.ts)', reachedBy: anyRun },
  { what: "imports of Node's own modules (builtins.ts)", reachedBy: anyRun },
  { what: 'redactions and simulated output in the resident agent (bundle.ts)', reachedBy: anyRun },
  {
    what: 'unused parts of plist, @xmldom/xmldom and xmlbuilder, below',
    reachedBy: {
      file: 'daemon/run.test.ts',
      test: 'applies changed settings without a restart, and records an invalid one once',
    },
  },
  {
    what: 'the page of the report (report-page.ts)',
    reachedBy: { file: 'installed/report.test.ts', test: 'the installed report is a complete page' },
  },
];

/**
 * Replaces Intl.DateTimeFormat in node-cron: ICU's calendars cost eight megabytes. A schedule without a time
 * zone needs only what `Date` provides; node-cron uses these two formats and no other.
 */
const localDateTimeFormat = `
const LocalDateTimeFormat = class {
  constructor(_locale, options) {
    if (options.timeZone !== undefined) throw new Error('schedules have the time zone of this Mac');
    this.offset = options.timeZoneName !== undefined;
  }
  formatToParts(date) {
    if (this.offset) {
      const minutes = -date.getTimezoneOffset();
      const absolute = Math.abs(minutes);
      const rest = absolute % 60 === 0 ? '' : ':' + String(absolute % 60).padStart(2, '0');
      const sign = minutes < 0 ? '-' : '+';
      const value = minutes === 0 ? 'GMT' : 'GMT' + sign + Math.floor(absolute / 60) + rest;
      return [{ type: 'timeZoneName', value }];
    }
    const two = (number) => String(number).padStart(2, '0');
    return [
      { type: 'weekday', value: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getDay()] },
      { type: 'month', value: two(date.getMonth() + 1) },
      { type: 'day', value: two(date.getDate()) },
      { type: 'year', value: String(date.getFullYear()) },
      { type: 'hour', value: two(date.getHours()) },
      { type: 'minute', value: two(date.getMinutes()) },
      { type: 'second', value: two(date.getSeconds()) },
    ];
  }
};
`;

/** The class of a task that is given as a file; the agent gives functions. */
const backgroundTask = /\nclass BackgroundScheduledTask \{\n.*?\n\}\n/s;
const noBackgroundTask = `
class BackgroundScheduledTask {
  constructor() { throw new Error('background tasks are left out'); }
}
`;

const otherCode = (library: string) =>
  new Error(`This version of ${library} has other code: adapt pkg-build/lean.ts to it.`);

const slashes = (path: string) => path.replaceAll('\\', '/');

export const lean: Plugin = {
  name: 'lean',
  setup(build) {
    build.onResolve({ filter: withoutSideEffects }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === lean) return undefined;
      const { importer, resolveDir, kind } = rest;
      const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: lean });
      return { ...found, sideEffects: false };
    });
    build.onResolve({ filter: /./ }, ({ path, importer, resolveDir }) => {
      const found = replacements.find(({ module, library }) =>
        path.startsWith('.')
          ? slashes(join(resolveDir, path)).endsWith(`/node_modules/${module}`)
          : path === module && slashes(importer).includes(`/node_modules/${library}/`),
      );
      return found === undefined ? undefined : { path: found.module, namespace: 'lean' };
    });
    build.onLoad({ filter: /node_modules[/\\]node-cron[/\\]dist[/\\]_shared\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replaceAll('new Intl.DateTimeFormat(', 'new LocalDateTimeFormat(');
      if (contents === source || contents.includes('Intl.')) throw otherCode('node-cron');
      return { contents: localDateTimeFormat + contents, loader: 'js' };
    });
    build.onLoad({ filter: /node_modules[/\\]node-cron[/\\]dist[/\\]node-cron\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(backgroundTask, noBackgroundTask);
      if (contents === source || contents.includes('fork(')) throw otherCode('node-cron');
      return { contents, loader: 'js' };
    });
    // `core.util` would keep every function of the namespace, used or not.
    build.onLoad({ filter: /node_modules[/\\]zod[/\\]v4[/\\]mini[/\\]schemas\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replaceAll('core.util.', 'util.');
      if (contents === source || !contents.includes('import * as util from')) throw otherCode('zod');
      return { contents, loader: 'js' };
    });
    build.onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => {
      const { version }: { version: string } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    build.onLoad({ filter: /.*/, namespace: 'lean' }, ({ path }) => ({
      contents: replacements.find(({ module }) => module === path)?.contents ?? '',
      loader: 'js',
    }));
  },
};
