import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clearedVariables, keptVariables } from '../../launchd/environment.ts';

/** Of programs that this Node starts or imitates, and of terminals: they change no code that runs. */
const harmless =
  /^(?:CI_NAME|JEST_WORKER_ID|TEAMCITY_VERSION|TEMP|TERM_PROGRAM.*|TMUX|USERPROFILE|.*_PROXY)$/;
/** The LaunchAgent sets it to a number. */
const set = 'UV_THREADPOOL_SIZE';

function isDecided(name: string): boolean {
  const decided: readonly string[] = [...clearedVariables, ...keptVariables, set];
  return decided.includes(name) || harmless.test(name);
}

test('each variable that Node documents is cleared or kept', () => {
  const help = execFileSync(process.execPath, ['--help'], { encoding: 'utf8' });
  const names = help.slice(help.indexOf('Environment variables:')).match(/^[A-Z][A-Z0-9_]+/gm) ?? [];
  expect(names).toContain('NODE_EXTRA_CA_CERTS');
  expect(names.filter((name) => !isDecided(name))).toEqual([]);
});

test("each variable that Node's own code reads is cleared or kept", () => {
  const program = readFileSync(process.execPath, 'latin1');
  const names = new Set([...program.matchAll(/\benv\.([A-Z][A-Z0-9_]{3,})/g)].map(([, name = '']) => name));
  expect(names).toContain('NODE_V8_COVERAGE');
  expect([...names].filter((name) => !isDecided(name))).toEqual([]);
});

test('no variable is both', () => {
  const cleared: readonly string[] = clearedVariables;
  expect(keptVariables.filter((name) => cleared.includes(name))).toEqual([]);
});
