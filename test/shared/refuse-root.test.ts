import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownerOutcomes } from '../../agent/doctor/checks/owner.ts';
import { doctorOutput } from '../../agent/doctor/doctor-output.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { cli } from '../helpers/cli.ts';
import { needsRoot } from '../helpers/needs.ts';

const person = 4242;
let home: string;
let sysroot: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'psso-monitor-home-'));
  sysroot = join(home, 'mac');
  installSysroot(sysroot);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** As `sudo` runs it: root, with the user's HOME kept. */
const bySudo = (...args: string[]) =>
  cli([...args, '--sysroot', sysroot], { env: { HOME: home, XDG_STATE_HOME: '', XDG_CONFIG_HOME: '' } });

// Only root can make another user's folder, and damage one.
describe('root in the home folder of a person', () => {
  needsRoot();
  test.each([[['once']], [['run']], [['silence', 'psso-not-registered', '--for', '7d']]])(
    '%s is refused, and leaves nothing there',
    (args) => {
      chownSync(home, person, person);
      const before = readdirSync(home);
      const { status, stderr, stdout } = bySudo(...args);
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain(`belongs to user ${person}`);
      expect(stderr).toContain(`sudo -H -u '#${person}'`);
      expect(readdirSync(home)).toEqual(before);
    },
  );

  test('may read it, and may have its own history', () => {
    expect(bySudo('once').status).toBe(0);
    expect(bySudo('status').status).toBe(0);
    chownSync(home, person, person);
    expect(bySudo('silence').status).toBe(0);
    const elsewhere = join(home, 'elsewhere');
    expect(cli(['once', '--sysroot', sysroot, '--data-dir', elsewhere]).status).toBe(0);
    expect(existsSync(join(elsewhere, 'events.db'))).toBe(true);
  });

  test('doctor names the owner of the files, and the command that restores it', () => {
    const data = join(home, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'silences.json'), '{}');
    chownSync(join(data, 'silences.json'), person, person);
    const checks = () =>
      doctorOutput.parse(
        JSON.parse(cli(['doctor', '--json', '--sysroot', sysroot, '--data-dir', data]).stdout),
      ).checks;
    const of = () => checks().filter(({ id }) => id === 'owner');
    expect(of()).toMatchObject([{ verdict: 'fail', message: /silences\.json belongs to user 4242/ }]);
    expect(of()[0]?.next).toContain('sudo chown -R');
    expect(of()[0]?.next).toContain(data);
    rmSync(join(data, 'silences.json'));
    expect(of()).toEqual([]);
    // Root's folder, checked by the user, and the user's, checked by root, who must not take it.
    expect(ownerOutcomes(data, { uid: person, name: 'alex' })).toMatchObject([
      {
        message: `${data} belongs to root, not to you, so the agent can't use it.`,
        next: expect.stringContaining("chown -R 'alex'"),
      },
    ]);
    chownSync(data, person, person);
    expect(of()).toEqual([]);
    expect(ownerOutcomes(data, { uid: person, name: 'alex' })).toEqual([]);
  });
});
