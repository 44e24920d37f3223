import { macosItself } from '../../reread-rule.ts';
import type { MacState } from '../../simulated/model.ts';
import { always, printed, type Renderer } from '../../simulated/renderer.ts';

/** `sw_vers -productVersion`. */
function renderSwVers(mac: MacState): string {
  return `${mac.macos}\n`;
}

export const renderer: Renderer = {
  command: 'swVers',
  answer: (mac) => always(printed(renderSwVers(mac))),
  // Only its change stamp is used.
  files: (mac) => [[macosItself, `${mac.macos}\n`]],
};
