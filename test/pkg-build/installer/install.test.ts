import { chmodSync, lstatSync, mkdirSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installed } from '../../../launchd/installed-paths.ts';
import { type ScratchMac, scratchMac, shells } from '../scratch-mac.ts';
import { samplePayload } from './sample-payload.ts';

const alex = { uid: 501, user: 'alex' };
const sam = { uid: 502, user: 'sam' };
const pat = { uid: 503, user: 'pat' };

function install(mac: ScratchMac, payload = samplePayload('1.0.0')) {
  const before = mac.runScript('preinstall');
  expect(before).toMatchObject({ status: 0, stderr: '' });
  mac.install(payload);
  return mac.runScript('postinstall');
}
const launchctl = (mac: ScratchMac, verb: string) =>
  mac.calls('launchctl').filter(([, called]) => called === verb);

describe.each(shells)('by %s', (shell) => {
  describe('a first installation', () => {
    it('starts the agent in the only session, and prints each step in one line', () => {
      const mac = scratchMac({ sessions: [alex], shell });
      expect(install(mac)).toEqual({
        status: 0,
        stderr: '',
        stdout: `PSSO Monitor: Everything belongs to root, and only root can change it.
PSSO Monitor: Made the link ${installed.link}.
PSSO Monitor: Made the link ${installed.manLink}.
PSSO Monitor: User 501: the agent is started.
PSSO Monitor: Installed.
`,
      });
      expect(mac.isLoaded(501)).toBe(true);
      expect(launchctl(mac, 'bootstrap')).toEqual([
        ['launchctl', 'bootstrap', 'gui/501', installed.launchAgent],
      ]);
    });

    it('starts the agent in every session, also with fast user switching', () => {
      const mac = scratchMac({ sessions: [alex, sam, pat], others: [{ uid: 504, user: 'away' }], shell });
      install(mac);
      expect([501, 502, 503, 504].map(mac.isLoaded)).toEqual([true, true, true, false]);
    });

    it('starts no agent at the login window, and says so', () => {
      const mac = scratchMac({ others: [alex], shell });
      expect(install(mac).stdout).toContain(
        'Nobody is logged in: launchd starts the agent at the next login.',
      );
      expect(launchctl(mac, 'bootstrap')).toEqual([]);
    });

    it('has the same result when it runs again', () => {
      const mac = scratchMac({ sessions: [alex], shell });
      install(mac);
      const again = mac.runScript('postinstall');
      expect(again.status).toBe(0);
      expect(again.stdout).toContain(`The link ${installed.link} is there.`);
      expect(readlinkSync(mac.path(installed.link))).toBe(mac.path(installed.command));
      expect(again.stdout).toContain(`The link ${installed.manLink} is there.`);
      expect(readlinkSync(mac.path(installed.manLink))).toBe(mac.path(installed.manPage));
      expect(mac.isLoaded(501)).toBe(true);
    });
  });

  describe('window_sessions', () => {
    it('leaves out accounts of the system, and processes that only have the name', () => {
      // Setup Assistant runs as _mbsetupuser, in a separate window session.
      const mac = scratchMac({ sessions: [alex, { uid: 248, user: '_mbsetupuser' }], shell });
      mac.addProcess(602, '/tmp/Finder.app/Contents/MacOS/Finder');
      mac.addProcess(-2, '/System/Library/CoreServices/Dock.app/Contents/MacOS/Dock');
      mac.addProcess(603, '/usr/bin/vim /System/Finder');
      install(mac);
      expect(launchctl(mac, 'bootstrap').map(([, , domain]) => domain)).toEqual(['gui/501']);
    });
  });

  describe('when launchd does not start the agent', () => {
    it('tries again after 5 (input/output error)', () => {
      const mac = scratchMac({ sessions: [alex], shell });
      mac.launchdOf(501, { refusals: 2 });
      expect(install(mac).stdout).toContain('User 501: the agent is started.');
      expect(launchctl(mac, 'bootstrap')).toHaveLength(3);
    });

    it('takes an agent that launchd refuses and still loads for started', () => {
      const mac = scratchMac({ sessions: [alex], shell });
      mac.launchdOf(501, { refusals: 1000, loadsAnyway: true });
      expect(install(mac).stdout).toContain('User 501: the agent is started.');
      expect(launchctl(mac, 'bootstrap')).toHaveLength(1);
      expect(mac.seconds()).toBe(0);
    });

    it('gives up at last, prints the error of launchd, and lets the installation succeed', () => {
      const mac = scratchMac({ sessions: [alex, sam], shell });
      mac.launchdOf(501, { refusals: 1000 });
      const { status, stdout } = install(mac);
      expect(status).toBe(0);
      expect(stdout).toContain(
        'User 501: launchd did not start the agent (Bootstrap failed: 5: Input/output error). It starts at the next login.',
      );
      expect(stdout).toContain('User 502: the agent is started.');
      expect(launchctl(mac, 'bootstrap').map(([, , domain]) => domain)).toEqual([
        ...Array(5).fill('gui/501'),
        'gui/502',
      ]);
      expect(mac.seconds()).toBe(4 * 2);
    });

    it.each(['disabled', 'true'] as const)(
      'leaves an agent off that the user switched off ("%s")',
      (disabled) => {
        const mac = scratchMac({ sessions: [alex, sam], shell });
        mac.launchdOf(501, { disabled });
        const { status, stdout } = install(mac);
        expect(status).toBe(0);
        expect(stdout).toMatch(/User 501: the agent is switched off .* and is left so\./);
        expect(launchctl(mac, 'enable')).toEqual([]);
        expect([501, 502].map(mac.isLoaded)).toEqual([false, true]);
      },
    );
  });

  describe('another volume', () => {
    it('gets owners and permissions; sessions and this Mac are not touched', () => {
      const mac = scratchMac({ sessions: [alex], shell });
      mac.write('/Volumes/Spare Mac/Library/x', '');
      mac.install(samplePayload('1.0.0'), '/Volumes/Spare Mac');
      chmodSync(mac.path(`/Volumes/Spare Mac${installed.entry}`), 0o666);
      const ran = mac.runScript('postinstall', ['/tmp/x.pkg', '/Volumes/Spare Mac', '/Volumes/Spare Mac']);
      expect(ran.status).toBe(0);
      expect(ran.stdout).toContain('This is another volume: nothing is started.');
      expect(statSync(mac.path(`/Volumes/Spare Mac${installed.entry}`)).mode & 0o777).toBe(0o644);
      // The target of the link after a start from that volume.
      expect(readlinkSync(mac.path(`/Volumes/Spare Mac${installed.link}`))).toBe(mac.path(installed.command));
      expect(mac.calls('launchctl')).toEqual([]);
      expect(mac.exists(installed.folder) || mac.exists(installed.link)).toBe(false);
    });

    it.each([
      ['none', [], /was not given/],
      ['a missing one', ['/tmp/x.pkg', '/', '/Volumes/Gone'], /The volume \/Volumes\/Gone is not there/],
      ['a relative one', ['/tmp/x.pkg', '/', 'Volumes'], /was not given/],
    ])('refuses %s', (_what, args, said) => {
      const mac = scratchMac({ shell });
      for (const script of ['preinstall', 'postinstall'] as const) {
        const ran = mac.runScript(script, args);
        expect(ran).toMatchObject({ status: 1, stdout: expect.stringMatching(said) });
      }
    });
  });

  describe.each([
    { link: installed.link, instead: `The command is: ${installed.command}` },
    { link: installed.manLink, instead: `The manual page is: ${installed.manPage}` },
  ])('the link $link', ({ link, instead }) => {
    it('is made with its folders when they are missing', () => {
      const mac = scratchMac({ shell });
      rmSync(mac.path('/usr/local'), { recursive: true });
      install(mac);
      expect(lstatSync(mac.path(link)).isSymbolicLink()).toBe(true);
    });

    it.each<[string, (mac: ScratchMac) => void, string]>([
      ['another file', (mac) => mac.write(link, 'mine'), 'is not ours and is left alone.'],
      ['a folder', (mac) => mac.write(`${link}/x`, ''), 'is not ours and is left alone.'],
      [
        'a link to another target',
        (mac) => {
          mkdirSync(mac.path(dirname(link)), { recursive: true });
          symlinkSync('/Users/alex/trap', mac.path(link));
        },
        'leads somewhere else and is left alone.',
      ],
      [
        'behind a link',
        (mac) => {
          rmSync(mac.path(dirname(link)), { recursive: true, force: true });
          mkdirSync(mac.path(dirname(dirname(link))), { recursive: true });
          symlinkSync(mac.path('/Users/alex'), mac.path(dirname(link)));
        },
        `${dirname(link)} is not an ordinary folder`,
      ],
      [
        'behind a link further up',
        (mac) => {
          rmSync(mac.path('/usr/local'), { recursive: true });
          mkdirSync(mac.path(dirname(`/Users/alex${link.slice('/usr/local'.length)}`)), { recursive: true });
          symlinkSync(mac.path('/Users/alex'), mac.path('/usr/local'));
        },
        '/usr/local is not an ordinary folder',
      ],
      [
        'below a file',
        (mac) => {
          rmSync(mac.path('/usr/local'), { recursive: true });
          mac.write('/usr/local', '');
        },
        '/usr/local is not an ordinary folder',
      ],
    ])('is not made in the place of %s; the rest is installed', (_what, spoil, said) => {
      const mac = scratchMac({ sessions: [alex], shell });
      spoil(mac);
      const { status, stdout } = install(mac);
      expect(status).toBe(0);
      expect(stdout).toContain(said);
      expect(stdout).toContain(instead);
      expect(mac.calls('ln').filter((words) => words.includes(link))).toEqual([]);
      expect(mac.exists('/Users/alex/psso-monitor') || mac.exists('/Users/alex/trap')).toBe(false);
      expect(mac.isLoaded(501)).toBe(true);
    });
  });
});
