import { managedPreferences } from '../../reread-rule.ts';

const file = 'com.apple.extensiblesso.plist';
export const deviceProfile = `${managedPreferences}/${file}`;

export function userProfileOf(user: string): string {
  return `${managedPreferences}/${user}/${file}`;
}
