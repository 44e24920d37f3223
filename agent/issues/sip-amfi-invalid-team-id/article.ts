import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const sipAmfiInvalidTeamId: Article = {
  title: 'macOS refuses the extension because its protection is off',
  meaning:
    'System Integrity Protection or AMFI is off. macOS then refuses the extension: "invalid team identifier".',
  reliabilityNote:
    'Definite for the state of the protection. A Mac without it on which sign-in works is no sign. The boot argument for AMFI is not read.',
  evidenceNote:
    'Two readings of “disabled” by csrutil, while the profile or app-sso names Microsoft’s extension and sign-in does not work. A custom configuration is not judged.',
  admin: {
    text: 'Turn on System Integrity Protection, and remove the boot argument for AMFI.',
    steps: ['In the recovery system: csrutil enable.', 'Remove amfi_get_out_of_my_way from boot-args.'],
    confirm: ['csrutil status does not say "enabled".'],
  },
  links: [links.pluginTroubleshooting],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
