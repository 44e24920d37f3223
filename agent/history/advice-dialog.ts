import type { Language } from '../shared/languages.ts';
import { adviceTextsIn } from '../texts/user-texts.ts';
import type { Advice } from './advice.ts';
import type { AdviceOutput } from './advice-output.ts';

/** The advice as options of swiftDialog. */
export function adviceDialog({ title, sentences, problems }: Advice, language: Language): AdviceOutput {
  const { close, makeReport } = adviceTextsIn(language);
  const parts = problems.map((problem) => {
    const steps = problem.steps.map((step, index) => `${index + 1}. ${step}`);
    const silenced = problem.silenced === null ? '' : `\n\n${problem.silenced}`;
    return `**${problem.title}**\n\n${steps.join('\n')}${silenced}`;
  });
  return {
    title,
    message: [...sentences, ...parts].join('\n\n'),
    icon: problems.length > 0 ? 'caution' : 'SF=person.badge.key',
    button1text: close,
    ...(problems.length > 0 ? { button2text: makeReport } : {}),
  };
}
