import { buildBinary } from 'plist';
import type { MacState } from '../mac/simulated/model.ts';
import type { Renderer } from '../mac/simulated/renderer.ts';

/** ~/Library/Preferences/.GlobalPreferences.plist, binary; the languages are English, then German. */
function renderGlobalPreferences(): Uint8Array {
  return buildBinary({
    AppleLanguages: ['en-GB', 'de-DE'],
    AppleLocale: 'en_GB',
    AppleInterfaceStyle: 'Dark',
  });
}

/**
 * /Library/Managed Preferences/io.github.psso-monitor.plist, binary as MDM writes it; null: nothing is
 * managed.
 */
function renderSettings(mac: MacState): Uint8Array | null {
  const entries = Object.entries(mac.settings).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length === 0) return null;
  return buildBinary(JSON.parse(JSON.stringify(Object.fromEntries(entries))));
}

/** Files that the agent reads besides the sources: its managed settings, and the user's languages. */
export const preferences: Renderer = {
  files: (mac) => [
    ['/Library/Managed Preferences/io.github.psso-monitor.plist', renderSettings(mac)],
    [`/Users/${mac.user}/Library/Preferences/.GlobalPreferences.plist`, renderGlobalPreferences()],
  ],
};
