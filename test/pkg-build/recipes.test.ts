import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { bundle, label, packageIdentifier } from '../../launchd/installed-paths.ts';
import { BuildError } from '../../pkg-build/build-error.ts';
import { packageName } from '../../pkg-build/package-name.ts';
import { projectAddress } from '../../pkg-build/project-address.ts';
import { missingFacts, recipeFacts } from '../../pkg-build/recipes/facts.ts';
import { recipes } from '../../pkg-build/recipes/recipes.ts';
import { releaseSigner } from '../../pkg-build/release-signer.ts';
import { realTool } from './real-tool.ts';

const folder = join(import.meta.dirname, '../../dist-recipes');
const signer = 'Developer ID Installer: Example GmbH (ABCDE12345)';
const sums = { arm64: 'a'.repeat(64), x86_64: 'b'.repeat(64) };
/** As after a release of 1.2.3. */
const released = recipes(
  recipeFacts('https://github.com/example/psso', signer, { version: '1.2.3', sha256: sums }),
);
const text = (path: string) => released.get(path) ?? '';
const names = (['arm64', 'x86_64', 'universal'] as const).map((one) => packageName('1.2.3', one));

describe('dist-recipes', () => {
  test('is generated from the facts (else: npm run recipes)', () => {
    const written = recipes(recipeFacts(projectAddress, releaseSigner, null));
    for (const [path, content] of written)
      expect(readFileSync(join(folder, path), 'utf8'), path).toBe(content);
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    expect(there.sort()).toEqual([...written.keys(), 'README.md'].sort());
  });

  test('marks each fact that does not exist yet, and names it', () => {
    const marked = [...recipes(recipeFacts(null, null, null))].filter(([, content]) =>
      content.includes('UNSET'),
    );
    expect(marked.map(([path]) => path.split('/')[0])).toEqual([
      'autopkg',
      'autopkg',
      'autopkg',
      'installomator',
      'homebrew',
    ]);
    expect([...released.values()].join('')).not.toContain('UNSET');
    expect(missingFacts(null, null).join('\n')).toMatch(
      /address .*project-address\.ts[^.]*\.\n.*certificate .*release-signer\.ts/,
    );
    expect(missingFacts('https://github.com/a/b', signer)).toEqual([]);
  });

  test.each<[readonly string[], number, RegExp]>([
    [['--nonsense'], 2, /Usage: npm run recipes/],
    [['--packages', 'nowhere'], 2, /--packages and --out go together/],
  ])('npm run recipes -- %j', (args, status, message) => {
    const ran = spawnSync(process.execPath, [join(folder, '../scripts/write-recipes.ts'), ...args], {
      encoding: 'utf8',
    });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({
      status,
      stderr: expect.stringMatching(message),
    });
  });

  test.each<[string, string, string]>([
    ['an address elsewhere', 'https://git.example.com/a/b', signer],
    ['a signer of programs', 'https://github.com/a/b', 'Developer ID Application: Example GmbH (ABCDE12345)'],
  ])('refuses %s', (_what, address, certificate) => {
    expect(() => recipeFacts(address, certificate, null)).toThrow(BuildError);
  });
});

const step = z.strictObject({
  Processor: z.string(),
  Arguments: z.record(z.string(), z.unknown()).optional(),
});
/** The rules of check-autopkg-recipes --strict, and that the order makes sense. */
const recipe = z.strictObject({
  Comment: z.string().optional(),
  Description: z.string(),
  Identifier: z.string().startsWith('com.github.example.'),
  ParentRecipe: z.literal('com.github.example.download.PSSOMonitor').optional(),
  MinimumVersion: z.string().regex(/^2\./),
  Input: z.looseObject({ NAME: z.string() }),
  Process: z.array(step).min(1),
});

describe("AutoPkg's recipes", () => {
  const read = (type: string) => recipe.parse(parse(text(`autopkg/PSSOMonitor.${type}.recipe.yaml`)));

  test('verify the signature of a download by name, team and chain before anything else uses it', () => {
    const { Process, ParentRecipe } = read('download');
    expect(ParentRecipe).toBeUndefined();
    expect(Process.map(({ Processor }) => Processor)).toEqual([
      'GitHubReleasesInfoProvider',
      'URLDownloader',
      'EndOfCheckPhase',
      'CodeSignatureVerifier',
    ]);
    expect(Process.at(-1)?.Arguments).toEqual({
      expected_authority_names: [signer, 'Developer ID Certification Authority', 'Apple Root CA'],
      input_path: '%pathname%',
    });
  });

  test.each([
    ['', packageName('1.2.3', 'universal')],
    ['-arm64', packageName('1.2.3', 'arm64')],
    ['-x86_64', packageName('1.2.3', 'x86_64')],
  ])('download one package: "%s" is %s', (suffix, name) => {
    const { asset_regex: pattern } = z
      .looseObject({ asset_regex: z.string(), github_repo: z.literal('example/psso') })
      .parse(read('download').Process[0]?.Arguments);
    const regex = new RegExp(pattern.replace('%ARCHITECTURE_SUFFIX%', suffix));
    const assets = [
      ...names,
      `${name}.sha256`,
      'psso-monitor-1.2.3.cdx.json',
      packageName('2.0.0-rc.1', 'arm64'),
    ];
    expect(assets.filter((one) => regex.test(one))).toEqual([name]);
  });

  test("Munki's item can be removed, by the script of the package", () => {
    const { Input, Process } = read('munki');
    expect(Process.map(({ Processor }) => Processor)).toEqual(['MunkiImporter']);
    expect(Input.pkginfo).toMatchObject({
      minimum_os_version: '13.5',
      uninstall_method: 'uninstall_script',
      uninstall_script:
        '#!/bin/sh\nexec /bin/sh "/Library/Application Support/PSSO Monitor/share/uninstall.sh"\n',
    });
    expect(read('pkg').Process.map(({ Processor }) => Processor)).toEqual(['PkgCopier']);
  });
});

