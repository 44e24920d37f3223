import { printed, type Renderer } from '../../simulated/renderer.ts';

export const renderer: Renderer = {
  command: 'fdesetup',
  answer: ({ fileVault }) => printed(`FileVault is ${fileVault ? 'On' : 'Off'}.\n`),
};
