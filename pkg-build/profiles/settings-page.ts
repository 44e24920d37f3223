import { definitions, groups, settingKeys } from '../../agent/settings/schema.ts';
import { wordedDefault } from './words.ts';

/** docs/settings.md: the prose is here, the tables come from the schema. */
export function settingsPage(): string {
  const sections = Object.entries(groups).map(
    ([group, title]) =>
      `## ${title}\n\n${tableOf(settingKeys.filter((key) => definitions[key].group === group))}`,
  );
  return `${introduction}\n${sections.join('\n')}\n${ending}`;
}

function tableOf(keys: readonly (typeof settingKeys)[number][]): string {
  const rows = keys.map((key) => {
    const { title, description, expected, fallback, userMaySet } = definitions[key];
    const text = `**${title}.** ${description}${userMaySet ? ' The user may set it too.' : ''}`;
    return `| \`${key}\` | ${text} | ${expected} | ${wordedDefault(fallback)} |`;
  });
  return `| key | what it does | value | default |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const introduction = `# Settings

Every setting has a default that suits most shops. An admin sets the others by MDM, in the domain \`io.github.psso-monitor\`; a user may set
a few of them, for the notices on the own screen, in \`settings.json\` beside the database. What is managed wins; a profile for the user goes before one
for the Mac.

\`psso-monitor config\` says what is in force and where it comes from. An invalid value is ignored, the next layer counts, an event \`settings-invalid\` is recorded once, and
\`doctor\` shows it; it never stops the agent. A change takes effect at the next look, without a restart.

Check a profile before you deploy it: \`psso-monitor config --check FILE\`. Examples for three kinds of shop, a schema for Jamf Pro and a manifest for ProfileCreator and iMazing are in
\`share/profiles/\` of the installed product; \`npm run profiles\` writes them from a checkout.
`;

const ending = `## The user's own file

\`~/Library/Application Support/PSSO Monitor/settings.json\`, for example:

\`\`\`json
{ "QuietHours": { "Start": "18:00", "End": "08:00" }, "Reminders": "once" }
\`\`\`

## Turning something off

- Nothing shown at all, everything recorded: \`NotificationsEnabled\` false.
- One issue recorded, never shown: \`DisabledIssues\`.
- One issue neither recorded nor shown: \`IgnoredIssues\`. One that is open is closed, and the history says why. Another that says much the same may then be told in its place: name both.
- One user, for a while: \`psso-monitor silence ISSUE --for 7d\`.
`;
