import { build } from 'plist';
import type { MacState } from '../../simulated/model.ts';
import { always, printed, type Renderer } from '../../simulated/renderer.ts';

/** Seconds. */
const day = 86_400;
/** November 2023, in seconds since 1970. */
const usualCreation = 1_700_000_000;

/** `dscl -plist . -read /Users/NAME accountPolicyData AltSecurityIdentities AuthenticationAuthority`. */
function renderDscl(mac: MacState): string {
  const setAt = mac.passwordLastSetAt === null ? null : Math.floor(mac.passwordLastSetAt / 1000);
  const createdAt = setAt === null ? usualCreation : Math.min(usualCreation, setAt - day);
  const policyData = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    '\t<key>creationTime</key>',
    `\t<real>${createdAt}.5620289</real>`,
    '\t<key>failedLoginCount</key>',
    '\t<integer>0</integer>',
    '\t<key>failedLoginTimestamp</key>',
    '\t<integer>0</integer>',
    ...(setAt === null ? [] : ['\t<key>passwordLastSetTime</key>', `\t<real>${setAt}.5</real>`]),
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
  const linked = mac.psso?.registered === true && mac.psso.userPresent;
  return `${build({
    'dsAttrTypeNative:accountPolicyData': [policyData],
    ...(linked
      ? { 'dsAttrTypeStandard:AltSecurityIdentities': [`PlatformSSO:${mac.user}@contoso.example`] }
      : {}),
    'dsAttrTypeStandard:AuthenticationAuthority': [
      ';ShadowHash;HASHLIST:<SALTED-SHA512-PBKDF2>',
      ...(mac.networkAccount
        ? [`;LocalCachedUser;/Active Directory/CONTOSO/contoso.example:${mac.user}:1`]
        : []),
    ],
  })}\n`;
}

export const renderer: Renderer = { command: 'dscl', answer: (mac) => always(printed(renderDscl(mac))) };
