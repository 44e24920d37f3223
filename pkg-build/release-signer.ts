/**
 * UNSET: the name of the certificate that signs released packages, `Developer ID Installer: NAME (TEAM)`,
 * once there is one. The recipes verify it.
 */
export const releaseSigner: string | null = null;
