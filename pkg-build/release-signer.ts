/**
 * UNSET: the name of the certificate that signs released packages, `Developer ID Installer: NAME (TEAM)`,
 * once there is one. The recipes verify it.
 */
export const releaseSigner: string | null = null;

/** What is wrong while it is null. */
export const noSigner =
  'The certificate that signs the packages is not named (pkg-build/release-signer.ts): dist-recipes can not be used.';
