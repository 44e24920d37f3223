import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordedState } from '../helpers/recorded-state.ts';
import { until } from '../helpers/until.ts';
import { installedAgent } from './installed-agent.ts';

test('the installed validate walks beside the installed agent, and writes its page', async () => {
  const agent = await installedAgent();
  onTestFinished(() => agent.end());
  agent.run();
  const sysroot = ['--sysroot', join(agent.folder, 'Mac')];
  await until(() => recordedState(agent.dataDir, 'headline') === 'ok', 'the first poll');
  expect(agent.command(['validate', '--json', ...sysroot]).stdout).toContain('"headline": "ok"');
  const file = join(agent.folder, 'validation.html');
  const { status, stdout, stderr } = agent.command(['validate', '--no-wait', '--page', file, ...sysroot]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Registration: Passed');
  expect(stdout).toContain('The agent: Passed');
  const page = readFileSync(file, 'utf8');
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).toContain('</html>');
  expect(page).not.toContain('<script');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
