import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'plist';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { bundle, installed } from '../../launchd/installed-paths.ts';
import { ownLaunchAgent } from '../../launchd/launch-agent.ts';
import type { Architecture } from '../../pkg-build/architecture.ts';
import { BuildError } from '../../pkg-build/build-error.ts';
import { finishPackage } from '../../pkg-build/finish-package.ts';
import { packageInfo } from '../../pkg-build/installer-documents.ts';
import { launcher } from '../../pkg-build/launcher.ts';
import { lintPayload } from '../../pkg-build/lint-payload.ts';
import type { PackageFiles } from '../../pkg-build/package-files.ts';
import { payloadEntries, scriptEntries } from '../../pkg-build/payload.ts';
import { profiles } from '../../pkg-build/profiles/profiles.ts';
import { programs, signingIdentifiers } from '../../pkg-build/programs.ts';
import { identitiesFrom, type RunTool, runTool, signingProblem, type Tool } from '../../pkg-build/signing.ts';
import { sha256 } from '../../pkg-build/write-whole.ts';
import { machO } from './formats/macho.ts';

const all = {
  APP_IDENTITY: 'Developer ID Application: Example GmbH (ABCDE12345)',
  INSTALLER_IDENTITY: 'Developer ID Installer: Example GmbH (ABCDE12345)',
  NOTARY_PROFILE: 'example',
};

const accepted = JSON.stringify({ id: '2efe2717', status: 'Accepted', message: 'Processing complete' });
const well = { status: 0, stdout: '' };
const wordsOf = ({ command, args }: Tool) => [command, ...args].join(' ');

/**
 * Apple's tools, recorded: productsign writes another file, stapler appends to it, the notary gives
 * `verdict`, and codesign appends to a program and seals a bundle.
 */
function appleTools(verdict = { status: 0, stdout: accepted }) {
  const calls: string[] = [];
  /** What a file that a call names held at that time. */
  const seen = new Map<string, string>();
  const run: RunTool = (tool) => {
    calls.push(wordsOf(tool));
    const { command, args } = tool;
    const last = args.at(-1) ?? '';
    if (command.endsWith('/productsign')) {
      copyFileSync(args.at(-2) ?? '', last);
      appendFileSync(last, ', signed');
    } else if (args[0] === 'stapler') appendFileSync(last, ', stapled');
    else if (args[1] === 'submit') return verdict;
    else if (args[1] === 'log') return { status: 0, stdout: '{"issues": [{"message": "not signed"}]}\n' };
    else if (args.includes('--force')) codesign(args, seen);
    return well;
  };
  return { calls, seen, run };
}

