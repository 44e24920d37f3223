import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { bundle, installed } from '../../../launchd/installed-paths.ts';
import { cli, entry } from '../../helpers/cli.ts';
import { hostAddon } from '../../helpers/host-addon.ts';
import { expandedPackage } from '../expanded-package.ts';
import { realTool } from '../real-tool.ts';
import { type ScratchMac, type Shell, scratchMac, shells } from '../scratch-mac.ts';
import { samplePayload } from './sample-payload.ts';

const alex = { uid: 501, user: 'alex' };
const records = '/Users/alex/Library/Application Support/PSSO Monitor';

/** The sample with this machine's Node, SQLite and the checkout's command in place of the package's. */
function livePayload(own = false): string {
  const payload = samplePayload('1.0.0', [], own);
  const put = (path: string, content: string) => writeFileSync(join(payload, path), content);
  put(own ? bundle.node : installed.node, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  put(
    installed.command,
    `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@" --data-dir "$HOME/${records.slice(12)}"\n`,
  );
  copyFileSync(hostAddon(), join(payload, installed.folder, 'lib/better_sqlite3.node'));
  const node = own ? `${bundle.name}/Contents/Info.plist\n${bundle.name}/${bundle.program}\n` : 'bin/node\n';
  put(
    `${installed.folder}/share/installed-files.txt`,
    `${node}bin/psso-monitor\nlib/better_sqlite3.node\nlib/psso-monitor.mjs\nshare/docs/1.0.0.md\nshare/installed-files.txt\nshare/man/man1/psso-monitor.1\nshare/uninstall.sh\n`,
  );
  return payload;
}

/** The records of an agent that polled a simulated Mac once. */
let polled = '';
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-polled-'));
  installSysroot(join(folder, 'mac'));
  polled = join(folder, 'records');
  expect(cli(['once', '--sysroot', join(folder, 'mac'), '--data-dir', polled]).status).toBe(0);
  return () => rmSync(folder, { recursive: true, force: true });
});

/** A Mac without a problem: installed, the agent running, all commands of macOS working. */
function healthyMac(shell?: Shell, own = false) {
  const mac = scratchMac({ sessions: [alex], ...(shell ? { shell } : {}) });
  const macos = installSysroot(mac.root, { user: 'alex' });
  mac.install(livePayload(own));
  mac.startAgent(501);
  mac.write('/var/log/install.log', 'installd[1]: ./postinstall: PSSO Monitor: Installed.\n');
  mac.addProcess(501, mac.path(own ? bundle.node : installed.node));
  cpSync(polled, mac.path(records), { recursive: true });
  chmodSync(mac.path(records), 0o700);
  mac.write('/Users/alex/Library/Logs/PSSO Monitor/agent.log', '{}\n');
  mac.write('/Library/Managed Preferences/com.apple.extensiblesso.plist', '<plist/>');
  mac.write('/usr/bin/sqlite3', `#!/bin/sh\nexec ${realTool('sqlite3')} "$@"\n`, 0o755);
  mac.runAs(501);
  return { mac, macos };
}
const lines = (stdout: string, verdict: string) =>
  stdout.split('\n').filter((line) => line.startsWith(`${verdict} `));

