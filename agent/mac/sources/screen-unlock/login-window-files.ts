import { managedPreferences } from '../../reread-rule.ts';

export const loginWindowFile = '/Library/Preferences/com.apple.loginwindow.plist';
export const managedLoginWindowFile = `${managedPreferences}/com.apple.loginwindow.plist`;
