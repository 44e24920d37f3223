import { build } from 'plist';
import type { MacState } from '../../simulated/model.ts';
import type { Renderer } from '../../simulated/renderer.ts';

/** /Applications/Company Portal.app/Contents/Info.plist; null: not installed. */
function renderCompanyPortal(mac: MacState): string | null {
  if (mac.companyPortal === null) return null;
  return `${build({ CFBundleIdentifier: 'com.microsoft.CompanyPortalMac', CFBundleShortVersionString: mac.companyPortal })}\n`;
}

export const renderer: Renderer = {
  files: (mac) => [['/Applications/Company Portal.app/Contents/Info.plist', renderCompanyPortal(mac)]],
};
