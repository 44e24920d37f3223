import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { configCheckOutput } from '../../agent/cli/output/config.ts';
import { cli } from '../helpers/cli.ts';
import { replayField } from '../helpers/replayed.ts';

const noPlatformSso = expect.stringContaining('has no PlatformSSO');

describe('a mistake in the profile', () => {
  test.each([
    ['unresolved-token', 'registration-token-wrong', expect.stringContaining('{{NAME}}')],
    ['token-fleet-variable', 'registration-token-wrong', expect.stringContaining('$NAME')],
    [
      'bad-method',
      'sso-payload-misconfigured-10001',
      expect.stringMatching(
        /UserSecureEnclave,.*Password, UserSecureEnclaveKey, SmartCard.* OpenID.*mean UserSecureEnclaveKey\?$/,
      ),
    ],
    ['legacy-profile-blocks-registration', 'sso-payload-conflict-10002', noPlatformSso],
  ])('the admin reads of %s, the user does not', async (name, issue, mistake) => {
    const replayed = await replayField(name);
    expect(replayed.notifications).toEqual([]);
    expect(replayed.summary.openIssues).toEqual(expect.arrayContaining(['psso-not-registered', issue]));
    const opened = (id: string) =>
      replayed.events.find((event) => event.kind === 'issue-opened' && event.issue === id);
    for (const id of ['psso-not-registered', issue]) {
      expect(opened(id)?.data.profileMistakes).toEqual(expect.arrayContaining([mistake]));
      expect(opened(id)?.summary).toEqual(mistake);
    }
    expect(opened('psso-not-registered')?.data.possibleCauses).toEqual(
      expect.arrayContaining([expect.stringMatching(`^${issue}$`)]),
    );
    const recorded = JSON.stringify(replayed.rows);
    expect(recorded).not.toContain('DEVICEREGISTRATION');
    expect(recorded).not.toContain('FLEET_VAR');
  });

  test('profile-misspelt-method-and-token is named before it is deployed', () => {
    const file = fileURLToPath(new URL('profile-misspelt-method-and-token.mobileconfig', import.meta.url));
    const { status, stdout } = cli(['config', '--check', file]);
    expect(status).toBe(1);
    expect(stdout).toContain('RegistrationToken is a variable of the form {{NAME}}');
    expect(stdout).toContain('AuthenticationMethod is UserSecureEnclave, which macOS does not know');
    const output = configCheckOutput.parse(JSON.parse(cli(['config', '--check', file, '--json']).stdout));
    expect(output).toMatchObject({
      payloads: 0,
      ssoPayloads: 1,
      problems: [
        { key: 'RegistrationToken', issue: 'registration-token-wrong' },
        { key: 'AuthenticationMethod', issue: 'sso-payload-misconfigured-10001' },
      ],
    });
  });
});

test('exempt-capital-user: account names compare in lower case', async () => {
  const replayed = await replayField('exempt-capital-user');
  expect(replayed.state.headline).toBe('exempt');
  expect(replayed.events.filter(({ issue }) => issue !== null)).toEqual([]);
  expect(replayed.notifications).toEqual([]);
});
