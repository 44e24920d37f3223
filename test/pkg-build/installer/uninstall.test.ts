import { existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installed, packageIdentifier } from '../../../launchd/installed-paths.ts';
import { type ScratchMac, type Shell, scratchMac, shells } from '../scratch-mac.ts';
import { samplePayload } from './sample-payload.ts';

const alex = { uid: 501, user: 'alex' };
const sam = { uid: 502, user: 'sam', home: '/Users/sam of sales' };
const hidden = { uid: 499, user: 'hidden', home: '/var/hidden' };
const records = (home: string) => [
  `${home}/Library/Application Support/PSSO Monitor`,
  `${home}/Library/Logs/PSSO Monitor`,
];
/** In the order in which dscl lists their users. */
const homes = ['/Users/alex', '/var/hidden', '/var/root', '/Users/sam of sales'];
const everything = [installed.folder, installed.launchAgent, installed.link, installed.manLink];

/** Two users, root and a hidden admin with records, one of them logged in; and a user without records. */
function installedMac(shell: Shell = 'bash --posix'): ScratchMac {
  const mac = scratchMac({ sessions: [alex], others: [sam, { uid: 503, user: 'new' }, hidden], shell });
  mac.install(samplePayload('1.0.0'));
  symlinkSync(mac.path(installed.command), mac.path(installed.link));
  mkdirSync(mac.path(dirname(installed.manLink)), { recursive: true });
  symlinkSync(mac.path(installed.manPage), mac.path(installed.manLink));
  mac.startAgent(501);
  for (const home of homes) {
    const [data = '', log = ''] = records(home);
    mac.write(`${data}/events.db`, 'events');
    mac.write(`${log}/agent.log`, 'log');
    mac.write(`${home}/Library/Application Support/Other/kept`, 'kept');
  }
  return mac;
}
const there = (mac: ScratchMac, paths: readonly string[]) => paths.filter((path) => mac.exists(path));

describe.each(shells)('uninstall.sh, by %s', (shell) => {
  it('removes all but the records, and prints what is left', () => {
    const mac = installedMac(shell);
    mac.launchdOf(501, { bootoutTakes: 3 });
    const { status, stdout, stderr } = mac.runScript('uninstall.sh');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(there(mac, everything)).toEqual([]);
    expect(mac.isLoaded(501) || mac.hasReceipt()).toBe(false);
    const kept = homes.flatMap(records);
    expect(there(mac, kept)).toEqual(kept);
    expect(stdout).toBe(`PSSO Monitor: Removed ${installed.launchAgent}
PSSO Monitor: User 501: the agent is stopped.
PSSO Monitor: Removed ${installed.folder}/bin
PSSO Monitor: Removed ${installed.folder}/lib
PSSO Monitor: Removed ${installed.folder}/share
PSSO Monitor: Removed ${installed.folder}
PSSO Monitor: Removed ${installed.link}
PSSO Monitor: Removed ${installed.manLink}
PSSO Monitor: Forgot the receipt of ${packageIdentifier}
${kept.map((path) => `PSSO Monitor: Kept ${path}`).join('\n')}
PSSO Monitor: Left on this Mac:
${kept.map((path) => `  ${path}`).join('\n')}
`);
  });

  it('with --purge also removes the records, each as its user', () => {
    const mac = installedMac(shell);
    const { status, stdout } = mac.runScript('uninstall.sh', ['--purge']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Nothing of PSSO Monitor is left on this Mac\.\n$/);
    expect(there(mac, homes.flatMap(records))).toEqual([]);
    expect(mac.exists('/Users/sam of sales/Library/Application Support/Other/kept')).toBe(true);
    const asWhom = mac.calls('sudo').map(([, , , user, , , , , wanted, home]) => [user, wanted, home]);
    expect(asWhom).toContainEqual(['#501', 'remove', '/Users/alex']);
    expect(asWhom).toContainEqual(['#502', 'remove', '/Users/sam of sales']);
    expect(asWhom).toContainEqual(['#499', 'remove', '/var/hidden']);
    expect(asWhom).toContainEqual(['#0', 'remove', '/var/root']);
    // The accounts of macOS's services belong to no user.
    expect(asWhom.filter(([user]) => user === '#248')).toEqual([]);
  });

  it('runs again, and does nothing', () => {
    const mac = installedMac(shell);
    mac.runScript('uninstall.sh', ['--purge']);
    expect(mac.runScript('uninstall.sh', ['--purge'])).toEqual({
      status: 0,
      stderr: '',
      stdout:
        'PSSO Monitor: User 501: no agent runs.\n' +
        'PSSO Monitor: Nothing of PSSO Monitor is left on this Mac.\n',
    });
  });
});

describe('the order of uninstall.sh', () => {
  it('removes the LaunchAgent first, so that a login during the removal starts no agent', () => {
    const mac = installedMac();
    mac.runScript('uninstall.sh');
    const order = mac.calls().map(([name, ...args]) => [name, ...args].join(' '));
    const at = (call: string) => order.findIndex((one) => one.startsWith(call));
    expect(at(`rm -rf ${installed.launchAgent}`)).toBeLessThan(at('launchctl bootout'));
    expect(at('launchctl bootout')).toBeLessThan(at(`rm -rf ${installed.folder}`));
  });
});

