import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const insufficientJoinPermissionsSilent: Article = {
  title: 'The user may not be allowed to join devices',
  meaning:
    'Without the permission to join devices, registration fails and no error message is shown. The user can’t fix this.',
  reliabilityNote: 'Only the tenant can tell: every other silent cause looks the same on the Mac.',
  evidenceNote: 'Not detected: named as a possible cause while a registration stays incomplete.',
  admin: {
    text: 'In the Microsoft Entra admin center, open Entra ID > Devices > Overview > Device settings. “Users may join devices to Microsoft Entra” must be All, or Selected with the user among them. Then save, and register again.',
    steps: [
      'Set “Users may join devices to Microsoft Entra” to All, or to Selected with the user, and save it.',
      'Check the maximum number of devices per user.',
      'Ask the user to register again.',
    ],
    confirm: [
      'Entra device settings: who may join devices.',
      'Entra audit log: a refused device registration of this user.',
      'How many devices the user has already.',
    ],
  },
  links: [links.troubleshooting],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
