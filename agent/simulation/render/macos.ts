import { macosItself } from '../../mac/reread-rule.ts';
import type { MacState } from '../model.ts';
import { printed, type Renderer } from '../renderer.ts';

/** `sw_vers -productVersion`. */
function renderSwVers(mac: MacState): string {
  return `${mac.macos}\n`;
}

export const macos: Renderer = {
  command: 'swVers',
  answer: (mac) => printed(renderSwVers(mac)),
  // Only its change stamp is used.
  files: (mac) => [[macosItself, `${mac.macos}\n`]],
};
