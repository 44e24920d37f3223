import { always, printed, type Renderer } from '../../simulated/renderer.ts';

export const renderer: Renderer = {
  command: 'fdesetup',
  answer: ({ fileVault }) => always(printed(`FileVault is ${fileVault ? 'On' : 'Off'}.\n`)),
};
