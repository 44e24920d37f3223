import packageJson from '../../package.json' with { type: 'json' };

/** The version of package.json. */
export const version: string = packageJson.version;

/** The version for people, such as "PSSO Monitor 0.1.0 (Node 26.10.0)". */
export function versionText(): string {
  return `PSSO Monitor ${version} (Node ${process.versions.node})`;
}
