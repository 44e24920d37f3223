const host = 'com.microsoft.browsercore.json';
const support = 'Library/Application Support/Google/Chrome';

export const chromeFile = '/Applications/Google Chrome.app/Contents/Info.plist';

/** The folder of Chrome's own data: it exists once the user has started Chrome. */
export function chromeDataOf(home: string): string {
  return `${home}/${support}`;
}

/** The places in which Chrome looks for the file of Company Portal, the user's first. */
export function chromeHostsOf(home: string): string[] {
  return [
    `${home}/${support}/NativeMessagingHosts/${host}`,
    `/Library/Google/Chrome/NativeMessagingHosts/${host}`,
  ];
}

/** Company Portal's own copy of the file. */
export const chromeHostOfCompanyPortal = `/Applications/Company Portal.app/Contents/Resources/${host}`;
