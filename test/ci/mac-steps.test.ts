import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { linesOfTheList } from '../../scripts/verified/lines.ts';
import { verifiedRun } from '../../scripts/verified/run.ts';
import { expandedPackage } from '../pkg-build/expanded-package.ts';
import { freshMac, payloadFor } from '../pkg-build/whole-mac.ts';

const asRoot = process.getuid?.() === 0;
const environment = { GITHUB_SHA: 'abc123', ImageOS: 'macos15', ImageVersion: '20261101.1' };

/** A runner's Mac, with the packages that the steps before have built. `.scratch` is its checkout. */
function runner() {
  const { mac } = freshMac({}, []);
  for (const [folder, version] of [
    ['packages', '1.0.0'],
    ['pbzx', '1.0.0'],
    ['newer', '1.0.1'],
  ] as const) {
    const { folder: unpacked } = expandedPackage(mac, payloadFor(mac, version));
    mac.write(`/.scratch/build/ci/${folder}/psso-monitor-${version}.pkg`, `${unpacked}\n`);
  }
  const kept = (name: string) => readFileSync(mac.path(`/.scratch/build/ci/kept/${name}`), 'utf8');
  const step = (name: string, ...args: string[]) => mac.runStep(name, args, environment);
  return { mac, kept, step };
}

describe('the steps of the workflow on a Mac', () => {
  it('install, check, upgrade, uninstall, and prove that nothing is left', () => {
    const { mac, kept, step } = runner();
    const done = (name: string, ...args: string[]) => {
      const { status, stdout, stderr } = step(name, ...args);
      expect({ name, args, status, stderr, said: status === 0 ? '' : stdout }).toEqual({
        name,
        args,
        status: 0,
        stderr: '',
        said: '',
      });
    };
    done('describe-runner.sh');
    expect(kept('runner.txt')).toMatch(
      /^macOS: 15\.6\n.*kind of session: Aqua\n.*window session: yes\nsudo without a password: yes\n$/s,
    );
    done('inventory.sh', 'before');
    done('make-standard-user.sh');
    done('install-package.sh', 'build/ci/packages', 'install-starts-agent');
    // On a Mac sudo makes the reader root, which reads all histories; here only root can.
    if (asRoot) done('check.sh', 'build/ci/packages');
    else step('check.sh', 'build/ci/packages');
    done('install-package.sh', 'build/ci/pbzx', 'pbzx-installs');
    done('install-package.sh', 'build/ci/newer', 'upgrade-over-it');
    done('uninstall.sh');
    done('inventory.sh', 'after');
    done('write-results.sh', 'macos-15');

    const run = verifiedRun.parse(JSON.parse(kept('verified-on-mac.json')));
    const missing = linesOfTheList().filter(
      ({ id, proof }) =>
        proof === 'workflow' && run.lines.find((line) => line.id === id)?.result !== 'passed',
    );
    // What comes from another step (compare-packages.sh is tried below).
    expect(missing.map(({ id }) => id).sort()).toEqual(
      ['same-bytes', ...(asRoot ? [] : ['hostile-history-refused', 'root-gives-up-rights'])].sort(),
    );
    expect(run).toMatchObject({
      commit: 'abc123',
      mac: { image: 'macos15 20261101.1', session: 'window Aqua' },
    });
    expect(kept('checks.txt')).toMatch(/passed, \d failed, 1 could not run\.\n$/);
    expect(kept('install.log')).toContain('PSSO Monitor: User 501: the agent is started.');
    expect(kept('summary.md')).toContain('| uninstall-leaves-nothing | passed |');
    expect(mac.isLoaded(501)).toBe(false);

    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { 'date-time': true } });
    const schema = readFileSync(join(import.meta.dirname, '../../docs/verified-on-mac.schema.json'), 'utf8');
    expect(ajv.validate(JSON.parse(schema), JSON.parse(kept('verified-on-mac.json'))), ajv.errorsText()).toBe(
      true,
    );

    // What was answered is kept, and whose Mac it is is not.
    const answers = readdirSync(mac.path('/.scratch/build/ci/kept/answers'));
    expect(answers).toEqual(
      expect.arrayContaining(['ioreg.txt', 'profiles.txt', 'scutil-nwi.txt', 'sysctl.txt']),
    );
    for (const name of answers) {
      const named = /alex|contoso|192\.168|https?:\/\/(?!www\.apple)/i.exec(kept(`answers/${name}`))?.[0];
      expect([name, named]).toEqual([name, undefined]);
    }
    expect(kept('answers/profiles.txt')).toBe(
      'Enrolled via DEP: Yes\nMDM enrollment: Yes (User Approved)\n(exit status 0)\n',
    );
    expect(kept('capture.ndjson')).toContain('"appSso"');
    expect(kept('checks.txt')).not.toMatch(/alex|contoso/i);
  });

  it('fail when something is left', () => {
    const { mac, kept, step } = runner();
    step('inventory.sh', 'before');
    mac.write('/Library/LaunchAgents/io.github.psso-monitor.other.plist', '');
    expect(step('inventory.sh', 'after')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('failed: uninstall-leaves-nothing'),
    });
    expect(kept('left.txt')).toContain('io.github.psso-monitor.other.plist');
  });

  it('fail when the Installer fails, and keep its log', () => {
    const { mac, kept, step } = runner();
    mac.write('/.scratch/build/ci/packages/psso-monitor-1.0.0.pkg', '/nowhere\n');
    mac.write('/var/log/install.log', 'installd[1]: it is broken\n');
    const { status, stdout } = step('install-package.sh', 'build/ci/packages', 'install-starts-agent');
    expect(status).toBe(1);
    expect(stdout).toContain('failed: install-starts-agent: the Installer installs it');
    expect(kept('installer.log') + kept('install.log')).toMatch(/the package is broken\n.*it is broken\n$/s);
    expect(step('install-package.sh', 'build/ci/none', 'install-starts-agent')).toMatchObject({ status: 1 });
  });

  it('continue without a window session, and record it as a separate result', () => {
    const { mac, kept, step } = runner();
    rmSync(mac.path('/.scratch/launchd/sessions/501'));
    expect(step('describe-runner.sh')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('::warning::This runner has no window session'),
    });
    expect(step('install-package.sh', 'build/ci/packages', 'install-starts-agent').status).toBe(0);
    expect(kept('results.tsv')).toContain(
      'install-starts-agent\tnotPossibleHere\tthe agent runs\tThere is no window session.\n',
    );
  });

  it('report whether the packages have equal bytes, and keep one that differs', () => {
    const { mac, kept, step } = runner();
    const put = (folder: string, name: string, content: string) =>
      mac.write(`/.scratch/build/ci/${folder}/${name}`, content);
    for (const folder of ['linux', 'mine']) put(folder, 'a-arm64.pkg', 'the same');
    put('linux', 'a.pkg', 'not built here');
    expect(step('compare-packages.sh', 'build/ci/linux', 'build/ci/mine').status).toBe(0);
    put('mine', 'a.pkg', 'other bytes');
    expect(step('compare-packages.sh', 'build/ci/linux', 'build/ci/mine').status).toBe(1);
    expect(kept('a.pkg')).toBe('other bytes');
    expect(kept('results.tsv')).toMatch(
      /same-bytes\tpassed\ta-arm64\.pkg is the same\tSHA-256 [0-9a-f]{64}\n/,
    );
    expect(step('compare-packages.sh', 'build/ci/linux', 'build/ci/none').status).toBe(1);
  });
});
