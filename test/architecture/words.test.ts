import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/**
 * Words that a reader with English as a second language may not understand, and words that docs/glossary.md
 * replaces: a regular expression (case does not count), and what to write instead. Only words without false
 * positives: the test reads complete lines, identifiers too.
 */
const words: readonly (readonly [expression: string, instead: string])[] = [
  ['kindly', 'nothing: leave it out'],
  ['seldom', '"rarely"'],
  ['who(?:m|se)?(?:so)?ever', 'the subject: "the user", "the process", "any user"'],
  ['somebody|anybody', '"a user", "another user", "a person"'],
  ['nobody', '"no user", "no process"'],
  ['everybody', '"all users", "each user"'],
  ['no longer so', '"resolved"'],
  [String.raw`as it (?:is|was|stands|were)(?: itself)?(?=[^\w\s-]|$)`, '"unchanged"'],
  ['what bec(?:omes|ame) of', '"the result of"'],
  ['says nothing new', '"is unchanged"'],
  ['it is said', 'a subject: "the page says", "the log records"'],
  ['(?:is|are|was|were|be|been|being|gets?) told', '"gets", "is notified", "reports", "reads"'],
  ['hears? (?:of|nothing)|heard of', '"is notified of"'],
  ['is no news|news of', '"is no change", "a change of"'],
  ['led astray', '"got an invalid result"'],
  ['slip of the pen', '"typing error"'],
  ['set right|put right', '"fixed"'],
  ['anew', '"again"'],
  ['all the same|for all that|none the less', '"still"'],
  ['lest|hence|whence|amiss|nigh|evermore', '"so that … not", "so", "from", "wrong", "near", "always"'],
  ['manners', '"notification policy"'],
  ['quiet looks?', '"short poll"'],
  ['whole looks?', '"full poll"'],
  ['(?:an?|each|every|one|the (?:first|last|next)) look', '"poll"'],
  ['(?:look|looks|looked|looking) at (?:an?|the|this|that|each|every) Mac', '"poll"'],
  ['(?:foreign|hostile) databases?', '"untrusted database"'],
  ['clocks? (?:that )?jump(?:s|ed)?|jumps? of (?:a|the) clock', '"clock change"'],
  ['renewals? of (?:the )?tokens|tokens (?:are|were) (?:not )?renewed', '"refresh"'],
  ['patience', 'the name of the limit, such as "lock timeout"'],
  ['stor(?:y|ies)', '"scenario", "history", or for the results of a replay "replayed"'],
  ['of (?:our|my) own', '"separate", "new"'],
  ['nothing to do(?! with)', '"You don’t need to do anything", or what happens next'],
  ['mov(?:ed|es|ing)(?: it)? aside', '"quarantined"'],
  ['all is well again', '"is working again"'],
  ['stayed stale', '"was not renewed"'],
  ['how it has been since', '"no data since then"'],
  ['in the own language', '"in the language of the user"'],
];

/** Where a word stays. `in`: the start of a path; `text`: only within this text. Each must be needed. */
const exceptions: readonly { word: string; in: string; text?: string; reason: string }[] = [
  { word: 'nobody', in: 'scripts/', text: 'nobody is logged in', reason: 'a contract: the scripts print it' },
  { word: 'nobody', in: 'test/scripts/', text: 'nobody is logged in', reason: 'the same contract' },
  { word: 'nobody', in: 'docs/admin/', text: 'nobody is logged in', reason: 'the same contract' },
  {
    word: 'nobody',
    in: 'pkg-build/installer/postinstall',
    text: 'Nobody is logged in',
    reason: "a line of the Installer's log",
  },
  {
    word: 'nobody',
    in: 'test/pkg-build/installer/install.test.ts',
    text: 'Nobody is logged in',
    reason: "a line of the Installer's log",
  },
  { word: 'nobody', in: 'scripts/ci/test-like-a-mac.sh', reason: 'the system account `nobody`' },
  { word: 'nobody', in: 'scripts/on-mac/system.sh', text: 'nobody:*', reason: 'the system account `nobody`' },
  { word: 'nobody', in: 'test/installed/no-log.test.ts', reason: 'the system account `nobody`' },
  { word: 'nobody', in: 'agent/capture/vocabulary.ts', reason: 'a list of words' },
  { word: 'somebody', in: 'agent/capture/vocabulary.ts', reason: 'a list of words' },
  { word: 'story', in: 'agent/capture/vocabulary.ts', reason: 'a list of words' },
  { word: 'manners', in: 'agent/daemon/', reason: 'a key of the agent memory in existing databases' },
  { word: 'manners', in: 'test/daemon/agent-memory.test.ts', reason: 'the same key' },
];

const root = fileURLToPath(new URL('../..', import.meta.url));
/** They name the words. */
const exempt = ['docs/glossary.md', 'test/architecture/words.test.ts'];
const folders = ['agent', 'docs', 'launchd', 'pkg-build', 'scripts', 'test'];

const files = [
  ...readdirSync(root).filter((file) => /\.(?:ts|js|md)$/.test(file)),
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      // `npm run clickhouse` installs into its folder.
      .filter((file) => !file.parentPath.includes('node_modules'))
      .filter((file) => file.isFile() && /\.(?:ts|js|sh|md|tsv)$|^[^.]+$/.test(file.name))
      .map((file) => relative(root, join(file.parentPath, file.name)).split(sep).join('/')),
  ),
]
  .filter((file) => !exempt.includes(file))
  .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n') }));

const instead = words.map(([expression, text]) => ({
  expression: new RegExp(`^(?:${expression})$`, 'i'),
  text,
}));
const any = new RegExp(String.raw`\b(?:${words.map(([expression]) => expression).join('|')})\b`, 'gi');

/** Every forbidden word, with its exceptions. */
const found = files.flatMap(({ file, lines }) =>
  lines.flatMap((line, index) =>
    [...line.matchAll(any)].map(({ 0: word, index: at }) => ({
      where: `${file}:${index + 1}`,
      word,
      allowedBy: exceptions.find((exception) => {
        if (exception.word !== word.toLowerCase() || !file.startsWith(exception.in)) return false;
        if (exception.text === undefined) return true;
        const from = line.lastIndexOf(exception.text, at);
        return from >= 0 && at < from + exception.text.length;
      }),
    })),
  ),
);

test('every text uses plain English and the words of docs/glossary.md', () => {
  const problems = found
    .filter(({ allowedBy }) => allowedBy === undefined)
    .map(({ where, word }) => {
      const text = instead.find(({ expression }) => expression.test(word))?.text ?? 'a word of the glossary';
      return `${where}: "${word}": write ${text}`;
    });
  expect(problems).toEqual([]);
});

test('every exception is needed', () => {
  const used = new Set(found.map(({ allowedBy }) => allowedBy));
  expect(exceptions.filter((exception) => !used.has(exception))).toEqual([]);
});

test('no comment is wider than 110 columns', () => {
  const wide = files
    .filter(({ file }) => !file.startsWith('docs/') && /\.(?:ts|js|sh)$/.test(basename(file)))
    .flatMap(({ file, lines }) =>
      lines.flatMap((line, index) =>
        line.length > 110 && (file.endsWith('.sh') ? /^\s*#/ : /^\s*(?:\*|\/\/|\/\*)/).test(line)
          ? [`${file}:${index + 1}: ${line.length} columns: wrap the comment at 110`]
          : [],
      ),
    );
  expect(wide).toEqual([]);
});
