import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';

const story = fileURLToPath(new URL('../../../scripts/pictures/lost-registration.ndjson', import.meta.url));

test('status, issues and explain say that the user silenced an issue, and until when', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-silence-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const asked = (...args: string[]) => cli([...args, '--data-dir', folder]).stdout;
  asked('replay', story);
  const issue = 'registration-needs-repair';
  for (const words of [['status'], ['issues'], ['explain', issue]])
    expect(asked(...words)).not.toContain('Silenced');
  expect(JSON.parse(asked('explain', issue, '--json')).silencedUntil).toBeNull();
  asked('silence', issue, '--for', '7d');
  for (const words of [['status'], ['issues'], ['explain', issue]])
    expect(asked(...words)).toMatch(/Silenced by the user until \d{4}-\d{2}-\d{2} \d{2}:\d{2}/);
  const { silencedUntil } = JSON.parse(asked('explain', issue, '--json'));
  expect(Math.round((Date.parse(silencedUntil) - Date.now()) / 86_400_000)).toBe(7);
});
