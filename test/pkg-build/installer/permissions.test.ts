import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { installed, label } from '../../../launchd/installed-paths.ts';
import { type ScratchMac, scratchMac, shells } from '../scratch-mac.ts';
import { samplePayload } from './sample-payload.ts';

const alex = { uid: 501, user: 'alex' };

describe.each(shells)('owners and permissions, by %s', (shell) => {
  it('are set', () => {
    const mac = scratchMac({ shell });
    const loose: [string, number][] = [
      [installed.node, 0o777],
      [installed.entry, 0o666],
      [installed.launchAgent, 0o664],
      [`${installed.folder}/share`, 0o775],
    ];
    mac.install(samplePayload('1.0.0'));
    for (const [path, mode] of loose) chmodSync(mac.path(path), mode);
    for (const path of [installed.entry, installed.launchAgent]) mac.own(501, path);
    expect(mac.runScript('postinstall').status).toBe(0);
    const modes = loose.map(([path]) => (statSync(mac.path(path)).mode & 0o7777).toString(8));
    expect(modes).toEqual(['755', '644', '644', '755']);
    // What Linux can't show, access lists and the owner root, is asserted as calls, in their order.
    expect(mac.calls('chmod')).toEqual([
      ['chmod', '-R', 'u=rwX,go=rX', installed.folder],
      ['chmod', '-R', '-N', installed.folder],
      ['chmod', '0644', installed.launchAgent],
    ]);
    expect(mac.calls('chown')).toEqual([
      ['chown', '-R', 'root:wheel', installed.folder],
      ['chown', 'root:wheel', installed.launchAgent],
    ]);
  });

  it('let only root change a folder that is made, whatever the umask', () => {
    const mac = scratchMac({ shell });
    mac.install(samplePayload('1.0.0'));
    rmSync(mac.path('/usr/local'), { recursive: true, force: true });
    const before = process.umask(0);
    try {
      expect(mac.runScript('postinstall').status).toBe(0);
    } finally {
      process.umask(before);
    }
    for (const path of ['/usr/local', '/usr/local/bin', '/usr/local/share/man/man1'])
      expect([path, statSync(mac.path(path)).mode & 0o777]).toEqual([path, 0o755]);
  });

  it.each(['chown', 'chmod'])('let the installation fail when %s fails', (command) => {
    const mac = scratchMac({ sessions: [alex], shell });
    mac.install(samplePayload('1.0.0'));
    mac.breakCommand(command);
    const { status, stdout } = mac.runScript('postinstall');
    expect(status).toBe(1);
    expect(stdout).toMatch(/could not be (set|removed)\.\n$/);
    expect(mac.isLoaded(501)).toBe(false);
  });

  it.each([installed.entry, installed.launchAgent, `${installed.folder}/share/installed-files.txt`])(
    'let the installation fail when %s is missing',
    (path) => {
      const mac = scratchMac({ shell });
      mac.install(samplePayload('1.0.0'));
      rmSync(mac.path(path));
      const said = expect.stringContaining(`${path} is missing: the package did not arrive completely.`);
      expect(mac.runScript('postinstall')).toMatchObject({ status: 1, stdout: said });
    },
  );

  it.each([
    ['empty', () => ''],
    ['cut in a line', (list: string) => list.slice(0, list.indexOf('psso-monitor.mjs') + 4)],
    ['cut between two lines', (list: string) => list.slice(0, list.indexOf('lib/'))],
  ])('let the installation fail, and nothing is removed, when the list of files is %s', (_what, cut) => {
    const mac = scratchMac({ sessions: [alex], shell });
    mac.install(samplePayload('1.0.0'));
    const list = `${installed.folder}/share/installed-files.txt`;
    mac.write(list, cut(readFileSync(mac.path(list), 'utf8')));
    const { status, stdout } = mac.runScript('postinstall');
    expect(status).toBe(1);
    expect(stdout).toMatch(/the package did not arrive completely\. Install it again\.\n$/);
    expect([installed.node, installed.entry, list].filter(mac.exists)).toEqual([
      installed.node,
      installed.entry,
      list,
    ]);
  });

  it('are set, and no file is removed, when the list of files can not be searched', () => {
    const mac = scratchMac({ sessions: [alex], shell });
    mac.install(samplePayload('1.0.0'));
    mac.breakCommand('grep', 2);
    expect(mac.runScript('postinstall').stdout).not.toContain('Removed');
    expect(mac.exists(installed.node) && mac.exists(installed.entry)).toBe(true);
  });

  it.each(['770', '771', '774', '775'])(
    'are set where the mode of Library is %s, which lets no other user write',
    (mode) => {
      const mac = scratchMac({ shell });
      mac.install(samplePayload('1.0.0'));
      chmodSync(mac.path('/Library'), Number.parseInt(mode, 8));
      expect(mac.runScript('postinstall').status).toBe(0);
    },
  );

  it('are set, and a file is removed whose path is only a part of one in the list', () => {
    const mac = scratchMac({ shell });
    mac.install(samplePayload('1.0.0'));
    // A part of a listed path is another file.
    const left = `${installed.folder}/lib/psso-monitor.m`;
    mac.write(left, 'left by an older version');
    expect(mac.runScript('postinstall').stdout).toContain('Removed what an older version left: 1 files.');
    expect([left, installed.entry].map(mac.exists)).toEqual([false, true]);
  });

  type Spoil = (mac: ScratchMac) => void;
  const linked =
    (path: string): Spoil =>
    (mac) => {
      mkdirSync(mac.path('/Users/Shared/elsewhere'), { recursive: true });
      rmSync(mac.path(path), { recursive: true, force: true });
      symlinkSync(mac.path('/Users/Shared/elsewhere'), mac.path(path));
    };
  it.each<[string, Spoil, RegExp]>([
    ['the folder is a link', linked(installed.folder), /PSSO Monitor is a link, and root does not follow it/],
    ['a folder above is a link', linked('/Library/Application Support'), /Application Support is a link/],
    ['LaunchAgents is a link', linked('/Library/LaunchAgents'), /LaunchAgents is a link/],
    ['a folder below is a link', linked(`${installed.folder}/lib`), /lib is neither a file nor a folder/],
    [
      'the folder belongs to a user',
      (mac) => mac.own(501, installed.folder),
      /belongs to user 501 instead of root\. .*sudo chown root:wheel/,
    ],
    [
      'a folder below belongs to a user',
      (mac) => mac.own(501, `${installed.folder}/lib`),
      /lib belongs to user 501/,
    ],
    ...[0o772, 0o773, 0o776, 0o777].map((mode): [string, Spoil, RegExp] => [
      `every user can write a folder, mode ${mode.toString(8)}`,
      (mac) => chmodSync(mac.path('/Library'), mode),
      /\/Library can be changed by everyone/,
    ]),
    [
      'the folder is a file',
      (mac) => {
        rmSync(mac.path(installed.folder), { recursive: true });
        mac.write(installed.folder, 'x');
      },
      /is a file where a folder belongs/,
    ],
  ])('are refused when %s', (_what, spoil, said) => {
    const mac = scratchMac({ sessions: [alex], shell });
    mac.install(samplePayload('1.0.0'));
    spoil(mac);
    mac.write('/Users/Shared/elsewhere/kept', 'kept', 0o640);
    for (const script of ['preinstall', 'postinstall'] as const)
      expect(mac.runScript(script)).toMatchObject({ status: 1, stdout: expect.stringMatching(said) });
    expect(mac.calls('chown').concat(mac.calls('launchctl'))).toEqual([]);
    expect(statSync(mac.path('/Users/Shared/elsewhere/kept')).mode & 0o777).toBe(0o640);
  });

  it('are refused when the LaunchAgent is a link', () => {
    const mac = scratchMac({ shell });
    mac.install(samplePayload('1.0.0'));
    mac.write('/Users/Shared/agent.plist', 'x', 0o600);
    rmSync(mac.path(installed.launchAgent));
    symlinkSync(mac.path('/Users/Shared/agent.plist'), mac.path(installed.launchAgent));
    expect(mac.runScript('postinstall')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`${label}.plist is a link`),
    });
    expect(statSync(mac.path('/Users/Shared/agent.plist')).mode & 0o777).toBe(0o600);
  });
});
