import { always, printed, type Renderer } from '../../simulated/renderer.ts';

export const renderer: Renderer = {
  command: 'bioutil',
  answer: ({ fingerprints }) =>
    always(printed(`User 501:\t${fingerprints} biometric template(s)\nOperation performed successfully.\n`)),
};
