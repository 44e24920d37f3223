import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clearedVariables } from '../../launchd/environment.ts';
import { until } from '../helpers/until.ts';
import { installedAgent } from './installed-agent.ts';

test('no variable of the session changes how the agent runs', async () => {
  const agent = await installedAgent();
  onTestFinished(() => agent.end());
  const traces = ['required', 'coverage', 'cache', 'warnings'].map((name) => join(agent.folder, name));
  const [required = '', coverage = '', cache = '', warnings = ''] = traces;
  const script = join(agent.folder, 'evil.cjs');
  writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(required)}, '')`);
  const openssl = join(agent.folder, 'openssl.cnf');
  writeFileSync(
    openssl,
    'nodejs_conf = a\n[a]\nproviders = b\n[b]\nc = d\n[d]\nactivate = 1\nmodule = /missing.so\n',
  );
  const { child, output, ended } = agent.run({
    session: {
      // A linker's message at the start would come from a value of its own kind.
      ...Object.fromEntries(clearedVariables.map((name) => [name, '/planted'])),
      NODE_OPTIONS: `--require "${script}"`,
      NODE_V8_COVERAGE: coverage,
      NODE_COMPILE_CACHE: cache,
      NODE_REDIRECT_WARNINGS: warnings,
      NODE_CHANNEL_FD: '0',
      NODE_DEBUG: '*',
      OPENSSL_CONF: openssl,
    },
  });
  await until(() => existsSync(join(agent.dataDir, 'events.db')), 'the first poll');
  child.kill('SIGTERM');
  expect(await ended).toEqual({ status: 0, signal: null });
  expect(output.stdout + output.stderr).toBe('');
  expect(traces.filter((path) => existsSync(path))).toEqual([]);
});
