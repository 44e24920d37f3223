import { stringify } from 'yaml';
import { constantFacts, type RecipeFacts } from './facts.ts';

const { name, description, oldestMacos, uninstallScript } = constantFacts;

/** The chain of a Developer ID Installer certificate, in the order of CodeSignatureVerifier. */
const authorities = ['Developer ID Certification Authority', 'Apple Root CA'];

/**
 * AutoPkg's recipes by file name: the verified package, the same under its own name, and Munki's item. The
 * package is the universal one; an override takes that of one processor by ARCHITECTURE_SUFFIX.
 */
export function autopkgRecipes(facts: RecipeFacts): Map<string, string> {
  const { owner, repository, signer } = facts;
  const identifier = (type: string) => `com.github.${owner}.${type}.PSSOMonitor`;
  const download = {
    Comment: 'ARCHITECTURE_SUFFIX: nothing for the universal package, -arm64 or -x86_64 for one processor.',
    Description: `Downloads the newest release of ${name} and verifies its signature.`,
    Identifier: identifier('download'),
    MinimumVersion: '2.3',
    Input: { NAME: 'PSSOMonitor', ARCHITECTURE_SUFFIX: '' },
    Process: [
      {
        Processor: 'GitHubReleasesInfoProvider',
        Arguments: {
          asset_regex: String.raw`^psso-monitor-[0-9.]+%ARCHITECTURE_SUFFIX%\.pkg$`,
          github_repo: `${owner}/${repository}`,
        },
      },
      { Processor: 'URLDownloader' },
      { Processor: 'EndOfCheckPhase' },
      {
        Processor: 'CodeSignatureVerifier',
        Arguments: { expected_authority_names: [signer, ...authorities], input_path: '%pathname%' },
      },
    ],
  };
  const child = (type: string, does: string) => ({
    Description: `${does} the newest release of ${name}.`,
    Identifier: identifier(type),
    ParentRecipe: identifier('download'),
    MinimumVersion: '2.3',
  });
  const pkg = {
    ...child('pkg', 'Copies'),
    Input: { NAME: 'PSSOMonitor' },
    Process: [
      {
        Processor: 'PkgCopier',
        Arguments: {
          pkg_path: '%RECIPE_CACHE_DIR%/psso-monitor-%version%%ARCHITECTURE_SUFFIX%.pkg',
          source_pkg: '%pathname%',
        },
      },
    ],
  };
  const munki = {
    ...child('munki', 'Imports into Munki'),
    Input: {
      NAME: 'PSSOMonitor',
      MUNKI_REPO_SUBDIR: 'apps/%NAME%',
      pkginfo: {
        catalogs: ['testing'],
        description: `${description}.`,
        display_name: name,
        minimum_os_version: oldestMacos,
        name: '%NAME%',
        unattended_install: true,
        unattended_uninstall: true,
        uninstall_method: 'uninstall_script',
        uninstall_script: `#!/bin/sh\nexec /bin/sh "${uninstallScript}"\n`,
        uninstallable: true,
      },
    },
    Process: [
      {
        Processor: 'MunkiImporter',
        Arguments: { pkg_path: '%pathname%', repo_subdirectory: '%MUNKI_REPO_SUBDIR%' },
      },
    ],
  };
  return new Map([
    ['PSSOMonitor.download.recipe.yaml', recipe(download)],
    ['PSSOMonitor.pkg.recipe.yaml', recipe(pkg)],
    ['PSSOMonitor.munki.recipe.yaml', recipe(munki)],
  ]);
}

/** With an empty line between the parts, as AutoPkg's own repositories and their formatter have it. */
function recipe(content: object): string {
  const text = stringify(content, { lineWidth: 0, indentSeq: false });
  return text.replaceAll(/^(Input|Process|- )/gm, '\n$1').replace('Process:\n\n', 'Process:\n');
}