function codesign(args: readonly string[], seen: Map<string, string>): void {
  const target = args.at(-1) ?? '';
  const rights = args[args.indexOf('--entitlements') + 1];
  if (args.includes('--entitlements')) seen.set('entitlements', readFileSync(rights ?? '', 'utf8'));
  const isBundle = target.endsWith('.app');
  appendFileSync(isBundle ? join(target, bundle.program) : target, 'signed');
  if (!isBundle) return;
  mkdirSync(join(target, 'Contents/_CodeSignature'));
  writeFileSync(join(target, 'Contents/_CodeSignature/CodeResources'), 'sealed');
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-signing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function finish(environment: NodeJS.ProcessEnv, run: RunTool) {
  const folder = emptyFolder();
  const how = { folder, name: 'psso-monitor-1.0.0.pkg', identities: identitiesFrom(environment) };
  const done = () => finishPackage(Buffer.from('package'), how, run);
  return { folder, done };
}

describe('a package', () => {
  test('is written unchanged without identities', () => {
    const { calls, run } = appleTools();
    const { file, signed } = finish({}, run).done();
    expect([readFileSync(file, 'utf8'), signed, calls]).toEqual(['package', false, []]);
  });

  test('is signed, notarized, stapled and assessed, in this order, and then gets its name', () => {
    const { calls, run } = appleTools();
    const { folder, done } = finish(all, run);
    const { file, bytes, signed } = done();
    const [unsigned, unfinished] = ['unsigned', 'unfinished'].map((what) =>
      join(folder, `psso-monitor-1.0.0-${what}.pkg`),
    );
    expect(calls).toEqual([
      `/usr/bin/productsign --timestamp --sign ${all.INSTALLER_IDENTITY} ${unsigned} ${unfinished}`,
      `/usr/sbin/pkgutil --check-signature ${unfinished}`,
      `/usr/bin/xcrun notarytool submit ${unfinished} --wait --keychain-profile example --output-format json`,
      `/usr/bin/xcrun stapler staple ${unfinished}`,
      `/usr/sbin/spctl --assess -vv --type install ${unfinished}`,
    ]);
    expect(readdirSync(folder)).toEqual(['psso-monitor-1.0.0.pkg']);
    expect(readFileSync(file, 'utf8')).toBe('package, signed, stapled');
    expect([Buffer.from(bytes).toString(), signed]).toEqual(['package, signed, stapled', true]);
  });

  test('is notarized with credentials from the keychain of a run', () => {
    const { calls, run } = appleTools();
    finish({ ...all, NOTARY_KEYCHAIN: '/tmp/a.keychain-db' }, run).done();
    expect(calls.find((call) => call.includes('submit'))).toContain(
      '--keychain-profile example --keychain /tmp/a.keychain-db',
    );
  });

  test.each([
    [
      'Invalid',
      { status: 0, stdout: accepted.replace('Accepted', 'Invalid') },
      /says "Invalid".*not signed/s,
    ],
    [
      'Rejected',
      { status: 1, stdout: accepted.replace('Accepted', 'Rejected') },
      /says "Rejected".*not signed/s,
    ],
    ['no verdict', { status: 69, stdout: 'Error: HTTP status code: 403.' }, /status 69 and no verdict.*403/s],
    ['nothing', well, /no verdict on the package. It printed: nothing/],
  ])('is deleted when the notary says %s, whatever the exit status is', (_what, verdict, said) => {
    const { calls, run } = appleTools(verdict);
    const { folder, done } = finish(all, run);
    expect(done).toThrow(said);
    expect(readdirSync(folder)).toEqual([]);
    expect(calls.filter((call) => call.includes('stapler'))).toEqual([]);
    expect(calls.some((call) => call.includes('notarytool log 2efe2717 --keychain-profile example'))).toBe(
      verdict.stdout.startsWith('{'),
    );
  });

  test('is accepted by the status of the answer, not by the exit status', () => {
    const { run } = appleTools({ status: 1, stdout: accepted });
    expect(finish(all, run).done().signed).toBe(true);
  });

  test('is deleted when a tool fails, or is not there', () => {
    const { folder, done } = finish(all, () => ({ status: 1, stdout: '' }));
    expect(done).toThrow('/usr/bin/productsign --timestamp ended with status 1');
    expect(readdirSync(folder)).toEqual([]);
    const missing = { command: '/nowhere/codesign', args: [] };
    expect(() => runTool(missing)).toThrow('/nowhere/codesign could not be started');
  });
});

describe('the programs', () => {
  const node = machO({ fill: 1 });
  const addon = machO({ fill: 2, signed: false });
  const one = (content: Uint8Array, architecture: Architecture = 'arm64') => [{ architecture, content }];
  const made = (environment: NodeJS.ProcessEnv, run: RunTool) =>
    programs({
      ...{ nodes: one(node), addons: one(addon), version: '1.0.0-rc.1', run },
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
      '"$folder/PSSO Monitor.app/Contents/MacOS/PSSO Monitor" "$folder/lib/psso-monitor.mjs"',
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

describe('the identities', () => {
  test('are none in an empty environment', () => {
    expect(signingProblem(identitiesFrom({}), 'linux')).toBeNull();
    expect(signingProblem(identitiesFrom(all), 'darwin')).toBeNull();
  });

  test('that can not be used are reported before the build', () => {
    expect(signingProblem(identitiesFrom(all), 'linux')).toContain('needs a Mac');
    expect(signingProblem(identitiesFrom({ NOTARY_PROFILE: 'x' }), 'darwin')).toContain('needs APP_IDENTITY');
  });

  test('name their team, which the login items profile and library validation need', () => {
    expect(identitiesFrom(all).application?.team).toBe('ABCDE12345');
    expect(() => identitiesFrom({ APP_IDENTITY: '0123456789ABCDEF' })).toThrow(BuildError);
  });
});
