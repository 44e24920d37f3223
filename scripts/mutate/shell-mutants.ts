import type { Mutant } from './mutant.ts';

/** What one match can be replaced with. */
const replacements: readonly [RegExp, readonly string[], string][] = [
  [/ && /g, [' || '], 'logical'],
  [/ \|\| /g, [' && '], 'logical'],
  [/(?<=\[ )! /g, [''], 'negation'],
  [/(?<=^\s*(?:el)?if )! /gm, [''], 'negation'],
  [/(?<=\s)-eq(?=\s)/g, ['-ne'], 'comparison'],
  [/(?<=\s)-ne(?=\s)/g, ['-eq'], 'comparison'],
  [/(?<=\s)-lt(?=\s)/g, ['-le'], 'comparison'],
  [/(?<=\s)-gt(?=\s)/g, ['-ge'], 'comparison'],
  [/(?<=\[ .*\s)=(?=\s)/g, ['!='], 'comparison'],
  [/(?<=\[ .*\s)!=(?=\s)/g, ['='], 'comparison'],
  [/(?<=\[ (?:! )?)-n(?=\s)/g, ['-z'], 'condition'],
  [/(?<=\[ (?:! )?)-z(?=\s)/g, ['-n'], 'condition'],
  [/(?<=^\s*(?:el)?if ).+(?=; then$)/gm, ['true', 'false'], 'condition'],
  [/(?<=\b(?:exit|return|sleep|umask) )\d+/g, ['7'], 'number'],
  [/(?<=\bchmod (?:-R )?)[0-7]{3,4}/g, ['777'], 'number'],
  [/(?<= )-[a-zA-Z]+(?= )/g, [''], 'option'],
];

/** A line that is a command on its own and can be left out. */
const command =
  /^\s*(?!if\b|then\b|else\b|elif\b|fi\b|for\b|while\b|do\b|done\b|case\b|esac\b|local\b|#)[A-Za-z"$_.\\/][^{}]*$/;

/** Every mutant of a shell script. Comments and here-documents that are not code can be among them. */
export function shellMutants(source: string): Mutant[] {
  const found: Mutant[] = [];
  const comments = [...source.matchAll(/^\s*#.*$/gm)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);
  const isComment = (at: number) => comments.some(([from = 0, to = 0]) => at >= from && at < to);
  for (const [pattern, others, kind] of replacements) {
    for (const match of source.matchAll(pattern))
      for (const text of others)
        found.push({ start: match.index, end: match.index + match[0].length, text, kind });
  }
  let start = 0;
  let continued = false;
  for (const line of source.split('\n')) {
    const end = start + line.length;
    const continues = /(?:\\|&&|\|\||\||\()$/.test(line);
    if (!continued && !continues && command.test(line) && !/;;|\)$/.test(line))
      found.push({ start, end, text: line.replace(/\S.*/, ':'), kind: 'statement' });
    continued = continues;
    start = end + 1;
  }
  return found.filter((mutant) => !isComment(mutant.start)).sort((a, b) => a.start - b.start);
}