describe('the options of uninstall.sh', () => {
  it('changes nothing with --dry-run, and prints what it would do', () => {
    const mac = installedMac();
    const { status, stdout } = mac.runScript('uninstall.sh', ['--purge', '--dry-run']);
    expect(status).toBe(0);
    for (const path of [installed.launchAgent, installed.link, ...records('/Users/alex')])
      expect(stdout).toContain(`Would remove ${path}\n`);
    expect(stdout).toContain('would stop the agent');
    expect(stdout).toMatch(/Nothing was changed\.\n$/);
    expect(there(mac, everything)).toEqual(everything);
    expect(there(mac, records('/Users/alex'))).toEqual(records('/Users/alex'));
    expect(mac.isLoaded(501) && mac.hasReceipt()).toBe(true);
    expect([...mac.calls('rm'), ...mac.calls('rmdir')]).toEqual([]);
  });

  it('prints its help for every user, and works for root only', () => {
    const mac = installedMac();
    mac.runAs(501);
    expect(mac.runScript('uninstall.sh', ['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: .*--purge .*--dry-run.*Example:\n/s),
    });
    expect(mac.runScript('uninstall.sh')).toMatchObject({
      status: 1,
      stderr: 'uninstall.sh: only root can do this. Run it with sudo, or from your MDM.\n',
    });
    expect(there(mac, everything)).toEqual(everything);
  });

  it('refuses an unknown option before it changes anything', () => {
    const mac = installedMac();
    const { status, stderr } = mac.runScript('uninstall.sh', ['--purge', '--prune']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^uninstall\.sh: there is no option --prune\.\n\nUsage:/);
    expect(there(mac, everything)).toEqual(everything);
  });

  it('skips the arguments that Jamf puts first', () => {
    const mac = installedMac();
    const { status } = mac.runScript('uninstall.sh', ['/', 'MAC-042', 'alex', '--purge', '', '']);
    expect(status).toBe(0);
    expect(there(mac, [...everything, ...records('/Users/alex')])).toEqual([]);
  });
});

describe('what uninstall.sh does not remove', () => {
  it('works when only parts are installed', () => {
    const mac = scratchMac({ others: [alex] });
    mac.write(installed.launchAgent, '<plist/>');
    expect(mac.runScript('uninstall.sh')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing of PSSO Monitor is left'),
    });
    expect(mac.exists(installed.launchAgent)).toBe(false);
  });

  it.each<[string, string, (mac: ScratchMac) => void]>([
    ['file', installed.link, (mac) => mac.write(installed.link, 'mine')],
    ['link', installed.link, (mac) => symlinkSync('/opt/psso-monitor', mac.path(installed.link))],
    ['link', installed.manLink, (mac) => symlinkSync('/opt/man', mac.path(installed.manLink))],
  ])('keeps a %s that is not ours in the place of %s', (_what, link, put) => {
    const mac = installedMac();
    rmSync(mac.path(link));
    put(mac);
    const { status, stdout } = mac.runScript('uninstall.sh', ['--purge']);
    expect(status).toBe(0);
    expect(stdout).toContain(`  ${link} (not ours)\n`);
    expect(lstatSync(mac.path(link))).toBeDefined();
  });

  it('leaves no credentials of the collector', () => {
    const mac = installedMac();
    const folder = '/private/var/db/io.github.psso-monitor';
    mac.write(`${folder}/curl.conf`, 'user = "mac:secret"', 0o600);
    expect(mac.runScript('uninstall.sh').status).toBe(0);
    expect(mac.exists(folder)).toBe(false);
  });

  it('keeps the rules of the admin, unless they are purged', () => {
    const mac = installedMac();
    const rules = `${installed.folder}/share/issues.d/10-contoso.json`;
    mac.write(rules, '{}');
    const odd = ['.hidden', '..two dots', 'a * in\na name'].map(
      (name) => `${installed.folder}/share/${name}`,
    );
    for (const path of odd) mac.write(path, '');
    const { status, stdout } = mac.runScript('uninstall.sh');
    expect(status).toBe(0);
    expect(stdout).toContain('share/issues.d holds your own words and rules, and stays');
    expect(there(mac, [rules, ...odd, installed.node, installed.manPage])).toEqual([rules]);
    expect(mac.runScript('uninstall.sh', ['--purge']).status).toBe(0);
    expect(there(mac, [rules, installed.folder])).toEqual([]);
  });

  it('keeps a file of another origin in the folder, and says so', () => {
    const mac = installedMac();
    mac.write(`${installed.folder}/notes.txt`, 'an admin’s own');
    const { status, stdout } = mac.runScript('uninstall.sh');
    expect(status).toBe(1);
    expect(stdout).toContain(`${installed.folder} holds something that is not ours, and stays.`);
    expect(there(mac, [`${installed.folder}/notes.txt`, installed.node])).toEqual([
      `${installed.folder}/notes.txt`,
    ]);
  });

  it('follows no link in place of the folder', () => {
    const mac = installedMac();
    rmSync(mac.path(installed.folder), { recursive: true });
    mac.write('/Users/Shared/bin/kept', 'kept');
    symlinkSync(mac.path('/Users/Shared'), mac.path(installed.folder));
    expect(mac.runScript('uninstall.sh').status).toBe(1);
    expect(mac.exists('/Users/Shared/bin/kept')).toBe(true);
  });

  it('names the settings that only the MDM removes', () => {
    const mac = installedMac();
    const settings = '/Library/Managed Preferences/io.github.psso-monitor.plist';
    mac.write(settings, '<plist/>');
    const { status, stdout } = mac.runScript('uninstall.sh', ['--purge']);
    expect(status).toBe(0);
    expect(stdout).toContain(`  ${settings} (your MDM's: remove the profile there)\n`);
    expect(mac.exists(settings)).toBe(true);
  });
});

