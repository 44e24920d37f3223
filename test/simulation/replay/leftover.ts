/** What an earlier Workplace Join left, as `security` prints it of the login keychain. */
export const leftover = {
  text: [
    'keychain: "/Users/alex/Library/Keychains/login.keychain-db"',
    'version: 512',
    'class: 0x80001000 ',
    'attributes:',
    '    "labl"<blob>="22222222-4b5a-6978-8796-a5b4c3d2e1f0"',
    '    "issu"<blob>="MS-Organization-Access"',
    '',
  ].join('\n'),
};
