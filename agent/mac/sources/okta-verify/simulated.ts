import { build } from 'plist';
import type { MacState } from '../../simulated/model.ts';
import type { Renderer } from '../../simulated/renderer.ts';

function renderOktaVerify({ oktaVerify }: MacState): string | null {
  if (oktaVerify === null) return null;
  return `${build({ CFBundleIdentifier: 'com.okta.mobile', CFBundleShortVersionString: oktaVerify })}\n`;
}

export const renderer: Renderer = {
  files: (mac) => [['/Applications/Okta Verify.app/Contents/Info.plist', renderOktaVerify(mac)]],
};
