import type { WorkplaceJoin } from './observation.ts';

/** What another device's Workplace Join left: the present registration, of `deviceId`, may keep a certificate of its own. */
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
