export interface ChangelogSection {
  /** Such as 2026-12-01; null: not released yet. */
  readonly date: string | null;
  readonly text: string;
}

/** The section of one version, without its heading; null: there is none. */
export function changelogSection(changelog: string, version: string): ChangelogSection | null {
  const lines = changelog.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (at === -1) return null;
  const next = lines.findIndex((line, index) => index > at && line.startsWith('## '));
  return {
    date: / - (\d{4}-\d{2}-\d{2})$/.exec(lines[at] ?? '')?.[1] ?? null,
    text: lines
      .slice(at + 1, next === -1 ? undefined : next)
      .join('\n')
      .trim(),
  };
}

/** A file of the release, as the notes list it. */
export interface ListedAsset {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The text of the release: which file to take, how to check it, and what is new. */
export function releaseNotes(options: {
  readonly version: string;
  /** Null: unset; the commands then have a placeholder. */
  readonly address: string | null;
  readonly packages: readonly ListedAsset[];
  readonly signed: boolean;
  readonly changes: string;
}): string {
  const { version, address, packages, signed, changes } = options;
  const rows = packages.map(({ name, bytes, sha256 }) => {
    const megabytes = `${(bytes / 1_000_000).toFixed(1)} MB`;
    return `| \`${name}\` | ${forWhom(name)} | ${megabytes} | \`${sha256}\` |`;
  });
  const repository = address === null ? 'OWNER/NAME' : address.replace(/^https:\/\/[^/]+\//, '');
  return `# PSSO Monitor ${version}

| package | for | size | SHA-256 |
| --- | --- | --- | --- |
${rows.join('\n')}

${signed ? 'The packages are signed with a Developer ID and notarized.' : 'The packages are **not signed**: docs/admin/signing.md says when a signature is needed, and how to add yours.'}

To check a download:

\`\`\`sh
shasum -a 256 --ignore-missing -c SHA256SUMS
gh attestation verify FILE --repo ${repository}
\`\`\`

${changes}
`;
}

function forWhom(name: string): string {
  if (name.endsWith('-arm64.pkg')) return 'Apple silicon';
  return name.endsWith('-x86_64.pkg') ? 'Intel' : 'both processors';
}