describe('home folders with links', () => {
  const [data = '', log = ''] = records('/Users/alex');
  const victim = '/Users/Shared/victim/kept';

  it.each([
    ['the folder of the records', data],
    ['the folder of the log', log],
    ['a folder above', '/Users/alex/Library/Application Support'],
    ['the Library', '/Users/alex/Library'],
  ])('are not followed: %s is a link', (_what, link) => {
    const mac = installedMac();
    mac.write(victim, 'kept');
    mac.write('/Users/Shared/victim/PSSO Monitor/kept', 'kept');
    mac.write('/Users/Shared/victim/Application Support/PSSO Monitor/kept', 'kept');
    rmSync(mac.path(link), { recursive: true });
    symlinkSync(mac.path('/Users/Shared/victim'), mac.path(link));
    const { status, stdout } = mac.runScript('uninstall.sh', ['--purge']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/PSSO Monitor is a link or lies behind one, and is left alone\./);
    const kept = [victim, '/Users/Shared/victim/PSSO Monitor/kept'];
    expect(there(mac, kept)).toEqual(kept);
    expect(lstatSync(mac.path(link)).isSymbolicLink()).toBe(true);
    // The records of other users are removed.
    expect(there(mac, records('/Users/sam of sales'))).toEqual([]);
  });

  it('lose a link inside the records, and keep its target', () => {
    const mac = installedMac();
    mac.write(victim, 'kept');
    symlinkSync(mac.path('/Users/Shared/victim'), mac.path(`${data}/link`));
    expect(mac.runScript('uninstall.sh', ['--purge']).status).toBe(0);
    expect(mac.exists(data)).toBe(false);
    expect(mac.exists(victim)).toBe(true);
  });

  it('are touched by no command of root: only sudo -u goes there', () => {
    const mac = installedMac();
    mac.runScript('uninstall.sh', ['--purge']);
    const calls = mac.calls();
    const removals = calls.flatMap(([name, ...args], at) =>
      name === 'rm' && args.some((one) => one.startsWith('/Users/')) ? [calls[at - 2]?.[0]] : [],
    );
    // sudo, its sh, and then rm.
    expect(removals).toEqual(['sudo', 'sudo', 'sudo', 'sudo']);
  });
});

describe('failures of uninstall.sh', () => {
  it('keeps the records of a user whose agent does not stop', () => {
    const mac = installedMac();
    mac.launchdOf(501, { bootoutTakes: 1000 });
    const { status, stdout } = mac.runScript('uninstall.sh', ['--purge']);
    expect(status).toBe(1);
    expect(stdout).toContain('User 501: the agent does not stop; it ends when this user logs out.');
    expect(there(mac, records('/Users/alex'))).toEqual(records('/Users/alex'));
    expect(there(mac, records('/Users/sam of sales'))).toEqual([]);
    expect(mac.seconds()).toBe(15);
  });

  it.each([
    ['rm', `${installed.launchAgent} could not be removed.`],
    ['sudo', `${records('/Users/alex')[0]} could not be looked at, or not be removed.`],
    ['dscl', 'The users of this Mac could not be listed (dscl)'],
  ])('prints what is left when %s fails', (command, said) => {
    const mac = installedMac();
    mac.breakCommand(command);
    const { status, stdout } = mac.runScript('uninstall.sh', ['--purge']);
    expect(status).toBe(1);
    expect(stdout.slice(stdout.indexOf('Left on this Mac:'))).toContain(said);
  });

  it('skips an account without its own home folder', () => {
    const mac = scratchMac({ others: [{ uid: 600, user: 'service', home: '/var/empty' }] });
    mkdirSync(mac.path('/var/empty/Library/Logs/PSSO Monitor'), { recursive: true });
    expect(mac.runScript('uninstall.sh', ['--purge']).status).toBe(0);
    expect(existsSync(mac.path('/var/empty/Library/Logs/PSSO Monitor'))).toBe(true);
  });
});
