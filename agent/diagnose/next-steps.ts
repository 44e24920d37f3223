import type { ProviderNames } from '../shared/identity-provider.ts';

/** One step after the archive is made. */
export interface Step {
  readonly what: string;
  /** A command for Terminal; null: a manual step. */
  readonly command: string | null;
}

/**
 * How to collect what only tools of Apple and the identity provider hold, first step first. Sources: "Report
 * an issue" in learn.microsoft.com, troubleshoot-macos-platform-single-sign-on-extension; Apple's
 * "Customizing logging behavior while debugging" for `log config`. An admin runs the commands with sudo; PSSO
 * Monitor never does.
 */
export function nextSteps({ report, reportReference, feedback, vendor }: ProviderNames): readonly Step[] {
  return [
    {
      what: 'An admin turns on detailed logging of Platform SSO, before you reproduce the problem:',
      command: 'sudo log config --mode "level:debug,persist:debug" --subsystem "com.apple.AppSSO"',
    },
    { what: 'Reproduce the problem, and write down the time to the minute.', command: null },
    {
      what: report,
      command: null,
    },
    {
      what:
        'The admin collects the logs of macOS. It takes some minutes and ends with the name of a file in ' +
        `/private/var/tmp. That file holds names and is not redacted: give it to Apple, ${vendor} or your ` +
        'own helpdesk only.',
      command: 'sudo sysdiagnose',
    },
    {
      what: 'The admin turns the detailed logging off again:',
      command: 'sudo log config --reset --subsystem "com.apple.AppSSO"',
    },
    {
      what:
        `Fill in the blanks of description.md${reportReference === null ? '' : `, with the ${reportReference}`}, ` +
        `and add screenshots or recordings. Then open a case with ${vendor} or with your helpdesk, and attach this archive ` +
        'and the file of sysdiagnose.',
      command: null,
    },
    ...(feedback === null
      ? []
      : [
          {
            what:
              `Feedback on Platform SSO itself goes to ${vendor} at ${feedback}, with the same files and the ` +
              'steps that reproduce the problem.',
            command: null,
          },
        ]),
  ];
}

/** Columns of a line, without the number in front of it. */
const width = 92;

/** The steps as a numbered list. */
export function nextStepsText(steps: readonly Step[]): string {
  return steps
    .map(({ what, command }, index) => {
      const lines = `${index + 1}. ${wrapped(what)}`;
      return command === null ? lines : `${lines}\n\n     ${command}\n`;
    })
    .join('\n');
}

/** Wraps the text; later lines align with the first word after the number. */
function wrapped(text: string): string {
  let line = '';
  let made = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= width) {
      made += `${line}\n   `;
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return made + line;
}
