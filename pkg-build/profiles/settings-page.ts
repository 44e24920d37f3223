import { definitions, groups, settingKeys } from '../../agent/settings/schema.ts';
import { settingTexts } from '../../agent/settings/setting-texts.ts';
import { wordedDefault } from './words.ts';

/** docs/settings.md: its prose is here, its tables come from the schema. */
export function settingsPage(): string {
  const sections = Object.entries(groups).map(
    ([group, title]) =>
      `## ${title}\n\n${tableOf(settingKeys.filter((key) => definitions[key].group === group))}`,
  );
  return `${introduction}\n${sections.join('\n')}\n${ending}`;
}

function tableOf(keys: readonly (typeof settingKeys)[number][]): string {
  const rows = keys.map((key) => {
    const { expected, fallback, userMaySet } = definitions[key];
    const { title, description } = settingTexts[key];
    const text = `**${title}.** ${description}${userMaySet ? ' The user may set it too.' : ''}`;
    return `| \`${key}\` | ${text} | ${expected} | ${wordedDefault(fallback)} |`;
  });
  return `| key | what it does | value | default |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const introduction = `# Settings

Every setting has a default that suits most organisations. An admin changes them by MDM, in the domain
\`io.github.psso-monitor\`. A user may change a few of them, for their own notifications, in \`settings.json\`
beside the database. A managed value overrides the user's value. A profile for the user overrides a profile
for the Mac.

\`psso-monitor config\` prints the values in force and their origin. The agent ignores an invalid value, and
uses the next layer. It records an event \`settings-invalid\` once, and \`doctor\` shows the problem. An
invalid value never stops the agent. A change takes effect at the next poll, without a restart.

Check a profile before you deploy it: \`psso-monitor config --check FILE\`. \`share/profiles/\` of the
installed product has examples for three kinds of organisation, a schema for Jamf Pro, and a manifest for
ProfileCreator and iMazing. \`npm run profiles\` writes them from a checkout.
`;

const ending = `## The user's own file

\`~/Library/Application Support/PSSO Monitor/settings.json\`, for example:

\`\`\`json
{ "QuietHours": { "Start": "18:00", "End": "08:00" }, "Reminders": "once" }
\`\`\`

## Turning something off

- Record everything, show nothing: \`NotificationsEnabled\` false.
- Record one issue, never show it: \`DisabledIssues\`.
- Do not detect one issue: \`IgnoredIssues\`. An open one is closed, and the history has the reason. A similar
  issue may then open in its place: name both.
- Show one user nothing for a while: \`psso-monitor silence ISSUE --for 7d\`.
`;
