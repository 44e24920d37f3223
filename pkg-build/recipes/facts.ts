import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import { bundle, installed, label, packageIdentifier } from '../../launchd/installed-paths.ts';
import type { Architecture } from '../architecture.ts';
import { BuildError } from '../build-error.ts';
import { oldestMacos } from '../installer-documents.ts';
import { noSigner } from '../release-signer.ts';

/** What the entries for the catalogues contain. Each fact has its one source here. */
export interface RecipeFacts {
  /** OWNER and NAME of the repository. */
  readonly owner: string;
  readonly repository: string;
  /** The certificate of the released packages, and its team. */
  readonly signer: string;
  readonly team: string;
  /** The released version; the checksum of each package of it. */
  readonly version: string;
  readonly sha256: Readonly<Record<Architecture, string>>;
}

/** Stands for a fact that does not exist yet. No file with it can be submitted. */
const unset = 'UNSET';

export const constantFacts = {
  name: 'PSSO Monitor',
  description: 'Watches Platform SSO, records its history, and notifies the user when it breaks',
  packageIdentifier,
  bundleIdentifier: bundle.identifier,
  label,
  oldestMacos,
  uninstallScript: `${installed.folder}/share/uninstall.sh`,
  /** What a removal leaves in each home folder, unless it is to delete the records too. */
  records: ['~/Library/Application Support/PSSO Monitor', '~/Library/Logs/PSSO Monitor'],
  preferencesDomain,
} as const;

/** A release that has packages, with the checksum of each. */
export interface ReleasedPackages {
  readonly version: string;
  readonly sha256: RecipeFacts['sha256'];
}

/** The facts, with `unset` for a missing one. Throws BuildError for an address or signer of another form. */
export function recipeFacts(
  address: string | null,
  signer: string | null,
  released: ReleasedPackages | null,
): RecipeFacts {
  const [, owner = unset, repository = unset] =
    address === null
      ? []
      : matched(/^https:\/\/github\.com\/([\w-]+)\/([\w.-]+)$/, address, 'projectAddress');
  const [, team = unset] =
    signer === null
      ? []
      : matched(/^Developer ID Installer: .+ \(([A-Z0-9]{10})\)$/, signer, 'releaseSigner');
  return {
    owner,
    repository,
    team,
    signer: signer ?? `Developer ID Installer: ${unset} (${unset})`,
    version: released?.version ?? unset,
    sha256: released?.sha256 ?? { arm64: unset, x86_64: unset },
  };
}

/** Why no entry can be submitted: the constants that are not set. */
export function missingFacts(address: string | null, signer: string | null): string[] {
  return [
    ...(address === null ? ['The address of the repository is not set: pkg-build/project-address.ts.'] : []),
    ...(signer === null ? [noSigner] : []),
  ];
}

function matched(form: RegExp, text: string, name: string): RegExpExecArray {
  const found = form.exec(text);
  if (found === null) throw new BuildError(`${name} has another form than the recipes need: ${text}`);
  return found;
}
