import { build } from 'plist';
import type { MacState } from '../../simulated/model.ts';
import type { Renderer } from '../../simulated/renderer.ts';
import { oktaVerifyFile } from './source.ts';

function renderOktaVerify({ oktaVerify }: MacState): string | null {
  if (oktaVerify === null) return null;
  return `${build({ CFBundleIdentifier: 'com.okta.mobile', CFBundleShortVersionString: oktaVerify })}\n`;
}

export const renderer: Renderer = { files: (mac) => [[oktaVerifyFile, renderOktaVerify(mac)]] };
