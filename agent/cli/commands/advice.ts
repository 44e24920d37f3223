import { type Advice, adviceFor, type KnownState } from '../../history/advice.ts';
import { ownState } from '../../history/users-of-this-mac.ts';
import { readLanguages } from '../../mac/read/languages.ts';
import { SystemFiles } from '../../mac/system-files.ts';
import { createSettingsReader } from '../../settings/read-settings.ts';
import { userFileAt } from '../../settings/user-file.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { chooseLanguage, type Language } from '../../shared/languages.ts';
import { pathsOf } from '../../shared/paths.ts';
import { sessionUserOf } from '../../shared/session-user.ts';
import { StoreError } from '../../store/errors.ts';
import { adviceTextsIn } from '../../texts/user-texts.ts';
import type { AdviceOutput } from '../output/advice.ts';
import { printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const advice: Subcommand = {
  configure(command, call) {
    command
      .option('--as <format>', 'text, or dialog: options for the --jsonfile of swiftDialog', 'text')
      .addHelpText(
        'after',
        `
Prints the state of work sign-in and the next steps in the user's language, for a self-service item such as
"Why can't I sign in?". Exit status 1 when a problem is found.

Example:
  psso-monitor advice
  psso-monitor advice --as dialog > /tmp/advice.json; /usr/local/bin/dialog --jsonfile /tmp/advice.json
`,
      );
    call(async (global) => {
      const { as } = command.opts<{ as: string }>();
      if (as !== 'text' && as !== 'dialog') throw new UsageError(`--as takes text or dialog, not "${as}".`);
      const language = await languageOf(global);
      const said = adviceFor(known(global), language, Date.now());
      if (as === 'dialog') printJson(dialogOf(said, language) satisfies AdviceOutput);
      else print(said);
      return said.problems.length > 0 ? exitStatus.problem : exitStatus.done;
    });
  },
};

function known(global: GlobalOptions): KnownState | null {
  try {
    return ownState(pathsOf(global).database);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'missing') return null;
    throw error;
  }
}

async function languageOf(global: GlobalOptions): Promise<Language> {
  const who = sessionUserOf(global);
  const files = new SystemFiles(global.sysroot ?? null);
  const { values } = await createSettingsReader({
    files,
    who,
    userFile: userFileAt(pathsOf(global).settings),
  })();
  if (values.Language !== 'automatic') return values.Language;
  const languages = await readLanguages({ files, who });
  return chooseLanguage(languages.ok ? [...languages.value] : []);
}

function dialogOf({ title, sentences, problems }: Advice, language: Language): AdviceOutput {
  const { close, makeReport } = adviceTextsIn(language);
  const parts = problems.map(
    (problem) =>
      `**${problem.title}**\n\n${problem.steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`,
  );
  return {
    title,
    message: [...sentences, ...parts].join('\n\n'),
    icon: problems.length > 0 ? 'caution' : 'SF=person.badge.key',
    button1text: close,
    ...(problems.length > 0 ? { button2text: makeReport } : {}),
  };
}

function print({ sentences, problems }: Advice): void {
  for (const sentence of sentences) printLine(sentence);
  for (const { title, steps } of problems) {
    printLine(`\n${styled('bold', title)}`);
    for (const [index, step] of steps.entries()) printLine(`  ${index + 1}. ${step}`);
  }
}
