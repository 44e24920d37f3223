import * as z from 'zod/mini';
import type { AppSso } from '../../../shared/observation.ts';
import { unlistedStateName } from '../../../shared/user-state.ts';
import { holdsGuid } from '../../parse/guid.ts';
import { methodIn, type SectionFields } from './section-fields.ts';

export interface UserSection {
  readonly user: NonNullable<AppSso['user']>;
  /** Whether the user has a login type of their own that can be read. */
  readonly hasMethod: boolean;
  readonly kerberos: AppSso['kerberos'];
}

/** Real Macs have two at most; a limit keeps an absurd answer small. */
const mostRealms = 100;
/** The name of a Kerberos realm. */
export const realmName = /^(?=.{1,253}$)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const ticketKeyPath = /^[A-Za-z_]{1,40}$/;

const entries = z.array(z.unknown());
const flag = z._default(z.catch(z.nullable(z.boolean()), null), null);
const kerberosStatus = z.object({
  realm: z.string().check(
    z.regex(realmName),
    z.refine((realm) => !holdsGuid(realm)),
  ),
  importSuccessful: flag,
  failedToConnect: flag,
  exchangeRequired: flag,
  ticketKeyPath: z._default(z.catch(z.nullable(z.string().check(z.regex(ticketKeyPath))), null), null),
});

export function readUserSection(fields: SectionFields): UserSection {
  const state = fields.enumeration('state');
  if (!fields.has('state')) fields.warn('state', 'is missing');
  if (unlistedStateName(state.label) !== null) fields.warn('state', 'has a name that is not known');
  const loginType = fields.enumeration('loginType');
  return {
    user: {
      state: state.number,
      stateLabel: state.label,
      method: methodIn(fields, loginType),
      methodLabel: loginType.label,
      lastLoginAt: fields.instant('lastLoginDate'),
      hasCredential: fields.has('_credential'),
      hasLoginConfiguration: fields.has('userLoginConfiguration'),
    },
    hasMethod: loginType.number !== null,
    kerberos: readKerberos(fields),
  };
}

function readKerberos(fields: SectionFields): AppSso['kerberos'] {
  const printed = fields.read('kerberosStatus', entries) ?? [];
  const realms: AppSso['kerberos'] = [];
  let passedOver = 0;
  for (const entry of printed) {
    const checked = kerberosStatus.safeParse(entry);
    if (checked.success && realms.length < mostRealms) realms.push(checked.data);
    else passedOver += 1;
  }
  if (passedOver > 0) fields.warn('kerberosStatus', `has ${passedOver} entries that were passed over`);
  return realms;
}
