import { longTexts, regressions } from '../../../scripts/fuzz/long-texts.ts';
import { textParsers } from '../../../scripts/fuzz/text-parsers.ts';

// Prints the name of each parse before it begins, so that a parent can tell which one hangs.
const texts = [...longTexts(200_000, [''], ['x']), ...regressions(1024 * 1024)];
for (const [parser, parse] of Object.entries(textParsers))
  for (const { name, text } of texts) {
    await print(`${parser} ${name}`);
    await parse(text);
  }
await print('done');

function print(line: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${line}\n`, () => resolve()));
}
