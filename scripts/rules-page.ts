import { longest, mostSteps } from '../agent/rules/issue-fields.ts';
import { mostIssues, mostRules } from '../agent/rules/own-issues.ts';
import { conditionFunctions, conditionMethods, longestCondition } from '../agent/rules/rule-engine.ts';
import { neverMinutes, ruleFields } from '../agent/rules/rule-fields.ts';
import { largestFile, mostFiles } from '../agent/settings/issue-files.ts';
import { languages } from '../agent/shared/languages.ts';
import { linkSchemes } from '../agent/shared/links.ts';

/** docs/admin/rules.md: its prose is here, its tables come from the source. `npm run document` writes it. */
export function rulesPage(): string {
  return `${beginning}\n${fieldTable()}\n${ending}`;
}

function fieldTable(): string {
  const rows = Object.entries(ruleFields).map(
    ([path, { type, source, description }]) => `| \`${path}\` | ${type} | ${source} | ${description} |`,
  );
  return `| field | type | source | what it is |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

const beginning = `# Your own words, severities and rules

The setting \`Issues\` changes issues of the [catalogue](../known-issues.md), and adds issues of yours. It is a
dictionary by issue id. Each entry is a dictionary of these fields, all of them optional:

| field | value | effect |
| --- | --- | --- |
| \`Enabled\` | true or false | false: the issue is not detected; an open one is closed |
| \`Severity\` | \`info\`, \`low\`, \`medium\` or \`high\` | the severity, from the next time that the issue opens or changes |
| \`Cadence\` | \`usual\`, \`once\`, \`daily\` or \`never\` | the reminders of this issue; it overrides \`Reminders\` |
| \`Title\` | text, at most ${longest.title} characters | the title of the notification |
| \`Text\` | text, at most ${longest.text} characters | the text of the notification |
| \`Steps\` | 1 to ${mostSteps} texts, at most ${longest.step} characters each | the steps in \`advice\`, \`explain\` and the report |
| \`Link\` | a link | what a click on the notification opens |

\`Title\`, \`Text\` and \`Steps\` are for every language, or a dictionary by language:
${code(languages)}. A language
without your text keeps the text of the catalogue; an issue of yours then has its English text, or the first one. Your words are shown unchanged. A link has one of the schemes
${code(linkSchemes)}.

\`\`\`xml
<key>Issues</key>
<dict>
  <key>wpj-key-not-removed-after-migration</key>
  <dict>
    <key>Cadence</key> <string>never</string>
  </dict>
  <key>sso-tokens-expired</key>
  <dict>
    <key>Title</key>
    <dict><key>en</key> <string>Your Contoso sign-in has expired</string></dict>
    <key>Link</key> <string>https://help.contoso.com/sign-in</string>
  </dict>
</dict>
\`\`\`

The form of Jamf Pro and the manifest have a place for each issue of the catalogue. Own issues have ids that no form
knows: upload them as a property list.

Check it before you deploy it: \`psso-monitor config --check FILE\` names each mistake, with the nearest right
name. A mistake costs one field or one rule, and never the others. \`doctor\` names what a Mac ignores.

## Without an MDM

Put the same as JSON into a file of
\`/Library/Application Support/PSSO Monitor/share/issues.d/\`, such as \`10-contoso.json\`. The folder and the
files belong to root, and no other user may write them (\`chmod 755\`, \`chmod 644\`); otherwise the agent ignores
them, and \`doctor\` says why. At most ${mostFiles} files of at most ${largestFile / 1024} KiB count, in the order of their names.
For an id that is in the setting or in an earlier file too, the first entry counts as a whole. An upgrade leaves the
files, and so does \`uninstall.sh\` without \`--purge\`.

## Rules: issues of yours

An id that begins with \`org-\` is an issue of yours. It needs \`When\` and \`Title\`:

| field | value | effect |
| --- | --- | --- |
| \`When\` | a condition, at most ${longestCondition} characters | the issue is there while it holds |
| \`Audience\` | \`user\` or \`admin\` (default) | \`user\`: the user is notified after 15 minutes of use |
| \`BreaksSignIn\` | true or false (default) | true: it decides the headline, as a broken sign-in does |
| \`ConfirmMinutes\` | 0 to 10080 | how long it must hold, in time awake; two readings are needed in any case |
| \`Explanation\` | text, at most ${longest.explanation} characters | what the helpdesk reads in \`explain\` and the report |

The other fields are those above; \`Severity\` is \`low\` by default. The issue is in \`status\`, \`issues\`,
\`explain\`, \`report\` and the database like every other issue; its evidence has the condition and the values that it read.

A condition is an expression in [CEL](https://cel.dev): \`&&\`, \`||\`, \`!\`, \`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`, \`+\`, \`-\`,
\`*\`, \`? :\`, and \`in\` for a list such as \`["password", "smartCard"]\`. There are the functions
${code(conditionFunctions)}, and for texts ${code(conditionMethods)}.
\`versionAtLeast(companyPortal.version, "5.2604")\` compares versions by their numbers. There are no regular
expressions and no loops: the time of each takes no more than its length allows.

Rules run in each full poll, after the agent's own detectors: at least once an hour, and at each poll while
something changes or an issue is open. A field whose source was not read makes the whole rule *unknown*: an unknown
rule neither opens nor closes its issue. A rule that is removed or not valid closes its issue, without a "solved"
notification. At most ${mostRules} rules and ${mostIssues} entries count.

## Try a rule before a Mac has it

\`\`\`sh
psso-monitor catalogue --try own-rules.json --scenario scenario.ndjson
\`\`\`

replays a [scenario](../scenarios.md), such as one from \`capture\`, and prints when each condition holds or is unknown,
and when its issue would open and close. The rules can be a profile, a property list or a JSON file.

Five examples are in \`share/docs/admin/rules/\`: [a minimum version of Company Portal](rules/company-portal-minimum.json), [a Mac that was not restarted
for two weeks](rules/restart-overdue.json), [tokens that expire soon](rules/tokens-expire-soon.json), [a registration that was lost soon after an update of Company
Portal](rules/lost-after-company-portal-update.json), and [Macs that are still registered with a password](rules/not-on-secure-enclave.json).

## Fields

The source *history* is what the agent remembers. No field contains a name, an address or a key. A number is
a whole number. Minutes since a change that the agent does not remember are ${neverMinutes}.
`;

const ending = `A pulled history has the issues of yours too. \`explain\` and \`report\` on another computer know their titles and
texts when that computer has the same settings; otherwise they show the id and the recorded sentence.
`;
