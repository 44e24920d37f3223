import { BuildError } from '../../pkg-build/build-error.ts';
import { isCandidate, packageVersion } from '../../pkg-build/package-version.ts';
import { noSigner } from '../../pkg-build/release-signer.ts';
import { changelogSection } from './release-notes.ts';

export interface ReleaseFacts {
  /** Of package.json. */
  readonly version: string;
  /** `vVERSION`; null: a rehearsal without a tag. */
  readonly tag: string | null;
  /** Whether the tag, if it exists, names another commit than the checkout. */
  readonly tagIsElsewhere: boolean;
  /** pkg-build/project-address.ts. */
  readonly address: string | null;
  /** pkg-build/release-signer.ts. */
  readonly signer: string | null;
  readonly changelog: string;
  /** Runs on real Macs in docs/verified-on-mac.json that passed at least one line; 0: there is no file. */
  readonly verifiedRuns: number;
  /** Null: this is no checkout. */
  readonly commit: string | null;
  /** Files that differ from the commit. */
  readonly changedFiles: readonly string[];
}

/** What forbids a release of this version now, one sentence each; empty: it can be released. */
export function releaseProblems(facts: ReleaseFacts): string[] {
  const { version, tag } = facts;
  const problems: string[] = [...versionProblems(version)];
  if (tag !== null && tag !== `v${version}`)
    problems.push(`The tag ${tag} is not v${version}, the version of package.json.`);
  if (facts.tagIsElsewhere) problems.push(`The tag ${tag} names another commit than this checkout.`);
  if (facts.address === null)
    problems.push('The address of the project is unset (pkg-build/project-address.ts).');
  problems.push(...changelogProblems(facts.changelog, version));
  if (!isCandidate(version) && facts.verifiedRuns === 0)
    problems.push('docs/verified-on-mac.json holds no real run: only a candidate (-rc.N) can be released.');
  if (facts.commit === null) problems.push('This is no git checkout, so its commit is unknown.');
  if (facts.changedFiles.length > 0)
    problems.push(`The checkout has changes that are in no commit: ${facts.changedFiles.join(', ')}.`);
  return problems;
}

/** What is missing for the catalogues, and for the version after the candidates, one sentence each. */
export function laterProblems({ version, verifiedRuns, signer }: ReleaseFacts): string[] {
  const catalogues = signer === null ? [noSigner] : [];
  if (!isCandidate(version) || verifiedRuns > 0) return catalogues;
  const final = version.replace(/-.*$/, '');
  return [`For ${final}, docs/verified-on-mac.json needs a real run; it holds none.`, ...catalogues];
}

/**
 * Why finished packages can't be released: the catalogues verify a certificate, and these are not signed, as
 * when a secret of the workflow is lost. Null: they can.
 */
export function signatureProblem(signed: boolean, signer: string | null): string | null {
  if (signed || signer === null) return null;
  return `These packages are not signed, and the entries for the catalogues verify "${signer}".`;
}

function versionProblems(version: string): string[] {
  try {
    packageVersion(version);
    return [];
  } catch (error) {
    if (error instanceof BuildError) return [error.message];
    throw error;
  }
}

function changelogProblems(changelog: string, version: string): string[] {
  const section = changelogSection(changelog, version);
  if (section === null) return [`CHANGELOG.md has no section [${version}].`];
  if (section.date === null) return [`The section [${version}] of CHANGELOG.md has no date yet.`];
  return section.text === '' ? [`The section [${version}] of CHANGELOG.md is empty.`] : [];
}
