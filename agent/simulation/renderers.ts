import type { SourceName } from '../shared/observation.ts';
import { account } from './render/account.ts';
import { appSso } from './render/app-sso.ts';
import { companyPortal } from './render/company-portal.ts';
import { enrollment } from './render/enrollment.ts';
import { focus } from './render/focus.ts';
import { log } from './render/log.ts';
import { macos } from './render/macos.ts';
import { network } from './render/network.ts';
import { passwordPolicy } from './render/password-policy.ts';
import { power } from './render/power.ts';
import { preferences } from './render/preferences.ts';
import { session } from './render/session.ts';
import { ssoProfile } from './render/sso-profile.ts';
import { workplaceJoin } from './render/workplace-join.ts';
import type { Renderer } from './renderer.ts';

const bySource: { readonly [K in SourceName]: Renderer } = {
  appSso,
  account,
  passwordPolicy,
  session,
  power,
  network,
  focus,
  macos,
  companyPortal,
  ssoProfile,
  enrollment,
  workplaceJoin,
};

/** The renderers of every source, complete by type, and of what is read besides. */
export const renderers: readonly Renderer[] = [...Object.values(bySource), log, preferences];
