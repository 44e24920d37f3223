import { settingKeys } from '../../settings/schema.ts';
import { type Check, pass, warn } from '../check.ts';

/** Whether every setting of a profile or of the user is valid. */
export const settings: Check = {
  id: 'settings',
  group: 'settings',
  async run({ settings: { problems, origins } }) {
    if (problems.length > 0)
      return problems.map(({ message, origin }) =>
        warn(
          message,
          origin === 'user'
            ? 'Correct settings.json beside the database.'
            : 'Correct the profile. To check it before you deploy it: psso-monitor config --check FILE',
        ),
      );
    const from = (origin: string) => settingKeys.filter((key) => origins.get(key) === origin).length;
    const made = [
      from('managed') > 0 ? `${from('managed')} managed` : '',
      from('user') > 0 ? `${from('user')} by the user` : '',
    ].filter((part) => part !== '');
    return [
      pass(made.length === 0 ? 'All settings are defaults.' : `The settings are valid (${made.join(', ')}).`),
    ];
  },
};
