import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReader } from '../../agent/store/reader.ts';
import { cli } from '../helpers/cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-ignored-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function replay(name: string, lines: readonly object[]): void {
  const file = join(folder, `${name}.ndjson`);
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  const { status, stderr } = cli(['replay', file, '--data-dir', join(folder, 'data')]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
}

test('an open issue that becomes ignored is closed, and not recorded as solved', () => {
  const mac = { scenario: 'ignored', macos: '15.6', user: 'alex' };
  const broken = { at: '+0s', psso: { registered: false, userPresent: false } };
  replay('before', [{ ...mac, start: '2026-03-02T08:00:00Z' }, broken, { at: '+10m', end: true }]);
  replay('after', [
    { ...mac, start: '2026-03-02T08:12:00Z', settings: { IgnoredIssues: ['psso-not-registered'] } },
    broken,
    { at: '+10m', end: true },
  ]);
  const reader = openReader({ path: join(folder, 'data', 'events.db') });
  const [row, ...more] = reader.events({}).filter(({ kind }) => kind === 'issue-resolved');
  expect(more).toEqual([]);
  expect(row?.issue).toBe('psso-not-registered');
  expect(row?.summary).toMatch(/^Ignored by a setting: Platform SSO is configured/);
  expect(row?.detail).toContain('"ignored":true');
  expect(reader.issues().find(({ issue }) => issue === 'psso-not-registered')?.status).toBe('resolved');
  reader.close();
});

test('an open issue whose rule is removed is closed, and not recorded as solved', () => {
  const mac = { scenario: 'a rule', macos: '15.6', user: 'alex' };
  const Issues = { 'org-x': { When: 'psso.configured', Title: 'A rule' } };
  replay('before', [
    { ...mac, start: '2026-03-02T08:00:00Z', settings: { Issues } },
    { at: '+10m', end: true },
  ]);
  replay('after', [
    { ...mac, start: '2026-03-02T08:12:00Z' },
    { at: '+10m', end: true },
  ]);
  const reader = openReader({ path: join(folder, 'data', 'events.db') });
  const resolved = reader.events({}).filter(({ kind }) => kind === 'issue-resolved');
  expect(resolved.map(({ issue, summary }) => [issue, summary])).toEqual([
    ['org-x', 'No longer detected: A rule.'],
  ]);
  expect(reader.issues().map(({ status }) => status)).toEqual(['resolved']);
  reader.close();
});
