import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * What the libraries bring along and the agent never uses is left out of the bundle: it would stay in memory on every Mac.
 * Each is measured in docs/performance.md and decided in docs/decisions/0009-memory.md. Nothing here changes what is used.
 */

/** Modules whose import alone would do nothing: what isn't used of them needs not be there. */
const withoutSideEffects = /^(plist|@xmldom\/xmldom|xmlbuilder)$/;

/** Loaded by pino for its transports, which write from a thread of their own; the agent writes by itself (agent/log.ts). */
const leftOut: Readonly<Record<string, string>> = {
  'node:crypto': `let count = 0; export const randomUUID = () => 'task-' + ++count;`,
  // For tasks in processes of their own, which the agent has none of.
  child_process: `export const fork = () => { throw new Error('background tasks are left out'); };`,
  worker_threads: 'exports.isMainThread = true;',
  'thread-stream':
    'module.exports = class ThreadStream { constructor() { throw new Error("transports are left out"); } };',
  'sonic-boom':
    'module.exports = class SonicBoom { constructor() { throw new Error("destinations are left out"); } };',
  'on-exit-leak-free': 'module.exports = { register() {}, unregister() {} };',
  'atomic-sleep': 'module.exports = () => {};',
  // For the option `redact`: the agent's log is harmless by itself.
  '@pinojs/redact': 'module.exports = () => { throw new Error("redaction is left out"); };',
};

/**
 * node-cron asks Intl for the parts of a local time, which brings the whole of ICU's calendars, eight megabytes. Without a
 * time zone of its own a schedule needs what `Date` knows by itself: these two formats are all that node-cron asks for.
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
      const value = minutes === 0 ? 'GMT' : 'GMT' + (minutes < 0 ? '-' : '+') + Math.floor(absolute / 60) + rest;
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

export const lean: Plugin = {
  name: 'lean',
  setup(build) {
    build.onResolve({ filter: withoutSideEffects }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === lean) return undefined;
      const { importer, resolveDir, kind } = rest;
      const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: lean });
      return { ...found, sideEffects: false };
    });
    build.onResolve(
      { filter: /^(thread-stream|sonic-boom|on-exit-leak-free|atomic-sleep|@pinojs\/redact)$/ },
      ({ path, importer }) =>
        /node_modules[/\\]pino[/\\]/.test(importer) ? { path, namespace: 'lean' } : undefined,
    );
    build.onResolve({ filter: /^worker_threads$/ }, ({ importer }) =>
      /node_modules[/\\]pino[/\\]/.test(importer) ? { path: 'worker_threads', namespace: 'lean' } : undefined,
    );
    build.onResolve({ filter: /^(node:crypto|child_process)$/ }, ({ path, importer }) =>
      /node_modules[/\\]node-cron[/\\]/.test(importer) ? { path, namespace: 'lean' } : undefined,
    );
    build.onLoad({ filter: /node_modules[/\\]node-cron[/\\]dist[/\\]_shared\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replaceAll('new Intl.DateTimeFormat(', 'new LocalDateTimeFormat(');
      if (contents === source || contents.includes('Intl.'))
        throw new Error('node-cron is another than the one that pkg-build/lean.ts was written for.');
      return { contents: localDateTimeFormat + contents, loader: 'js' };
    });
    build.onLoad({ filter: /.*/, namespace: 'lean' }, ({ path }) => ({
      contents: leftOut[path] ?? '',
      loader: 'js',
    }));
  },
};
