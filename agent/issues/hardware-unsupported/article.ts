import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const hardwareUnsupported: Article = {
  title: 'The Mac is too old for Platform SSO',
  meaning: 'Platform SSO needs Apple silicon, or a Mac with an Intel processor and Touch ID.',
  reliabilityNote:
    'Definite: the models with an Intel processor and without Touch ID are a closed list. A virtual Mac is not judged.',
  evidenceNote:
    '15 minutes awake with such a model, with a profile for Platform SSO and without a complete registration.',
  admin: {
    text: 'Use another Mac, or the extension without Platform SSO.',
    steps: ['Compare the model with the list of Apple.'],
    confirm: ['System Settings > General > About: the model and the chip.'],
  },
  links: [links.appleDeployment],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
