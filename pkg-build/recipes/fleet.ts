import { constantFacts } from './facts.ts';

/** Where Fleet's repository has the inputs of the apps that come from a cask. */
const inputs = 'ee/maintained-apps/inputs/homebrew';

/** A Fleet-maintained app's input, and the script by which Fleet removes it. */
export function fleetApp(): Map<string, string> {
  const { name, bundleIdentifier, uninstallScript } = constantFacts;
  const input = {
    name,
    slug: 'psso-monitor/darwin',
    unique_identifier: bundleIdentifier,
    token: 'psso-monitor',
    installer_format: 'pkg',
    default_categories: ['Productivity'],
    uninstall_script_path: `${inputs}/scripts/psso-monitor-uninstall.sh`,
    cask_path: `${inputs}/custom-tap/api/psso-monitor.json`,
  };
  return new Map([
    ['psso-monitor.json', `${JSON.stringify(input, null, 2)}\n`],
    ['psso-monitor-uninstall.sh', `#!/bin/sh\nexec /bin/sh "${uninstallScript}"\n`],
  ]);
}
