import { durationText } from '../../shared/duration-text.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { localDateTime, localTime, timeZone, withLocalTimes } from '../../shared/local-time.ts';
import { type EpochMs, second } from '../../shared/time.ts';
import type { ValidationOutput, ValidationStep } from '../../validation/validation-output.ts';
import { resultWords, validationWords } from '../../validation/validation-words.ts';
import { asCalled } from './as-called.ts';
import { printLine, styled } from './print.ts';
import { progressLine } from './progress.ts';

const styles: Readonly<Partial<Record<ValidationStep['result'], Parameters<typeof styled>[0]>>> = {
  passed: 'green',
  failed: 'red',
  unknown: 'yellow',
};

/** Prints one judgement. */
export function printValidation(output: ValidationOutput, place: GlobalOptions): void {
  for (const step of output.steps) printStep(step, place);
  printSummary(output);
}

function printStep(step: ValidationStep, place: GlobalOptions): void {
  const { title, result, at, sentence, cause, remedy } = step;
  const word = validationWords[result];
  const style = styles[result];
  const time = at === null ? '' : ` ${localTime(at)}`;
  printLine(`${styled('bold', title)}: ${style === undefined ? word : styled(style, word)}${time}`);
  printLine(`  ${withLocalTimes(sentence)}`);
  for (const line of stageLines(step)) printLine(line);
  if (cause !== null) printLine(`  ${withLocalTimes(cause)}`);
  for (const line of remedy) printLine(asCalled(`  - ${line}`, place));
}

function stageLines({ stages }: ValidationStep): string[] {
  return stages.flatMap(({ title, at }) => (at === null ? [] : [`  ${localDateTime(at)}  ${title}`]));
}

export function printSummary(output: ValidationOutput): void {
  const { steps, result, since, startedAt, headlineText, macos, companyPortal, method, agentVersion } =
    output;
  const counts = Object.entries(validationWords).flatMap(([name, word]) => {
    const count = steps.filter((step) => step.result === name).length;
    return count === 0 ? [] : [`${count} ${word.toLowerCase()}`];
  });
  printLine();
  printLine(styled('bold', `${resultWords[result]}: ${counts.join(', ')}.`));
  printLine(`Sign-in on this Mac: ${withLocalTimes(headlineText)}`);
  const portal = companyPortal === '' ? [] : [`Company Portal ${companyPortal}`];
  const versions = [`macOS ${macos || 'unknown'}`, ...portal, `method ${method}`, `agent ${agentVersion}`];
  printLine(styled('dim', `${versions.join(', ')}.`));
  const counted = since === null ? 'The whole history counts.' : `Counted since ${localTime(since)}.`;
  const began = startedAt === null ? 'Judged from the history alone.' : `Begun ${localTime(startedAt)}.`;
  printLine(styled('dim', `${began} ${counted} Times in ${timeZone()}.`));
}

/**
 * Prints what changed from one judgement of a walk to the next. On a terminal, a last line says what it
 * waits for.
 */
export function walkPrinter(now: () => EpochMs, place: GlobalOptions) {
  const printed = new Map<string, string>();
  const progress = progressLine();
  return {
    judged({ steps }: ValidationOutput, waiting: readonly ValidationStep[], until: EpochMs): void {
      progress.done();
      for (const step of steps) {
        const { id, stages, ...others } = step;
        const key = JSON.stringify({ ...others, at: null });
        const known = printed.get(id);
        printed.set(id, key);
        if (known !== key) printStep(step, place);
        // What macOS does is followed stage by stage.
        else for (const line of newStages(step, printed)) printLine(line);
        for (const { id: stage, at } of stages) printed.set(`${id} ${stage}`, at ?? '');
      }
      if (waiting.length === 0) return;
      const left = durationText(Math.max(0, until - now()) / second);
      const names = waiting.map(({ title }) => title).join('; ');
      progress.say(`Waiting (${left} left; Ctrl-C leaves): ${names}`);
    },
    done: progress.done,
  };
}

function newStages(step: ValidationStep, printed: ReadonlyMap<string, string>): string[] {
  const unseen = step.stages.filter(({ id, at }) => (at ?? '') !== (printed.get(`${step.id} ${id}`) ?? ''));
  return stageLines({ ...step, stages: unseen });
}
