import type { WorkplaceJoin } from './observation.ts';

/**
 * Workplace Join items of another device. The present registration, of `deviceId`, may keep a certificate.
 */
export function leftByOtherDevices(
  { leftovers }: WorkplaceJoin,
  deviceId: string | null,
): WorkplaceJoin['leftovers'] {
  return leftovers.filter((leftover) =>
    leftover.deviceId === null
      ? leftover.kind !== 'certificate'
      : deviceId !== null && leftover.deviceId.toLowerCase() !== deviceId.toLowerCase(),
  );
}
