import { chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { cli } from '../../helpers/cli.ts';
import { needsRoot } from '../../helpers/needs.ts';

const asRoot = process.getuid?.() === 0;
const ofPssoMonitor = 'Library/Application Support/PSSO Monitor';
let scratch: string;
let sysroot: string;
let eve: string;

const attribute = (name: string) => cli(['attribute', name, '--sysroot', sysroot]);

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'psso-monitor-attribute-'));
  sysroot = join(scratch, 'mac');
  eve = join(sysroot, 'Users/eve');
  installSysroot(sysroot);
  const alex = join(sysroot, 'Users/alex');
  const folder = join(alex, ofPssoMonitor);
  mkdirSync(dirname(folder), { recursive: true });
  cli(['once', '--sysroot', sysroot, '--data-dir', folder]);
  if (!asRoot) return;
  const files = ['events.db', 'agent.json'].map((name) => join(folder, name));
  for (const path of [alex, folder, ...files]) chownSync(path, 501, 501);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("as root, one user's invalid home does not end the output for all users", () => {
  needsRoot();
  beforeEach(() => {
    rmSync(eve, { recursive: true, force: true });
    mkdirSync(eve);
    chownSync(eve, 502, 502);
  });

  const inTheWay = (path: string) => {
    const place = join(eve, path);
    mkdirSync(dirname(place), { recursive: true });
    return place;
  };

  test.each<[string, () => void]>([
    ['a folder that is a link to itself', () => symlinkSync('PSSO Monitor', inTheWay(ofPssoMonitor))],
    ['a file where the folder should be', () => writeFileSync(inTheWay(ofPssoMonitor), '')],
    ['a Library that is a link to itself', () => symlinkSync('Library', inTheWay('Library'))],
    ['a Library that is a file', () => symlinkSync('/etc/passwd', inTheWay('Library'))],
    [
      "a link to another user's history",
      () => symlinkSync(join(sysroot, 'Users/alex/Library'), inTheWay('Library')),
    ],
    ['nothing in it', () => {}],
  ])('%s', (_what, make) => {
    make();
    expect(attribute('headline')).toEqual({ status: 0, stdout: 'ok\n', stderr: '' });
    expect(attribute('agent').stdout).toBe('running\n');
  });
});
