import { bundle, installed, packageIdentifier } from '../launchd/installed-paths.ts';
import { architecturesOf, type PackageArchitecture } from './architecture.ts';
import { packageVersion } from './package-version.ts';

/** The oldest macOS that Node 26 runs on, by LC_BUILD_VERSION of the official build. */
export const oldestMacos = '13.5';

interface Described {
  readonly version: string;
  readonly architecture: PackageArchitecture;
  readonly files: number;
  readonly kilobytes: number;
  /** Whether Node is the program of a bundle. */
  readonly ownBundle: boolean;
}

/**
 * The file that the Installer reads first. Without arm64 in `hostArchitectures` it asks for Rosetta;
 * `require-scripts` is false, since this file has no scripts.
 */
export function distribution({ version: whole, architecture, kilobytes }: Described): string {
  const id = packageIdentifier;
  const version = packageVersion(whole);
  const options = [
    'customize="never" require-scripts="false" rootVolumeOnly="true"',
    `hostArchitectures="${architecturesOf(architecture).join(',')}"`,
  ].join(' ');
  const component = [
    `id="${id}" version="${version}" auth="root" onConclusion="none"`,
    `installKBytes="${kilobytes}"`,
  ].join(' ');
  return `<?xml version="1.0" encoding="utf-8"?>
<installer-gui-script minSpecVersion="2">
    <title>PSSO Monitor</title>
    <options ${options}/>
    <domains enable_anywhere="false" enable_currentUserHome="false" enable_localSystem="true"/>
    <volume-check>
        <allowed-os-versions>
            <os-version min="${oldestMacos}"/>
        </allowed-os-versions>
    </volume-check>
    <product id="${id}" version="${version}"/>
    <choices-outline>
        <line choice="default"/>
    </choices-outline>
    <choice id="default" title="PSSO Monitor">
        <pkg-ref id="${id}"/>
    </choice>
    <pkg-ref ${component}>#agent.pkg</pkg-ref>
</installer-gui-script>
`;
}

export function packageInfo({ version, files, kilobytes, ownBundle }: Described): string {
  const attributes = [
    `overwrite-permissions="true" relocatable="false" identifier="${packageIdentifier}"`,
    `postinstall-action="none" version="${packageVersion(version)}" format-version="2" install-location="/" auth="root"`,
  ].join(' ');
  return `<?xml version="1.0" encoding="utf-8"?>
<pkg-info ${attributes}>
    <payload numberOfFiles="${files}" installKBytes="${kilobytes}"/>
${ownBundle ? bundleElements(version) : ''}    <scripts>
        <preinstall file="./preinstall"/>
        <postinstall file="./postinstall"/>
    </scripts>
</pkg-info>
`;
}

/**
 * Names the bundle, so that the Installer registers it with LaunchServices. The empty lists: it never looks
 * for the bundle elsewhere (relocate), and never keeps a newer one (bundle-version), so that an older package
 * still replaces it.
 */
function bundleElements(version: string): string {
  const attributes = [
    `path=".${installed.folder}/${bundle.name}" id="${bundle.identifier}"`,
    `CFBundleShortVersionString="${version}" CFBundleVersion="${packageVersion(version)}"`,
  ].join(' ');
  const lists = [
    ...['bundle-version', 'upgrade-bundle', 'update-bundle', 'atomic-update-bundle'],
    ...['strict-identifier', 'relocate'],
  ];
  return `    <bundle ${attributes}/>\n${lists.map((name) => `    <${name}/>\n`).join('')}`;
}
