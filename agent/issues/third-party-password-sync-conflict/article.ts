import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const thirdPartyPasswordSyncConflict: Article = {
  title: 'Another program sets the local password too',
  meaning:
    'Jamf Connect, XCreds or NoMAD also sets the password of the Mac. The two programs replace the password of each other.',
  reliabilityNote: 'Heuristic: the app is installed. Whether it sets the password is in its own settings.',
  evidenceNote:
    'Two readings of Jamf Connect, XCreds or NoMAD in the folder Applications, with the method password, while the password of the Mac is not in step: macOS asks for the new one, the tokens are overdue, or the local password was changed without a token refresh.',
  admin: {
    text: 'Keep one program that sets the local password.',
    steps: ['Turn off the password sync of the other program, or remove the program.'],
    confirm: ['Jamf Connect, XCreds or NoMAD is installed and sets passwords.'],
  },
  links: [links.appleDeployment],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
