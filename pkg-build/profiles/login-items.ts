import { label } from '../../launchd/installed-paths.ts';
import { nodeTeam } from '../node-team.ts';
import { configurationProfile } from './configuration-profile.ts';

/**
 * Allows the agent in Login Items on macOS 13 and later: no user is asked, and none can switch it off. The exact label
 * together with the team that signed the program: by the team alone everything that it ever signed would be allowed.
 */
export function loginItems(teamIdentifier: string = nodeTeam): string {
  return configurationProfile('login-items', {
    displayName: 'PSSO Monitor: login item',
    description:
      'Allows the PSSO Monitor agent to run in the background, and keeps it allowed. Install it before the package.',
    payload: {
      type: 'com.apple.servicemanagement',
      displayName: 'PSSO Monitor agent',
      content: {
        Rules: [
          {
            RuleType: 'Label',
            RuleValue: label,
            TeamIdentifier: teamIdentifier,
            Comment:
              'PSSO Monitor. The team is the one that signed its Node; yours, if you signed it yourself.',
          },
        ],
      },
    },
  });
}
