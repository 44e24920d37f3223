import { build } from 'plist';
import { passwordTools } from '../../../shared/observation.ts';
import type { Renderer } from '../../simulated/renderer.ts';
import { passwordToolFiles } from './tool-files.ts';

export const renderer: Renderer = {
  files: (mac) =>
    passwordTools.map((name) => [
      passwordToolFiles[name],
      mac.passwordTools.includes(name) ? `${build({ CFBundleShortVersionString: '2.40' })}\n` : null,
    ]),
};
