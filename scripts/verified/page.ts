import type { Line } from './lines.ts';
import type { VerifiedRun } from './run.ts';

/** The oldest macOS that the package installs on, and the ones that no GitHub runner has. */
const builtFor = 'Built for macOS 13.5 and later.';

const nameOf = ({ mac }: VerifiedRun) => `${mac.macos ?? 'macOS ?'} ${mac.architecture ?? ''}`.trim();
const cell = (text: string) => text.replaceAll('|', '\\|');

/** docs/verified-on-mac.md: what the runs say of each line. */
export function verifiedPage(lines: readonly Line[], runs: readonly VerifiedRun[]): string {
  const head = `# Where it has run on a Mac

Made by \`npm run verified\` of \`verified-on-mac.json\`, which holds what \`check-on-mac.sh --json\` wrote on real Macs. The lines are
those of [what only a Mac can prove](unverified-on-mac.md).
`;
  if (runs.length === 0)
    return `${head}
${builtFor} **It has not run on a Mac yet**: nothing on that list is verified.

To change that, run the workflow, or on a Mac \`sh scripts/check-on-mac.sh --all --keep DIR --json verified-on-mac.json\`, then
\`npm run verified -- verified-on-mac.json\`.
`;
  return [
    head,
    `${builtFor} Run on ${runs.map(nameOf).join(', ')}.\n`,
    runTable(runs),
    lineTable(lines, runs),
    failures(runs),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function count(run: VerifiedRun, wanted: VerifiedRun['lines'][number]['result']): number {
  return run.lines.filter(({ result }) => result === wanted).length;
}

function runTable(runs: readonly VerifiedRun[]): string {
  const rows = runs.map((run) => {
    const { at, commit, product, mac } = run;
    const what = `${mac.hardware ?? '?'}${mac.virtual === true ? ', virtual' : ''}${mac.image === null ? '' : `, ${mac.image}`}`;
    const cells = [
      nameOf(run),
      what,
      mac.integrityProtection ?? '?',
      mac.session ?? '?',
      at.slice(0, 10),
      commit?.slice(0, 12) ?? 'unknown',
      product ?? 'not installed',
      `${count(run, 'passed')} / ${count(run, 'failed')} / ${count(run, 'notPossibleHere')}`,
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return `| macOS | Mac | integrity protection | session | run | commit | product | passed / failed / not possible there |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

A pass with integrity protection off is none with it on, for injection, privacy and protected folders. Figures of a virtual Mac are not those of a desk.
`;
}

function lineTable(lines: readonly Line[], runs: readonly VerifiedRun[]): string {
  const rows = lines.map(({ id, proof, assumed }) => {
    const where = (wanted: VerifiedRun['lines'][number]['result']) =>
      runs.filter((run) => run.lines.some((line) => line.id === id && line.result === wanted)).map(nameOf);
    const [passed, failed] = [where('passed'), where('failed')];
    const verdict = failed.length > 0 ? 'FAILED' : passed.length > 0 ? 'verified' : 'not verified';
    const on = [
      ...(passed.length > 0 ? [passed.join(', ')] : []),
      ...(failed.length > 0 ? [`failed on ${failed.join(', ')}`] : []),
    ];
    return `| \`${id}\` | ${cell(assumed)} | ${proof} | ${verdict} | ${on.join('; ')} |`;
  });
  return `| id | assumed | proven by | verdict | on |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function failures(runs: readonly VerifiedRun[]): string {
  const found = runs.flatMap((run) =>
    run.lines.flatMap(({ id, checks }) =>
      checks
        .filter(({ result }) => result === 'failed')
        .map((check) => `- ${nameOf(run)}, \`${id}\`: ${check.what}. ${check.found}`),
    ),
  );
  return found.length === 0 ? '' : `## What failed\n\n${found.join('\n')}\n`;
}
