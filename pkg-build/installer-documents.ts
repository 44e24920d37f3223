import { packageIdentifier } from '../launchd/installed-paths.ts';
import { architecturesOf, type PackageArchitecture } from './architecture.ts';

/** Node 26 needs it: the official build's LC_BUILD_VERSION says so. */
export const oldestMacos = '13.5';

interface Described {
  readonly version: string;
  readonly architecture: PackageArchitecture;
  readonly files: number;
  readonly kilobytes: number;
}

/**
 * What the Installer reads first. `hostArchitectures` with arm64, or it would ask for Rosetta; `require-scripts` false, since
 * this file has no script of its own.
 */
export function distribution({ version, architecture, kilobytes }: Described): string {
  const id = packageIdentifier;
  return `<?xml version="1.0" encoding="utf-8"?>
<installer-gui-script minSpecVersion="2">
    <title>PSSO Monitor</title>
    <options customize="never" require-scripts="false" rootVolumeOnly="true" hostArchitectures="${architecturesOf(architecture).join(',')}"/>
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
    <pkg-ref id="${id}" version="${version}" auth="root" onConclusion="none" installKBytes="${kilobytes}">#agent.pkg</pkg-ref>
</installer-gui-script>
`;
}

export function packageInfo({ version, files, kilobytes }: Described): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<pkg-info overwrite-permissions="true" relocatable="false" identifier="${packageIdentifier}" postinstall-action="none" version="${version}" format-version="2" install-location="/" auth="root">
    <payload numberOfFiles="${files}" installKBytes="${kilobytes}"/>
    <scripts>
        <preinstall file="./preinstall"/>
        <postinstall file="./postinstall"/>
    </scripts>
</pkg-info>
`;
}
