import { parse } from 'plist';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { bundle, installed } from '../../launchd/installed-paths.ts';
import { ownLaunchAgent } from '../../launchd/launch-agent.ts';
import type { Architecture } from '../../pkg-build/architecture.ts';
import { packageInfo } from '../../pkg-build/installer-documents.ts';
import { launcher } from '../../pkg-build/launcher.ts';
import { lintPayload } from '../../pkg-build/lint-payload.ts';
import type { PackageFiles } from '../../pkg-build/package-files.ts';
import { payloadEntries, scriptEntries } from '../../pkg-build/payload.ts';
import { profiles } from '../../pkg-build/profiles/profiles.ts';
import { programs, signingIdentifiers } from '../../pkg-build/programs.ts';
import { identitiesFrom, type RunTool } from '../../pkg-build/signing.ts';
import { sha256 } from '../../pkg-build/write-whole.ts';
import { allIdentities as all, appleTools } from './apple-tools.ts';
import { machO } from './formats/macho.ts';

describe('the programs', () => {
  const node = machO({ fill: 1 });
  const addon = machO({ fill: 2, signed: false });
  const one = (content: Uint8Array, architecture: Architecture = 'arm64') => [{ architecture, content }];
  const made = (environment: NodeJS.ProcessEnv, run: RunTool) =>
    programs({
      nodes: one(node),
      addons: one(addon),
      version: '1.0.0-rc.1',
      run,
      identity: identitiesFrom(environment).application,
    });
  const signedPrograms = () => {
    vi.spyOn(process, 'arch', 'get').mockReturnValue('arm64');
    vi.spyOn(console, 'log').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const tools = appleTools();
    return { ...tools, ...made(all, tools.run) };
  };

  test('stay byte for byte the official ones without a Developer ID', () => {
    const { calls, run } = appleTools();
    const { files, hashes } = made({}, run);
    expect(calls).toEqual([]);
    expect([...files.keys()]).toEqual(['bin/node', 'lib/better_sqlite3.node']);
    expect(files.get('bin/node')?.content).toBe(node);
    expect(files.get('lib/better_sqlite3.node')?.content).toBe(addon);
    expect(hashes('node', 'arm64')).toBe(sha256(node));
  });

  test('are signed under identifiers of their own, Node with one right only, verified, and run', () => {
    const { calls, seen } = signedPrograms();
    const folder = /(\S+)\/files\/lib\/better_sqlite3\.node$/.exec(calls[0] ?? '')?.[1] ?? '';
    const app = `${folder}/files/PSSO Monitor.app`;
    const addonFile = `${folder}/files/lib/better_sqlite3.node`;
    const sign = '/usr/bin/codesign --force --timestamp --options runtime --identifier';
    const verify = '/usr/bin/codesign --verify --strict --verbose=2 -R';
    const ours = 'anchor apple generic and certificate leaf[subject.OU] = "ABCDE12345"';
    expect(calls).toEqual([
      `${sign} io.github.psso-monitor.sqlite --sign ${all.APP_IDENTITY} ${addonFile}`,
      `${sign} io.github.psso-monitor.agent --entitlements ${folder}/entitlements.plist --sign ${all.APP_IDENTITY} ${app}`,
      `${verify} =identifier "io.github.psso-monitor.sqlite" and ${ours} ${addonFile}`,
      `${verify} =identifier "io.github.psso-monitor.agent" and ${ours} ${app}`,
      `${app}/${bundle.program} --eval process.dlopen({ exports: {} }, process.argv[1]) ${addonFile}`,
    ]);
    expect(signingIdentifiers.node).not.toBe(signingIdentifiers.addon);
    expect(parse(seen.get('entitlements') ?? '')).toEqual({ 'com.apple.security.cs.allow-jit': true });
  });

  test('are in a bundle with name, icon and seal, and there is no second Node', () => {
    const { files, hashes } = signedPrograms();
    expect([...files.keys()].sort()).toEqual([
      'PSSO Monitor.app/Contents/Info.plist',
      'PSSO Monitor.app/Contents/MacOS/PSSO Monitor',
      'PSSO Monitor.app/Contents/Resources/PSSO Monitor.icns',
      'PSSO Monitor.app/Contents/_CodeSignature/CodeResources',
      'lib/better_sqlite3.node',
    ]);
    const info = parse(
      Buffer.from(files.get('PSSO Monitor.app/Contents/Info.plist')?.content ?? []).toString(),
    );
    expect(info).toMatchObject({
      CFBundleIdentifier: 'io.github.psso-monitor.agent',
      CFBundleName: 'PSSO Monitor',
      CFBundleExecutable: 'PSSO Monitor',
      CFBundleIconFile: 'PSSO Monitor.icns',
      CFBundlePackageType: 'APPL',
      CFBundleShortVersionString: '1.0.0-rc.1',
      CFBundleVersion: '0.999.999.1',
      LSMinimumSystemVersion: '13.5',
      LSUIElement: true,
    });
    const program = files.get('PSSO Monitor.app/Contents/MacOS/PSSO Monitor');
    expect(program?.executable).toBe(true);
    // The bill of materials has what is shipped, not what was signed again.
    expect(hashes('node', 'arm64')).toBe(sha256(Buffer.concat([node, Buffer.from('signed')])));
    expect(hashes('addon', 'arm64')).toBe(sha256(Buffer.concat([addon, Buffer.from('signed')])));
  });

  test('are refused when the signed Node does not run', () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    vi.spyOn(process, 'arch', 'get').mockReturnValue('arm64');
    onTestFinished(() => void vi.restoreAllMocks());
    const { run } = appleTools();
    const dies: RunTool = (tool) => (tool.args[0] === '--eval' ? { status: 133, stdout: '' } : run(tool));
    expect(() => made(all, dies)).toThrow('ended with status 133');
  });

  test('are not run on a machine with another processor', () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    vi.spyOn(process, 'arch', 'get').mockReturnValue('x64');
    onTestFinished(() => void vi.restoreAllMocks());
    const { calls, run } = appleTools();
    made(all, run);
    expect(calls.filter((call) => call.includes('--eval'))).toEqual([]);
  });

  test('make a payload whose LaunchAgent, command and PackageInfo name the bundle', () => {
    const { files } = signedPrograms();
    const whole: PackageFiles = new Map(files);
    for (const path of [
      'bin/psso-monitor',
      'lib/psso-monitor.mjs',
      'share/man/man1/psso-monitor.1',
      'share/uninstall.sh',
    ])
      whole.set(path, { content: Buffer.from('') });
    const payload = payloadEntries(whole, 0, ownLaunchAgent);
    const scripts = scriptEntries(
      new Map(['preinstall', 'postinstall'].map((name) => [name, Buffer.from('')])),
      0,
    );
    expect(lintPayload(payload, scripts)).toEqual([]);
    // The official LaunchAgent would start a Node that is not there.
    expect(lintPayload(payloadEntries(whole, 0), scripts)).toEqual([
      `ProgramArguments names ${installed.node}, which is not in the package.`,
    ]);
    const plist = payload.find(({ path }) => path === `.${installed.launchAgent}`);
    expect(parse(Buffer.from(plist?.kind === 'file' ? plist.content : []).toString())).toMatchObject({
      AssociatedBundleIdentifiers: [bundle.identifier],
      Label: bundle.identifier,
    });
    expect(ownLaunchAgent.ProgramArguments[0]).toBe(bundle.node);
    expect(bundle.node).toBe(`${installed.folder}/${bundle.name}/${bundle.program}`);
    expect(launcher(`${bundle.name}/${bundle.program}`)).toContain(
      '"$folder/PSSO Monitor.app/Contents/MacOS/PSSO Monitor" --no-concurrent-recompilation "$folder/lib',
    );
    const described = { version: '1.0.0', architecture: 'arm64', files: 1, kilobytes: 1 } as const;
    expect(packageInfo({ ...described, ownBundle: true })).toContain(
      '<bundle path="./Library/Application Support/PSSO Monitor/PSSO Monitor.app" id="io.github.psso-monitor.agent" ' +
        'CFBundleShortVersionString="1.0.0" CFBundleVersion="1.0.0"/>\n    <bundle-version/>',
    );
    expect(packageInfo({ ...described, ownBundle: true })).toContain('    <relocate/>\n    <scripts>');
    expect(packageInfo({ ...described, ownBundle: false })).not.toContain('<bundle');
  });

  test('decide the team in the login items profile; who shows a notification stays the same', () => {
    const [official, own] = [undefined, 'ABCDE12345'].map((teamIdentifier) =>
      profiles({ changedAt: 0, teamIdentifier }),
    );
    const different = [...(own ?? [])].filter(([name, text]) => official?.get(name) !== text);
    expect(different.map(([name]) => name)).toEqual(['login-items.mobileconfig']);
    expect(different[0]?.[1]).toContain('ABCDE12345');
  });
});
