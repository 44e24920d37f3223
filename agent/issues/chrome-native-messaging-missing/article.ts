import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const chromeNativeMessagingMissing: Article = {
  title: 'Chrome has no link to Company Portal',
  meaning:
    'The file com.microsoft.browsercore.json is missing. Chrome then has no single sign-on and fails where a policy needs a compliant device.',
  reliabilityNote: 'Definite: the file is not on the Mac. Only Chrome before version 135 needs it.',
  evidenceNote:
    'Two readings of a Mac with Chrome before version 135 that the user has started, with a Company Portal that has the file, and without the file in the folder of the user and of the Mac, while the user is registered with Microsoft’s extension.',
  admin: {
    text: 'Run the script of Microsoft that copies the file, as the user.',
    steps: ['Install Company Portal again, or run the script.', 'Restart Chrome.'],
    confirm: [
      'The file is in ~/Library/Application Support/Google/Chrome/NativeMessagingHosts.',
      'The version of Chrome is below 135, or its policy for single sign-on is off.',
    ],
  },
  links: [links.troubleshooting, links.ssoPlugin],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