describe('check-on-mac.sh on a Mac with the product', () => {
  it('finds no problem where Node is in a bundle', () => {
    const { mac } = healthyMac(undefined, true);
    const { status, stdout } = mac.runScript('check-on-mac.sh');
    expect(lines(stdout, 'FAIL').concat(lines(stdout, 'COULD NOT RUN'))).toEqual([]);
    expect(status).toBe(0);
  });

  it.each(shells)(
    'finds no problem on a healthy Mac, changes nothing, and prints no output of macOS, by %s',
    (shell) => {
      const { mac } = healthyMac(shell);
      mac.forgetCalls();
      const { status, stdout, stderr } = mac.runScript('check-on-mac.sh');
      expect(lines(stdout, 'FAIL').concat(lines(stdout, 'COULD NOT RUN'))).toEqual([]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(lines(stdout, 'PASS').length).toBeGreaterThan(25);
      expect(stdout).toContain('psso-monitor notify --test');
      expect(stdout).toMatch(/\n\d+ passed, 0 failed, 0 could not run\.\n$/);
      expect(stdout).not.toMatch(/contoso|upn|registrationCompleted|CompanyPortal/i);
      const changing = new Set(['chmod', 'chown', 'ln', 'mkdir', 'rm', 'rmdir', 'sudo', 'sleep']);
      expect(mac.calls().filter(([name = '']) => changing.has(name))).toEqual([]);
      expect(mac.calls('launchctl').map(([, verb]) => verb)).toEqual(['print']);
    },
  );

  it('reports each problem', () => {
    const { mac, macos } = healthyMac();
    macos.apply({ appSso: { text: 'no such thing' } });
    mac.write(`${installed.folder}/lib/old-chunk.mjs`, '');
    mac.own(502, installed.entry);
    chmodSync(mac.path(records), 0o755);
    mac.quitFinderAndDock();
    mac.breakCommand('codesign');
    rmSync(mac.path(`${installed.folder}/share/docs`), { recursive: true });
    const { status, stdout } = mac.runScript('check-on-mac.sh');
    expect(status).toBe(1);
    expect(lines(stdout, 'FAIL').map((line) => line.slice(15))).toEqual([
      'every file of the receipt is there',
      'nothing of an older version is left',
      'everything belongs to root, only root can change it, and nothing is a link',
      "Node's signature holds",
      "this user's agent runs",
      'only this user can read them',
      "app-sso's answer is understood",
    ]);
    expect(stdout).toContain(`\n               ${installed.entry}`);
  });

  it("reads the session as the agent does, and reports when macOS's list of sessions is truncated", () => {
    const { mac } = healthyMac();
    mac.write(
      '/usr/sbin/ioreg',
      '#!/bin/sh\n[ "$4 $5" = "-w 4096" ] || exit 1\necho \'"IOConsoleUsers" = ({"kCGS$\'\n',
      0o755,
    );
    const { stdout } = mac.runScript('check-on-mac.sh');
    expect(lines(stdout, 'FAIL').map((line) => line.slice(15))).toEqual(['the session is seen']);
    expect(stdout).toContain('ioreg -n Root -d1 -w 4096');
  });

  it('reports a check that could not run as such, never as a failure', () => {
    const { mac, macos } = healthyMac();
    macos.apply({ network: 'offline' });
    for (const gone of ['/usr/bin/pwpolicy', '/usr/bin/profiles', '/var/log/install.log'])
      rmSync(mac.path(gone));
    rmSync(mac.path('/Library/Managed Preferences'), { recursive: true });
    const { status, stdout } = mac.runScript('check-on-mac.sh');
    expect(status).toBe(0);
    expect(lines(stdout, 'FAIL')).toEqual([]);
    expect(lines(stdout, 'COULD NOT RUN')).toHaveLength(5);
    expect(stdout).toContain('/usr/bin/pwpolicy is not on this Mac.');
  });

  it('leaves out the checks of one user when root runs it, and says so', () => {
    const { mac } = healthyMac();
    mac.runAs(0);
    const { status, stdout } = mac.runScript('check-on-mac.sh');
    expect(status).toBe(0);
    expect(stdout).toContain('Run this again as that user, without sudo.');
    expect(mac.calls('app-sso')).toEqual([]);
  });

  it('reports in one line that nothing is installed', () => {
    const mac = scratchMac({ sessions: [alex] });
    const { status, stdout } = mac.runScript('check-on-mac.sh');
    expect(status).toBe(1);
    expect(stdout).toBe(`FAIL           PSSO Monitor is installed
               There is no ${installed.folder}.

0 passed, 1 failed, 0 could not run.
`);
  });

  it.each([
    [['--packages'], 'there is no option --packages'],
    [['--package'], '--package needs the file of a package, not ""'],
    [['--package', '/nowhere.pkg'], '--package needs the file of a package, not "/nowhere.pkg"'],
  ])('refuses %j', (args, said) => {
    expect(scratchMac().runScript('check-on-mac.sh', args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(said),
    });
  });

  it('explains itself', () => {
    const { status, stdout } = scratchMac().runScript('check-on-mac.sh', ['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: .*--package FILE.*Example:\n/s);
  });
});

describe('check-on-mac.sh --package', () => {
  function expanded(shell?: Shell) {
    const mac = scratchMac(shell ? { shell } : {});
    mac.runAs(501);
    const { folder, component, bill } = expandedPackage(mac, livePayload());
    mac.write('/Users/Shared/x.pkg', `${folder}\n`);
    return { mac, component, bill };
  }
  const check = (mac: ScratchMac) => mac.runScript('check-on-mac.sh', ['--package', '/Users/Shared/x.pkg']);

  it.each(shells)(
    'finds no problem in a valid package, and reports that it has no signature, by %s',
    (shell) => {
      const { mac } = expanded(shell);
      const { status, stdout, stderr } = check(mac);
      expect(lines(stdout, 'FAIL')).toEqual([]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(lines(stdout, 'COULD NOT RUN')).toEqual(['COULD NOT RUN  the signature of the package']);
      expect(lines(stdout, 'PASS')).toHaveLength(13);
    },
  );

  it.each<[string, (given: ReturnType<typeof expanded>) => void, string]>([
    [
      'a file that was changed',
      ({ component, mac }) =>
        writeFileSync(join(component, 'Payload', mac.root, installed.entry), '// another'),
      'every file is what the bill says',
    ],
    [
      'a file that the bill does not name',
      ({ component, mac }) =>
        writeFileSync(join(component, 'Payload', mac.root, installed.folder, 'lib/x'), ''),
      'the bill names all that is in the payload, and no more',
    ],
    [
      'a file of another user',
      ({ component, bill }) => writeFileSync(join(component, 'Bom'), bill.replace('0/0', '501/20')),
      'everything will belong to root, and only root can change it',
    ],
    [
      'a folder that its group can change',
      ({ component, bill }) => writeFileSync(join(component, 'Bom'), bill.replace('40755', '40775')),
      'everything will belong to root, and only root can change it',
    ],
    [
      'a script of the Installer with a syntax error',
      ({ component }) => writeFileSync(join(component, 'Scripts/common.sh'), 'if true; then\n'),
      "macOS's sh parses the Installer's scripts",
    ],
    [
      'a package that does not unpack',
      ({ mac }) => mac.write('/Users/Shared/x.pkg', '/gone\n'),
      'macOS unpacks all of it',
    ],
  ])('reports %s', (_what, spoil, failed) => {
    const given = expanded();
    spoil(given);
    const { status, stdout } = check(given.mac);
    expect(status).toBe(1);
    expect(lines(stdout, 'FAIL').map((line) => line.slice(15))).toEqual([failed]);
  });
});
