import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { linesOfTheList } from '../../scripts/verified/lines.ts';
import { verifiedPage } from '../../scripts/verified/page.ts';
import {
  newestOfEachKind,
  verifiedRun,
  verifiedRunSchema,
  verifiedRuns,
} from '../../scripts/verified/run.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const generator = fileURLToPath(new URL('../../scripts/verified-on-mac.ts', import.meta.url));
const exampleFile = join(import.meta.dirname, 'example.json');
const example = verifiedRun.parse(JSON.parse(readFileSync(exampleFile, 'utf8')));
const on = (macos: string, at = example.at) => ({
  ...example,
  at,
  mac: { ...example.mac, macos, hardware: 'Mac16,1' },
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-verified-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const generate = (folder: string, ...files: string[]) =>
  spawnSync(process.execPath, [generator, '--docs', folder, ...files], { encoding: 'utf8' });

describe('verified-on-mac.json', () => {
  test('is valid by its JSON Schema, and invalid files are refused', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { 'date-time': true } });
    const validate = ajv.compile(JSON.parse(verifiedRunSchema()));
    expect(validate(example)).toBe(true);
    for (const wrong of [
      { ...example, format: 2 },
      { ...example, at: 'yesterday' },
      { ...example, lines: [{ id: 'x', result: 'skipped', checks: [] }] },
      { ...example, more: true },
    ])
      expect([validate(wrong), verifiedRun.safeParse(wrong).success]).toEqual([false, false]);
  });

  test('in docs/ holds runs on real Macs, or is not there', () => {
    const file = join(docs, 'verified-on-mac.json');
    const runs = existsSync(file) ? verifiedRuns.parse(JSON.parse(readFileSync(file, 'utf8'))).runs : [];
    for (const { mac, commit } of runs) {
      expect(mac.hardware).toMatch(/Mac/);
      expect(commit).toMatch(/^[0-9a-f]{40}$/);
    }
  });
});

describe('the page of what was verified', () => {
  test('is generated from the file beside it, and so is the schema (else: npm run verified)', () => {
    const folder = temporary();
    const kept = join(docs, 'verified-on-mac.json');
    if (existsSync(kept)) copyFileSync(kept, join(folder, 'verified-on-mac.json'));
    expect(generate(folder)).toMatchObject({ status: 0, stderr: '' });
    for (const name of ['verified-on-mac.md', 'verified-on-mac.schema.json'])
      expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(join(docs, name), 'utf8'));
  });

  test('calls nothing verified without a run', () => {
    const page = verifiedPage(linesOfTheList(), []);
    expect(page).toContain('Built for macOS 13.5 and later. **It has not run on a Mac yet**');
    expect(page).not.toContain('| verified |');
  });

  test('has for each line where it passed and failed, and on which macOS it ran', () => {
    const passed = {
      ...on('26.5.2'),
      lines: example.lines.map((line) => ({ ...line, result: 'passed' as const })),
    };
    const page = verifiedPage(linesOfTheList(), [on('15.6'), passed]);
    expect(page).toContain('Built for macOS 13.5 and later. Run on 15.6 arm64, 26.5.2 arm64.');
    expect(page).toMatch(
      /\| `app-sso-answers` \| .+ \| workflow \| verified \| 15\.6 arm64, 26\.5\.2 arm64 \|/,
    );
    expect(page).toMatch(
      /\| `ends-in-two-seconds` \| .+ \| FAILED \| 26\.5\.2 arm64; failed on 15\.6 arm64 \|/,
    );
    expect(page).toMatch(/\| `manual-page` \| .+ \| workflow \| not verified \| {2}\|/);
    expect(page).toContain(
      '- 15.6 arm64, `ends-in-two-seconds`: it stops cleanly after SIGTERM. launchd kills',
    );
    expect(page.match(/^\| `/gm)).toHaveLength(linesOfTheList().length);
  });

  test('keeps the newest run of each kind of Mac', () => {
    const runs = [on('26.5.2'), on('15.6', '2026-12-01T00:00:00Z'), on('15.6')];
    expect(newestOfEachKind(runs).map(({ at, mac }) => [mac.macos, at])).toEqual([
      ['15.6', '2026-12-01T00:00:00Z'],
      ['26.5.2', example.at],
    ]);
  });

  test('refuses the example of the tests and a file that is no run, and writes nothing', () => {
    const folder = temporary();
    writeFileSync(join(folder, 'odd.json'), '{"format": 1}');
    expect(generate(folder, exampleFile)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is the example of the tests'),
    });
    expect(generate(folder, join(folder, 'odd.json'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is no run of check-on-mac.sh'),
    });
    expect(existsSync(join(folder, 'verified-on-mac.md'))).toBe(false);
  });
});
