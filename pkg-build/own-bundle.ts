import { basename } from 'node:path';
import { build } from 'plist';
import { bundle } from '../launchd/installed-paths.ts';
import { icon } from './icon.ts';
import { oldestMacos } from './installer-documents.ts';
import type { PackageFiles } from './package-files.ts';
import { packageVersion } from './package-version.ts';

const iconName = 'PSSO Monitor.icns';

/** The files of the bundle that give the agent its name and icon; Node is added to them. */
export function ownBundle(version: string): PackageFiles {
  const file = (path: string) => `${bundle.name}/Contents/${path}`;
  return new Map([
    [file('Info.plist'), { content: Buffer.from(infoPlist(version)) }],
    [file(`Resources/${iconName}`), { content: icon() }],
  ]);
}

function infoPlist(version: string): string {
  return `${build({
    CFBundleDevelopmentRegion: 'en',
    CFBundleDisplayName: 'PSSO Monitor',
    CFBundleExecutable: basename(bundle.program),
    CFBundleIconFile: iconName,
    CFBundleIdentifier: bundle.identifier,
    CFBundleInfoDictionaryVersion: '6.0',
    CFBundleName: 'PSSO Monitor',
    CFBundlePackageType: 'APPL',
    CFBundleShortVersionString: version,
    // macOS compares this one.
    CFBundleVersion: packageVersion(version),
    LSMinimumSystemVersion: oldestMacos,
    // No icon in the Dock, and no menu bar.
    LSUIElement: true,
  })}\n`;
}
