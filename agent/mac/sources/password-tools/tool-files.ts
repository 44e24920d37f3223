import type { PasswordTool } from '../../../shared/observation.ts';

/** Apps that set the password of the Mac's account themselves. */
export const passwordToolFiles: Readonly<Record<PasswordTool, string>> = {
  jamfConnect: '/Applications/Jamf Connect.app/Contents/Info.plist',
  xcreds: '/Applications/XCreds.app/Contents/Info.plist',
  nomad: '/Applications/NoMAD.app/Contents/Info.plist',
};
