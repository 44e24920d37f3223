import type { Article } from '../article.ts';

export const screenUnlockModeConflict: Article = {
  title: 'A hardening rule breaks the unlock of the screen',
  meaning:
    'The rule os_unlock_active_user_session_disable sets screenUnlockMode to 1. The unlock with Platform SSO or a smart card then fails, or Touch ID is off.',
  reliabilityNote:
    'Definite for the setting, which the Mac has. Whether the unlock fails depends on the version of macOS: reports are of macOS 26.',
  evidenceNote:
    'Two readings of screenUnlockMode 1, by a profile or in the preferences of the login window, while the user is registered with a password or a smart card.',
  admin: {
    text: 'Do not use this rule of the macOS Security Compliance Project together with Platform SSO.',
    steps: ['Remove screenUnlockMode from the profile or the script that sets it.'],
    confirm: ['defaults read /Library/Preferences/com.apple.loginwindow screenUnlockMode prints 1.'],
  },
  links: [
    {
      title: 'macOS Security Compliance Project: issue 579',
      url: 'https://github.com/usnistgov/macos_security/issues/579',
    },
  ],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
