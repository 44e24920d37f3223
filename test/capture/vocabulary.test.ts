import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { vocabulary, wordsIn } from '../../agent/capture/vocabulary.ts';
import { causeRules } from '../../agent/causes/cause-rules.ts';
import { sources } from '../../agent/mac/sources.ts';

const agent = fileURLToPath(new URL('../../agent/', import.meta.url));

/** Where the sentences of `doctor`, of the agent's log and of the causes are written. */
const writers = [
  ...['doctor', 'doctor/checks', 'daemon/self-watch'].flatMap((folder) =>
    readdirSync(join(agent, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('-output.ts'))
      .map((name) => join(folder, name)),
  ),
  'daemon/agent.ts',
  'daemon/history-writer.ts',
  'daemon/optional-step.ts',
  'daemon/start-agent.ts',
  'daemon/run-events.ts',
  'history/status-of.ts',
  'history/evidence.ts',
  'causes/cause-rules.ts',
  'causes/distance-text.ts',
  'causes/restart-first.ts',
  'shared/changes.ts',
];

/** The texts in a source file that are sentences: what people read, and not an import or a key. */
function sentencesIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/^import .*$/gm, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/g)]
    .map((match) => (match[1] ?? match[2] ?? '').replace(/\$\{[^}]*\}/g, ' '))
    .filter((text) => /[a-z] [a-z]/.test(text));
}

describe('what this product writes itself stays readable in an archive', () => {
  test.each(writers)('%s', (file) => {
    const unknown = sentencesIn(readFileSync(join(agent, file), 'utf8'))
      .flatMap(wordsIn)
      .filter((word) => !vocabulary.has(word));
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('so do the labels of the sources, which doctor prints', () => {
    const words = Object.values(sources).flatMap(({ label, offWhileLocked = '' }) =>
      wordsIn(`${label} ${offWhileLocked}`),
    );
    expect(words.filter((word) => !vocabulary.has(word))).toEqual([]);
  });

  test('so do the keys of a cause and of a change in the evidence', () => {
    const keys =
      'causes id grade sentence changeAt remedyFirst definite likely possible changesBefore kind at';
    const more = 'from to secondsBefore activeSecondsBefore of device user';
    expect(wordsIn(`${keys} ${more}`).filter((word) => !vocabulary.has(word))).toEqual([]);
  });

  test('so do the ids of causes', () => {
    const words = causeRules.flatMap(({ id }) => wordsIn(id));
    expect(words.filter((word) => !vocabulary.has(word))).toEqual([]);
  });

  test('so do the keys of a line of the log', () => {
    const keys = 'level time msg err type message stack version pollIntervalSeconds because over quickDeaths';
    expect(wordsIn(keys).filter((word) => !vocabulary.has(word))).toEqual([]);
  });
});
