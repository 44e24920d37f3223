import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const deviceComplianceLostNewDeviceId: Article = {
  title: 'The Mac has a new device ID',
  meaning:
    'A new registration gave the Mac another device ID in Entra ID. Where a partner such as Jamf reports the compliance of the Mac, it can still report for the old ID. Entra ID then says that the Mac is not compliant.',
  reliabilityNote:
    'Heuristic: the new device ID is certain, and the Mac does not show whether a partner reports its compliance. With Intune alone nothing is lost.',
  evidenceNote:
    'The device ID that app-sso prints changed from one complete registration to the next, in the last seven days. The Mac does not show what the partner has. The first registration of a Mac, and one that keeps the ID, are no sign. The issue ends after seven days.',
  admin: {
    text: 'Without a compliance partner nothing is to be done. List the issue in the setting IgnoredIssues there.',
    steps: [
      'With Jamf: let the user run Register with Entra in Self Service, or run gatherAADInfo of Jamf Conditional Access.',
      'Remove the record of the old device ID in Entra ID.',
    ],
    confirm: [
      'Entra > Devices: two records of this Mac, and which one is compliant.',
      "The partner's record of this Mac: the device ID.",
    ],
  },
  links: [links.scripts, links.platformSso],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
