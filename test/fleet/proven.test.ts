import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FleetSummary } from '../../agent/fleet/fleet-output.ts';
import { provenScenarios } from '../../agent/validation/proven.ts';
import type { ValidationOutput } from '../../agent/validation/validation-output.ts';
import { cli } from '../helpers/cli.ts';
import { scenarioFile } from '../helpers/scenario-file.ts';

/** Scenarios with what their Macs have proven. */
const macs: Readonly<Record<string, readonly (typeof provenScenarios)[number][]>> = {
  'password-change-prompt-pending': ['registration', 'password-sync'],
  'registration-needs-repair': ['registration', 'repair'],
  'deregister-reregister-macos13': ['registration', 'repair'],
  'wpj-key-not-removed-after-migration': ['registration', 'migration'],
  'wpj-key-not-removed-after-migration.twin-still-cleaning-up': ['registration', 'migration'],
  'psso-not-registered.twin-switched-off': [],
};

let folder: string;
let summary: FleetSummary;
let merged: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-proven-'));
  const histories = join(folder, 'histories');
  for (const name of Object.keys(macs)) {
    mkdirSync(join(histories, name), { recursive: true });
    const ran = cli(['replay', scenarioFile(name), '--data-dir', join(histories, name)]);
    expect(ran.stderr).toBe('');
  }
  merged = join(folder, 'merged.db');
  const { stdout, stderr } = cli(['fleet', histories, '--json', '--out', merged]);
  if (stdout === '') throw new Error(stderr);
  summary = JSON.parse(stdout);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const provenOn = (name: string) => summary.list.find(({ mac }) => mac === name)?.proven;

describe('what each Mac has proven', () => {
  test.each(Object.entries(macs))('%s', (name, expected) => {
    const proven = provenOn(name);
    expect(provenScenarios.filter((scenario) => proven?.[scenario] != null)).toEqual(expected);
  });

  test.each(Object.keys(macs))('validate says the same of %s', (name) => {
    const { stdout } = cli(['validate', '--json', '--data-dir', join(folder, 'histories', name)]);
    const { steps }: ValidationOutput = JSON.parse(stdout);
    const passed = provenScenarios.map((scenario) => {
      const step = steps.find(({ id }) => id === scenario);
      return [scenario, step?.result === 'passed' ? step.at : null];
    });
    expect(Object.fromEntries(passed)).toEqual(provenOn(name));
  });

  test('counted', () => {
    expect(summary.proven).toEqual([
      { scenario: 'registration', macs: 5 },
      { scenario: 'password-sync', macs: 1 },
      { scenario: 'repair', macs: 2 },
      { scenario: 'migration', macs: 2 },
    ]);
  });

  test('of two users of one Mac, each', () => {
    const pulls = join(folder, 'pulls');
    for (const [user, name] of [
      ['alex', 'registration-needs-repair'],
      ['sam', 'deregister-reregister-macos13'],
    ] as const) {
      mkdirSync(join(pulls, 'MAC1', user), { recursive: true });
      copyFileSync(join(folder, 'histories', name, 'events.db'), join(pulls, 'MAC1', user, 'events.db'));
    }
    expect(cli(['fleet', pulls]).stdout).toContain('  registration: 2 of 2 Macs\n');
  });

  test('in the merged database', () => {
    const db = new Database(merged, { readonly: true });
    const rows = db.prepare('SELECT * FROM v_proven ORDER BY mac').all();
    db.close();
    expect(rows).toEqual(
      summary.list.map(({ mac, proven }) => ({
        mac,
        registration: proven.registration ?? '',
        password_sync: proven['password-sync'] ?? '',
        repair: proven.repair ?? '',
        migration: proven.migration ?? '',
      })),
    );
  });
});
