/**
 * npm run check:captures -- DIR
 *
 * Parses real outputs of macOS (DIR/app-sso and DIR/pwpolicy, or one of these folders itself), and compares
 * the results with the expectations that the files' names stand for. Captures contain identities, so the
 * project has none.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { acceptInput } from '../agent/mac/parse/input.ts';
import { parseAppSso } from '../agent/mac/sources/app-sso/parse-app-sso.ts';
import { parsePasswordPolicy } from '../agent/mac/sources/password-policy/parse-password-policy.ts';
import { type AppSso, appSso, type PasswordPolicy, passwordPolicy } from '../agent/shared/observation.ts';

/** The values of a parse result that are printed and compared. */
type Essentials = Readonly<Record<string, string>>;

interface Expectation {
  /** A part of the file's name. The first match counts. */
  readonly name: string;
  readonly expected: Essentials;
}

interface Kind {
  readonly folder: string;
  readonly essentials: (text: string) => Essentials;
  readonly expectations: readonly Expectation[];
}

const kinds: readonly Kind[] = [
  {
    folder: 'app-sso',
    essentials: (text) => appSsoEssentials(appSso.parse(parseAppSso(text))),
    expectations: [
      { name: 'config-corruption-error', expected: { status: 'unknown', reason: 'malformed' } },
      { name: 'configured-not-registered', expected: { status: 'notRegistered', reason: 'none' } },
      { name: 'not-configured', expected: { status: 'notConfigured', reason: 'none' } },
      // The user section alone is evidence of the user's state only.
      {
        name: 'needs-registration.partial',
        expected: { status: 'unknown', reason: 'malformed', userState: '2', device: 'none' },
      },
      { name: 'needs-registration', expected: { status: 'needsAttention', reason: 'none', userState: '2' } },
      {
        name: 'password-registered',
        expected: {
          status: 'registered',
          reason: 'none',
          method: 'password',
          userState: '0',
          device: 'registered',
        },
      },
      {
        name: 'secure-enclave-registered',
        expected: {
          status: 'registered',
          reason: 'none',
          method: 'secureEnclaveKey',
          userState: '0',
          device: 'registered',
        },
      },
    ],
  },
  {
    folder: 'pwpolicy',
    essentials: (text) => policyEssentials(passwordPolicy.parse(parsePasswordPolicy(text))),
    expectations: [
      { name: 'mdm-min-length-7', expected: { minLength: '7', minLengthFrom: 'profile' } },
      { name: 'mdm-passcode-profile-and-cis-rules', expected: { minLength: '8', unknownRules: '0' } },
    ],
  },
];

function appSsoEssentials(answer: AppSso): Essentials {
  if (JSON.stringify(answer).includes('@')) throw new Error('the parse result contains an address');
  const registered = answer.device?.registrationCompleted === true ? 'registered' : 'notRegistered';
  return {
    status: answer.status,
    reason: answer.reason ?? 'none',
    method: answer.method,
    device: answer.device === null ? 'none' : registered,
    userState: String(answer.user?.state ?? 'none'),
    tokensExpired: String(answer.tokens?.expired ?? 'unknown'),
    warnings: String(answer.warnings.length),
  };
}

function policyEssentials(answer: PasswordPolicy): Essentials {
  const longest = answer.rules.find(({ kind, value }) => kind === 'minLength' && value === answer.minLength);
  return {
    minLength: String(answer.minLength ?? 'none'),
    minLengthFrom: longest?.source ?? 'none',
    rules: String(answer.rules.length),
    unknownRules: String(answer.unknownRules.length),
    warnings: String(answer.warnings.length),
  };
}

type Verdict = 'ok' | 'wrong' | 'no expectation';

function check(kind: Kind, file: string): { verdict: Verdict; line: string } {
  const name = basename(file);
  const expectation = kind.expectations.find((candidate) => name.includes(candidate.name));
  try {
    const input = acceptInput(readFileSync(file));
    const found = kind.essentials(input.ok ? input.text : '');
    const wrong = Object.entries(expectation?.expected ?? {}).filter(([key, value]) => found[key] !== value);
    const verdict = wrong.length > 0 ? 'wrong' : expectation === undefined ? 'no expectation' : 'ok';
    const differences = wrong.map(([key, value]) => `  ${key} should be ${value}`).join('');
    const essentials = Object.entries(found).map(([key, value]) => `${key}=${value}`);
    return {
      verdict,
      line: `${verdict.padEnd(14)}  ${kind.folder}/${name}  ${essentials.join(' ')}${differences}`,
    };
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { verdict: 'wrong', line: `${'wrong'.padEnd(14)}  ${kind.folder}/${name}  ${what}` };
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The folder of a kind in DIR, or DIR itself by its name; null: there is none. */
function folderOf(kind: Kind, dir: string): string | null {
  const inside = join(dir, kind.folder);
  if (isFolder(inside)) return inside;
  return basename(resolve(dir)) === kind.folder ? dir : null;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name))
    .sort();
}

function usage(problem: string): 2 {
  console.error(
    `${problem}\n` +
      'Usage: npm run check:captures -- DIR   (a folder with app-sso/ and pwpolicy/, or one of them)',
  );
  return 2;
}

function main(args: readonly string[]): 0 | 1 | 2 {
  const [dir] = args;
  if (dir === undefined || args.length > 1) return usage('One folder is needed.');
  if (!isFolder(dir)) return usage(`${dir} is not a folder.`);
  const counts: Record<Verdict, number> = { ok: 0, wrong: 0, 'no expectation': 0 };
  let files = 0;
  for (const kind of kinds) {
    const folder = folderOf(kind, dir);
    if (folder === null) continue;
    for (const file of filesIn(folder)) {
      const { verdict, line } = check(kind, file);
      counts[verdict] += 1;
      files += 1;
      console.log(line);
    }
  }
  if (files === 0) return usage(`${dir} holds no captures.`);
  console.log(
    `${files} captures: ${counts.ok} as expected, ${counts.wrong} wrong, ` +
      `${counts['no expectation']} without an expectation`,
  );
  return counts.wrong === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
