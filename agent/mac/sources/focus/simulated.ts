import type { MacState } from '../../simulated/model.ts';
import { type Renderer, unreadable } from '../../simulated/renderer.ts';

/** ~/Library/DoNotDisturb/DB/Assertions.json; null: may not be read, as without Full Disk Access. */
function renderAssertions(mac: MacState): string | null {
  if (mac.focus === 'unknown') return null;
  const records =
    mac.focus === 'on'
      ? [{ assertionDetails: { assertionDetailsModeIdentifier: 'com.apple.donotdisturb.mode.default' } }]
      : [];
  return JSON.stringify({ data: [{ storeAssertionRecords: records }], header: { version: 8 } });
}

export const renderer: Renderer = {
  files: (mac) => [
    [`/Users/${mac.user}/Library/DoNotDisturb/DB/Assertions.json`, renderAssertions(mac) ?? unreadable],
  ],
};
