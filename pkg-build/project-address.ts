/**
 * UNSET: the address of the public repository, `https://github.com/OWNER/NAME`, once there is one. A test
 * holds package.json to it; a release needs it.
 */
export const projectAddress: string | null = null;

interface ProjectFields {
  readonly homepage?: string;
  readonly repository?: { readonly type: 'git'; readonly url: string };
  readonly bugs?: { readonly url: string };
}

/** The fields of package.json that name the project's address; without an address none. */
export function projectFields(address: string | null): ProjectFields {
  if (address === null) return {};
  return {
    homepage: `${address}#readme`,
    repository: { type: 'git', url: `git+${address}.git` },
    bugs: { url: `${address}/issues` },
  };
}
