import { always, printed, type Renderer } from '../../simulated/renderer.ts';

export const renderer: Renderer = {
  command: 'csrutil',
  answer: ({ systemIntegrity }) =>
    always(printed(`System Integrity Protection status: ${systemIntegrity ? 'enabled' : 'disabled'}.\n`)),
};