describe("Installomator's label", () => {
  test.each(['arm64', 'i386'])('is a branch of its case, and finds the package of %s', (processor) => {
    const script = `arch() { print ${processor} }
      downloadURLFromGit() { print -- "$1/$2 $archiveName" }
      versionFromGit() { print 1.2.3 }
      case pssomonitor in
      ${text('installomator/pssomonitor.sh')}
      esac
      print -l -- "$name" "$type" "$packageID" "$downloadURL" "$appNewVersion" "$expectedTeamID" "$blockingProcesses"`;
    const printed = execFileSync(realTool('zsh'), ['-f', '-u', '-c', script], { encoding: 'utf8' });
    const [name, type, id, url = '', ...rest] = printed.trimEnd().split('\n');
    expect([name, type, id, ...rest]).toEqual([
      'PSSO Monitor',
      'pkg',
      packageIdentifier,
      '1.2.3',
      'ABCDE12345',
      'NONE',
    ]);
    const [from, archive = ''] = url.split(' ');
    expect(from).toBe('example/psso');
    const found = names.filter((one) => new RegExp(`/${archive}"`).test(`"https://example.com/${one}"`));
    expect(found).toEqual([packageName('1.2.3', processor === 'arm64' ? 'arm64' : 'x86_64')]);
  });

  test('ends with a line feed, as its check asks', () => {
    expect(text('installomator/pssomonitor.sh')).toMatch(/;;\n$/);
  });
});

/** Stands for Homebrew: records and prints the stanzas of a cask. In the Ruby of macOS, which is 2.6. */
const recorder = `
require 'json'
class Recorder
  attr_reader :seen
  def initialize(cpu)
    @cpu = cpu
    @seen = {}
  end
  def version(given = nil)
    given ? @seen[:version] = given : @seen[:version]
  end
  def arch(given = nil)
    given ? @seen[:arch] = given.fetch(@cpu) : @seen[:arch]
  end
  def sha256(given)
    @seen[:sha256] = given.fetch(@cpu)
  end
  def livecheck(&block)
    instance_eval(&block)
  end
  def method_missing(name, *values)
    (@seen[name] ||= []).push(*values).last
  end
  def respond_to_missing?(*)
    true
  end
end
def cask(token, &block)
  all = { token: token }
  %i[arm intel].each do |cpu|
    one = Recorder.new(cpu)
    one.instance_eval(&block)
    all[cpu] = one.seen
  end
  puts JSON.generate(all)
end
`;

describe('the cask', () => {
  test('installs the package of each processor, by its checksum, and removes all of it', () => {
    const { status, stdout, stderr } = spawnSync(realTool('ruby'), ['-w', '-'], {
      input: `${recorder}\n${text('homebrew/psso-monitor.rb')}`,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const read = JSON.parse(stdout);
    expect(read.token).toBe('psso-monitor');
    for (const [cpu, architecture] of [
      ['arm', 'arm64'],
      ['intel', 'x86_64'],
    ] as const) {
      const name = packageName('1.2.3', architecture);
      expect(read[cpu]).toMatchObject({
        sha256: sums[architecture],
        pkg: [name],
        depends_on: [{ macos: 'ventura' }],
        homepage: ['https://github.com/example/psso'],
        uninstall: [
          {
            launchctl: label,
            pkgutil: packageIdentifier,
            script: {
              executable: '/bin/sh',
              args: ['/Library/Application Support/PSSO Monitor/share/uninstall.sh'],
              sudo: true,
            },
          },
        ],
      });
      expect(read[cpu].url).toContain(`https://github.com/example/psso/releases/download/v1.2.3/${name}`);
      expect(read[cpu].desc[0].length).toBeLessThanOrEqual(80);
    }
  });
});

describe("Fleet's input", () => {
  test('has the fields that Fleet requires, and its script is in the shell of a Mac', () => {
    const input = z.strictObject({
      name: z.literal('PSSO Monitor'),
      slug: z.literal('psso-monitor/darwin'),
      unique_identifier: z.literal(bundle.identifier),
      token: z.literal('psso-monitor'),
      installer_format: z.enum(['zip', 'dmg', 'pkg']),
      default_categories: z
        .array(z.enum(['Browsers', 'Communication', 'Developer Tools', 'Productivity']))
        .min(1),
      uninstall_script_path: z.string().endsWith('.sh'),
      cask_path: z.string().endsWith('.json'),
    });
    input.parse(JSON.parse(text('fleet/psso-monitor.json')));
    execFileSync(realTool('posh'), ['-n'], { input: text('fleet/psso-monitor-uninstall.sh') });
  });
});
