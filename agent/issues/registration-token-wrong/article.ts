import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const registrationTokenWrong = (idp: ProviderNames): Article => ({
  title: 'The registration token in the profile was never filled in',
  meaning:
    'RegistrationToken in the installed profile is still a variable of an MDM or a placeholder. The device can’t register with it.',
  reliabilityNote:
    'The installed profile shows the variable. That the registration fails for this reason is inferred.',
  evidenceNote:
    'Two readings of a profile with Platform SSO whose token has the form {{NAME}}, $NAME, %Name%, {Name} or YOUR_TOKEN_HERE, while the device is not registered. The token itself is never recorded. A missing token is no sign: some MDMs deliver none.',
  admin: {
    text: `An MDM fills in only its own variables.${idp.id === 'entra' ? ' {{DEVICEREGISTRATION}} is a variable of Microsoft Intune; another MDM leaves it unchanged.' : ''} Correct the profile; the user can’t fix this.`,
    steps: [
      'Use the variable or the token that the documentation of your MDM names for Platform SSO.',
      'Check the profile before you deploy it: psso-monitor config --check FILE',
      'Deploy the profile again. The Mac then asks the user to register.',
    ],
    confirm: ['MDM: the profile that is assigned to this Mac has a filled-in RegistrationToken.'],
  },
  links: [links.intune, links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
