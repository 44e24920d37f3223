import { label } from '../../launchd/installed-paths.ts';
import { nodeTeam } from '../node-team.ts';
import { configurationProfile } from './configuration-profile.ts';

/**
 * Allows the agent in Login Items on macOS 13 and later, so that no user can switch it off. The rule has the
 * label and the team that signed Node: the team alone would allow all programs of that team.
 */
export function loginItems(teamIdentifier: string = nodeTeam): string {
  return configurationProfile('login-items', {
    displayName: 'PSSO Monitor: login item',
    description:
      'Allows the PSSO Monitor agent to run in the background; users can not switch it off. ' +
      'Install it before the package.',
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
              'PSSO Monitor. The team is the one that signed its Node: yours, if you signed it yourself.',
          },
        ],
      },
    },
  });
}
