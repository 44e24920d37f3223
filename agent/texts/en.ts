import { counted, type LanguageTexts } from './language-texts.ts';

const works = 'You don’t need to do anything.';
const users = 'System Settings > Users & Groups > Network Account Server';
const askForHelp = 'If it does not work, please ask your IT support.';

const lastGood = (good: string | null) => (good === null ? '' : `Last confirmed good at ${good}. `);

export const en: LanguageTexts = {
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Your Mac asks for your work password',
      body: changedHere
        ? 'The password of this Mac was changed. Lock the screen, then unlock it with your current work password.'
        : 'Either it was changed elsewhere, or your Mac could not check it. Lock the screen, then unlock it with your current work password.',
      steps: [
        'Connect your Mac to the internet.',
        'Lock the screen (Control-Command-Q), then type your current work password to unlock it.',
        'Or click the macOS notification that asks you to sign in, and type your current work password there.',
        `On macOS 14 or later this is also in ${users} > “Edit” > “Authenticate”.`,
        changedHere
          ? 'Use the password that you sign in to your work apps with; your Mac then uses it again too.'
          : 'If your work password was changed, type the new one: the password that you sign in to your work apps with.',
        'If your Mac does not accept it, please ask your IT support rather than trying many times.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Please confirm your work password on this Mac',
      body: 'Your Mac has not been able to check your work password for a while. Lock the screen, then unlock it with your current work password.',
      steps: [
        'Connect your Mac to the internet.',
        'Lock the screen (Control-Command-Q), then unlock it by typing your current work password rather than with Touch ID.',
        `On macOS 14 or later you can also open ${users} > “Edit” and choose “Authenticate”, or else “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Work sign-in needs a repair',
      body: 'Open System Settings > Users & Groups > Network Account Server, click Edit, then Repair. Then sign in as you did the first time.',
      steps: [
        'Connect your Mac to the internet.',
        `Open ${users}.`,
        'Click “Edit”, then “Repair”.',
        'Sign in with your work account, as you did when it was set up.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'Work sign-in has to be set up again',
            body: `Open ${app} > Preferences and choose “Deregister”. Then sign in to ${app} again and follow its steps.`,
            steps: [
              'Connect your Mac to the internet.',
              `Open ${app} > Preferences.`,
              'Choose “Deregister” (older versions say “Unregister” or “Sign out”). You won’t see a confirmation.',
              `Sign in to ${app} again and follow its steps.`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'Work sign-in has to be set up again',
            body: 'Please tell your IT support that work sign-in has to be set up again on this Mac. Sign in when macOS then asks you to.',
            steps: [
              'Connect your Mac to the internet.',
              'Please tell your IT support that work sign-in has to be set up again on this Mac.',
              'When macOS then asks you to sign in with your work account, follow its steps to the end.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'An old work sign-in seems to be left on this Mac',
      body: 'It may cause extra sign-in requests. Please tell your IT support; there is no need to delete anything yourself.',
      steps: [
        'Please tell your IT support that an old work sign-in was left behind on your Mac.',
        'Please don’t delete anything in Keychain Access unless they ask you to.',
        provider === 'entra'
          ? `If they ask you to start over: open ${app} > Preferences, choose “Deregister”, then sign in there again.`
          : 'If they ask you to start over, follow their steps.',
      ],
      solved: 'The old work sign-in is gone. You don’t need to do anything.',
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined
          ? null
          : counted('en', minimumLength, { one: 'character', other: 'characters' });
      return {
        title: 'Your work password may not fit this Mac’s rules',
        body:
          length === null
            ? 'Your Mac has its own password rules. If your work password doesn’t meet them, choose one that does, then lock and unlock the screen.'
            : `Your Mac asks for at least ${length}. If your work password doesn’t meet its rules, choose one that does, then lock and unlock the screen.`,
        steps: [
          length === null
            ? 'Your Mac has password rules that your work password must meet too.'
            : `Your Mac has password rules that your work password must meet too, such as at least ${length}.`,
          'If your work password meets them, there is nothing to change.',
          'If it does not, change it where you usually change your work password, to one that meets them.',
          'Lock the screen (Control-Command-Q), then unlock it with the new work password.',
          'If you don’t know which rules there are, please ask your IT support.',
        ],
        solved: 'Your Mac’s password rules are no longer in the way. You don’t need to do anything.',
      };
    },
    'registration-long-running-macos14': {
      title: 'Work sign-in is not set up yet',
      body: 'macOS asks again after about 10 minutes; please follow its steps then. Or open System Settings > Users & Groups > Network Account Server and choose “Register”.',
      steps: [
        'Connect your Mac to the internet.',
        'Wait about 10 minutes; when macOS asks again, please follow its steps to the end.',
        `Or open ${users} and choose “Register”, or “Edit” > “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'Work sign-in is not set up yet',
      body: 'This can take a few minutes; please try again if macOS asks you to. If nothing appears, log out of your Mac and log in again.',
      steps: [
        'Connect your Mac to the internet.',
        'Wait a few minutes, and try again if macOS asks you to.',
        'If nothing appears, save your work, log out of your Mac and log in again.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Please set up work sign-in on this Mac',
      body: 'Click the macOS notification “Registration Required” and follow its steps. Your work apps can then sign you in by themselves.',
      steps: [
        'Connect your Mac to the internet.',
        'Click the macOS notification “Registration Required”, and follow its steps to the end.',
        'If you don’t see it, click the date and time in the menu bar; it may be waiting there, or hidden by a Focus.',
        `On macOS 14 or later this is also in ${users}: choose “Register”, or “Edit” > “Repair”.`,
        ...(deviceRegistered
          ? ['“Registered” may already be shown there. That is your Mac; your account is still to be set up.']
          : []),
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'Your work sign-in has expired',
      body: 'Connect to the internet, lock the screen, and unlock it with your password. If macOS then asks you to sign in, please do.',
      steps: [
        'Connect your Mac to the internet.',
        'Check that the date and time of your Mac are right.',
        'Lock the screen (Control-Command-Q), then unlock it by typing your password rather than with Touch ID.',
        'If macOS asks you to sign in, please do.',
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Your work sign-in is not active',
      body: 'Connect to the internet, lock the screen, and unlock it with your password. If macOS then asks you to sign in, please do.',
      steps: [
        'Connect your Mac to the internet.',
        'Lock the screen (Control-Command-Q), then unlock it by typing your password rather than with Touch ID.',
        'If macOS asks you to sign in, please do.',
        `On macOS 14 or later you can also open ${users} > “Edit” and choose “Authenticate”, or else “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
    'company-portal-missing': {
      title: 'The app for your work sign-in is missing',
      body: 'Work sign-in needs the app Company Portal, which is not on this Mac. Install it from your company’s app catalogue, or ask your IT support.',
      steps: [
        'Connect your Mac to the internet.',
        'Open the app in which your company offers its software, such as “Self Service” or “Managed Software Center”.',
        'Install “Company Portal” from there, into the Applications folder.',
        'If you moved the app to another folder, move it back to Applications.',
        'If you don’t find it there, please ask your IT support.',
      ],
      solved: 'Company Portal is installed again. Nothing to do.',
    },
    'auth-method-changed-reregister': {
      title: 'Please set up work sign-in again',
      body: 'Your company changed how this Mac signs you in. Click the macOS notification “Registration Required” and follow its steps.',
      steps: [
        'Connect your Mac to the internet.',
        'Have ready what you use to confirm a sign-in, such as your phone.',
        'Click the macOS notification “Registration Required”, and follow its steps to the end.',
        'If you don’t see it, click the date and time in the menu bar; it may be waiting there, or hidden by a Focus.',
        `On macOS 14 or later this is also in ${users}: “Edit” > “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Your Mac could not renew your work sign-in',
      body: 'Nothing is lost yet. Lock the screen and unlock it again; if macOS then asks you to sign in, please do.',
      steps: [
        'Connect your Mac to the internet.',
        'Lock the screen (Control-Command-Q), then unlock it as you usually do.',
        'If macOS asks you to sign in, please do.',
        `On macOS 14 or later you can also open ${users} > “Edit” and choose “Authenticate”, or else “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Please unlock this Mac once with its password',
      body: 'Lock the screen, then unlock it by typing the password of this Mac rather than with Touch ID.',
      steps: [
        'Connect your Mac to the internet.',
        'Lock the screen (Control-Command-Q), then unlock it by typing the password of this Mac rather than with Touch ID.',
        'If macOS asks you to sign in, type the password of this Mac.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Your Mac asks you to sign in again',
      body: 'Connect to the internet, lock the screen, and unlock it with your password. If macOS then asks you to sign in, please do.',
      steps: [
        'Connect your Mac to the internet.',
        'Lock the screen (Control-Command-Q), then unlock it by typing your password rather than with Touch ID.',
        'If macOS asks you to sign in, please do.',
        `On macOS 14 or later you can also open ${users} > “Edit” and choose “Authenticate”, or else “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
  },
  apps: { entra: 'Company Portal', okta: 'Okta Verify', other: 'the app for your work sign-in' },
  restartFirst: {
    body: 'Restart your Mac first; connect it to the internet, then log in. If macOS asks you to sign in, please do.',
    step: 'Save your work, then restart your Mac. If work sign-in works again, there is nothing else to do.',
  },
  solvedTitle: 'Work sign-in is working again',
  window: {
    fresh: (good) => `${lastGood(good)}macOS checks again by itself.`,
    due: (good) => `${lastGood(good)}macOS will check again the next time you unlock.`,
    hint: (good) => `${lastGood(good)}Lock and unlock your screen so that macOS checks again.`,
    overdue: (good) =>
      `${lastGood(good)}Your Mac has not been able to check since; lock the screen, then unlock it with your current work password.`,
    pending: () => 'macOS is waiting for your work password.',
    suspended: (good) => `${lastGood(good)}Work sign-in has to be set up or repaired first.`,
    removed: (good) => `${lastGood(good)}Work sign-in has since been removed from this Mac.`,
    notApplicable: () => 'Your Mac password is independent of your work password.',
    methodNotUnderstood: (method) =>
      `This version of PSSO Monitor does not know how the sign-in method ${method} treats the Mac’s password.`,
    unknown: (good) =>
      good === null
        ? 'When your work password was last confirmed is not known.'
        : `${lastGood(good)}What happened since then is not known.`,
  },
  advice: {
    title: 'Your work sign-in on this Mac',
    headlines: {
      ok: 'Work sign-in works on this Mac.',
      'needs-attention': 'Your work sign-in needs attention.',
      'not-registered': 'Your work sign-in is not set up completely.',
      'not-configured': 'Work sign-in is not set up on this Mac.',
      exempt: 'Your account needs no work sign-in on this Mac.',
    },
    unknown: 'Your work sign-in can’t be checked right now.',
    noHistory: 'Your work sign-in hasn’t been checked yet. Please try again in ten minutes.',
    elsewhere: 'If you still can’t sign in, please ask your IT support.',
    close: 'OK',
    makeReport: 'Make a report for IT',
  },
  notificationTest: {
    title: 'Test notification',
    body: 'If you can read this, notifications about your work sign-in reach you. You don’t need to do anything.',
  },
};
