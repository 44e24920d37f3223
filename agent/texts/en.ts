import { counted, type LanguageTexts } from './language-texts.ts';

const works = 'Work sign-in works again. Nothing to do.';
const users = 'System Settings > Users & Groups > Network Account Server';
const askForHelp = 'If it does not work, please ask your IT support.';

const lastGood = (good: string | null) => (good === null ? '' : `Last confirmed good at ${good}. `);

export const en: LanguageTexts = {
  issues: {
    'password-change-prompt-pending': {
      title: 'Your Mac asks for your work password',
      body: 'Most likely your work password was changed elsewhere. Lock the screen, then unlock it with your new work password.',
      steps: [
        'Connect your Mac to the internet.',
        'Lock the screen (Control-Command-Q), then type your new work password to unlock it.',
        'Or click the macOS notification that asks you to sign in, and type your new work password there.',
        `On macOS 14 or later this is also in ${users} > “Edit” > “Authenticate”.`,
        'If you did not change it: use the password that you sign in to your work apps with.',
        'If your Mac does not accept it, please ask your IT support rather than trying many times.',
      ],
      solved: works,
    },
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
    'deregister-reregister-macos13': {
      title: 'Work sign-in has to be set up again',
      body: 'Open Company Portal > Preferences and choose “Deregister”. Then sign in to Company Portal again and follow its steps.',
      steps: [
        'Connect your Mac to the internet.',
        'Open Company Portal > Preferences.',
        'Choose “Deregister” (older versions say “Unregister” or “Sign out”). It says nothing when it is done.',
        'Sign in to Company Portal again and follow its steps.',
        askForHelp,
      ],
      solved: works,
    },
    'wpj-key-not-removed-after-migration': {
      title: 'An old work sign-in seems to be left on this Mac',
      body: 'It may cause extra sign-in requests. Please tell your IT support; there is no need to delete anything yourself.',
      steps: [
        'Please tell your IT support that an old work sign-in was left behind on your Mac.',
        'Please don’t delete anything in Keychain Access unless they ask you to.',
        'If they ask you to start over: open Company Portal > Preferences, choose “Deregister”, then sign in there again.',
      ],
      solved: 'The old work sign-in is gone. Nothing to do.',
    },
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
        solved: 'Your Mac’s password rules are no longer in the way. Nothing to do.',
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
    'psso-not-registered': {
      title: 'Please set up work sign-in on this Mac',
      body: 'Click the macOS notification “Registration Required” and follow its steps. Your work apps can then sign you in by themselves.',
      steps: [
        'Connect your Mac to the internet.',
        'Click the macOS notification “Registration Required”, and follow its steps to the end.',
        'If you don’t see it, click the date and time in the menu bar; it may be waiting there, or hidden by a Focus.',
        `On macOS 14 or later this is also in ${users}: choose “Register”, or “Edit” > “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
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
  },
  restartFirst: {
    body: 'Restart your Mac first; connect it to the internet, then log in. If macOS asks you to sign in, please do.',
    step: 'Save your work, then restart your Mac. If work sign-in works again, there is nothing else to do.',
  },
  solvedTitle: 'All is well again',
  window: {
    fresh: (good) => `${lastGood(good)}macOS checks again by itself.`,
    due: (good) => `${lastGood(good)}macOS will check again the next time you unlock.`,
    hint: (good) => `${lastGood(good)}Lock the screen and unlock it once, and macOS checks again.`,
    overdue: (good) =>
      `${lastGood(good)}Your Mac has not been able to check since; lock the screen, then unlock it with your current work password.`,
    pending: () => 'macOS is waiting for your new work password.',
    suspended: (good) => `${lastGood(good)}Work sign-in has to be set up or repaired first.`,
    removed: (good) => `${lastGood(good)}Work sign-in has since been removed from this Mac.`,
    notApplicable: () => 'Your Mac password is independent of your work password.',
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
    unknown: 'Your Mac can’t check your work sign-in at the moment.',
    noHistory: 'There is no information about your work sign-in yet. Please try again in ten minutes.',
    elsewhere: 'If you still can’t sign in, please ask your IT support.',
    close: 'OK',
    makeReport: 'Make a report for IT',
  },
  notificationTest: {
    title: 'Test notification',
    body: 'If you can read this, notifications about your work sign-in reach you. Nothing to do.',
  },
};
