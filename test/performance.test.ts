import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleAgent, prebuiltAddon } from '../pkg-build/bundle.ts';
import { countedFigures } from '../scripts/bench/histories.ts';

/** Counts only: what must not creep into every Mac's memory. Times are for `npm run bench`, and decide nothing. */

let folder: string;
let outputs: Metafile['outputs'];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-performance-'));
  const bundled = await bundleAgent({ folder: join(folder, 'lib'), addon: prebuiltAddon('darwin-arm64') });
  outputs = Object.assign({}, ...bundled.map((one) => one.outputs));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that is loaded when launchd starts the agent, without what is loaded later if at all. */
function resident(): { packages: string[]; builtins: string[]; bytes: number; own: Map<string, number> } {
  const starts = ['agent/psso-monitor.js', 'agent/run-resident.ts'];
  const waiting = Object.entries(outputs)
    .filter(([, { entryPoint = '' }]) => starts.includes(entryPoint))
    .map(([path]) => path);
  const loaded = new Set<string>();
  const packages = new Set<string>();
  const builtins = new Set<string>();
  const own = new Map<string, number>();
  let bytes = 0;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const output = outputs[path];
    if (output === undefined || loaded.has(path)) continue;
    loaded.add(path);
    bytes += output.bytes;
    for (const input of Object.keys(output.inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
      own.set(input, output.inputs[input]?.bytesInOutput ?? 0);
      if (name !== undefined && (output.inputs[input]?.bytesInOutput ?? 0) > 0) packages.add(name);
    }
    for (const imported of output.imports) {
      if (imported.kind !== 'import-statement') continue;
      if (imported.external) builtins.add(imported.path.replace(/^node:/, ''));
      else waiting.push(imported.path);
    }
  }
  return { packages: [...packages].sort(), builtins: [...builtins].sort(), bytes, own };
}

describe('the resident agent', () => {
  test('carries these packages and no others', () => {
    expect(resident().packages).toEqual([
      '@pinojs/redact',
      'better-sqlite3',
      'node-cron',
      'pino',
      'pino-std-serializers',
      'quick-format-unescaped',
      'safe-stable-stringify',
      'zod',
    ]);
  });

  test('loads neither cryptography nor threads, nor anything for the command line', () => {
    const { builtins } = resident();
    for (const name of ['crypto', 'worker_threads', 'readline', 'http', 'https', 'zlib', 'inspector'])
      expect(builtins).not.toContain(name);
  });

  test('watches itself with a few kilobytes of code, without what only people read', () => {
    const watching = [...resident().own].filter(([path]) => path.includes('agent/self-watch/'));
    expect(watching.length).toBeGreaterThan(3);
    expect(watching.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(8_000);
    expect([...resident().own.keys()].filter((path) => path.includes('agent/doctor/'))).toEqual([]);
  });

  test('is no more than 350 kB of code', () => {
    expect(resident().bytes).toBeLessThan(350_000);
  });
});

test('a quiet day is worth five rows at most', async () => {
  for (const figure of await countedFigures({ year: false }))
    expect(figure.value).toBeLessThanOrEqual(figure.goal);
});
