import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installedAgent } from './installed-agent.ts';

test('the installed report is a complete page', async () => {
  const agent = await installedAgent();
  onTestFinished(() => agent.end());
  expect(agent.command(['once', '--sysroot', join(agent.folder, 'Mac')]).status).toBe(0);
  const file = join(agent.folder, 'report.html');
  const { status, stderr } = agent.command(['report', '--out', file]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const page = readFileSync(file, 'utf8');
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).toContain('</html>');
  // It contains the chart's library.
  expect(page.length).toBeGreaterThan(200_000);
});
