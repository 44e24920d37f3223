import { methodNames } from '../shared/method-names.ts';
import { counted, type LanguageTexts } from './language-texts.ts';

const online = 'Connect your Mac to the internet.';
const works = 'You don’t need to do anything.';
const users = 'System Settings > Users & Groups > Network Account Server';
const closedWindow =
  'If the sign-in window was closed and macOS doesn’t ask again, save your work, log out of your Mac and log in again.';
const withPassword =
  'Lock the screen (Control-Command-Q), then unlock it by typing your password instead of using Touch ID.';
const ifAsked = 'If macOS asks you to sign in, follow the steps.';
const connectAndUnlock =
  'Connect to the internet, then lock the screen and unlock it by typing your password. If macOS asks you to sign in, follow the steps.';
const clickNotification =
  'Click the macOS notification “Registration Required” and follow the steps to the end.';
const hiddenNotification =
  'If you don’t see it, click the date and time in the menu bar; it may be waiting there, or hidden by a Focus.';
const orAuthenticate = `On macOS 14 or later, you can also open ${users}, click “Edit”, and choose “Authenticate” (or “Repair” if you don’t see it).`;
const askForHelp = 'If that doesn’t help, please contact your IT support.';

const lastGood = (good: string | null) =>
  good === null ? '' : `Work sign-in was last confirmed at ${good}. `;
/** The sentence before it may have named it. */
const subject = (good: string | null) => (good === null ? 'Work sign-in' : 'It');

export const en: LanguageTexts = {
  language: 'en',
  fullStop: '.',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Enter your current work password',
      body: changedHere
        ? 'The password of this Mac was changed. Lock the screen, then unlock it with your current work password; your Mac then uses it.'
        : 'Your work password was changed elsewhere, or your Mac couldn’t check it. Lock the screen, then unlock it with your current work password; your Mac then uses it.',
      steps: [
        online,
        'Lock the screen (Control-Command-Q), then enter your current work password to unlock it.',
        'You can also click the macOS notification that asks you to sign in, and enter your current work password there.',
        `On macOS 14 or later, you can also do this in ${users} > “Edit” > “Authenticate”.`,
        changedHere
          ? 'Use the password that you sign in to your work apps with. Your Mac then uses it too.'
          : 'If your work password was changed, enter the new one: the password that you sign in to your work apps with.',
        'If your Mac doesn’t accept it, please contact your IT support instead of trying many times.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Confirm your work password on this Mac',
      body: 'Your Mac hasn’t been able to check your work password for a while. Lock the screen, then unlock it with your current work password so that your Mac can check it.',
      steps: [
        online,
        'Lock the screen (Control-Command-Q), then unlock it by typing your current work password instead of using Touch ID.',
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Your work sign-in needs to be repaired',
      body: 'Open System Settings > Users & Groups > Network Account Server, click Edit, then Repair. Then sign in with your work account, as you did the first time.',
      steps: [
        online,
        `Open ${users}, click “Edit”, then “Repair”.`,
        'Sign in with your work account, as you did when it was set up.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'Work sign-in needs to be set up again',
            body: `Open ${app} > Preferences and choose “Deregister”. Then sign in to ${app} again and follow the steps.`,
            steps: [
              online,
              `Open ${app} > Preferences.`,
              'Choose “Deregister” (older versions say “Unregister” or “Sign out”). You won’t see a confirmation.',
              `Sign in to ${app} again and follow the steps.`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'Work sign-in needs to be set up again',
            body: 'Please tell your IT support that work sign-in needs to be set up again on this Mac. Then sign in when macOS asks you to.',
            steps: [
              online,
              'Please tell your IT support that work sign-in needs to be set up again on this Mac.',
              'When macOS asks you to sign in with your work account, follow the steps to the end.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'An old work sign-in may still be on this Mac',
      body: 'It may cause extra sign-in requests. Please tell your IT support; you don’t need to delete anything yourself.',
      steps: [
        'Please tell your IT support that an old work sign-in may still be on your Mac.',
        'Please don’t delete anything in Keychain Access unless your IT support asks you to.',
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
        title: 'Your work password may not meet this Mac’s rules',
        body:
          length === null
            ? 'This Mac has its own password rules. If your work password doesn’t meet them, choose one that does, then lock and unlock the screen.'
            : `This Mac requires at least ${length}. If your work password doesn’t meet its rules, choose one that does, then lock and unlock the screen.`,
        steps: [
          length === null
            ? 'Check whether your work password meets this Mac’s own password rules.'
            : `Check whether your work password has at least ${length}. This Mac requires that, and may have more rules.`,
          'If your work password meets these rules, you don’t need to change it.',
          'If it doesn’t, go to the place where you usually change your work password, and choose one that does.',
          'Lock the screen (Control-Command-Q), then unlock it with the new work password.',
          'If you don’t know the rules, please contact your IT support.',
        ],
        solved: 'This Mac’s password rules no longer get in the way. You don’t need to do anything.',
      };
    },
    'registration-long-running-macos14': {
      title: 'Work sign-in isn’t set up yet',
      body: 'When macOS asks again in about 10 minutes, follow the steps. Or open System Settings > Users & Groups > Network Account Server and choose “Register”.',
      steps: [
        online,
        'Wait about 10 minutes. When macOS asks again, follow the steps to the end.',
        `Or open ${users} and choose “Register”, or “Edit” > “Repair”.`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'Work sign-in isn’t set up yet',
      body: 'This can take a few minutes; if macOS asks you to try again, follow the steps. If nothing appears, log out of your Mac and log in again.',
      steps: [
        online,
        'Wait a few minutes, and try again if macOS asks you to.',
        'If nothing appears, save your work, log out of your Mac and log in again.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Set up work sign-in on this Mac',
      body: 'Click the macOS notification “Registration Required” and follow the steps. Your work apps can then sign you in automatically.',
      steps: [
        online,
        clickNotification,
        hiddenNotification,
        `On macOS 14 or later, you can also do this in ${users}: choose “Register”, or “Edit” > “Repair”.`,
        ...(deviceRegistered
          ? [
              'You may already see “Registered” there. That is your Mac; your account still needs to be set up.',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'Your work sign-in has expired',
      body: connectAndUnlock,
      steps: [
        online,
        'Check that the date and time on your Mac are correct.',
        withPassword,
        ifAsked,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Your work sign-in isn’t active',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: 'The app for your work sign-in is missing',
      body: 'Work sign-in needs the app Company Portal, which isn’t on this Mac. Install it from your company’s app catalogue, or contact your IT support.',
      steps: [
        online,
        'Open the app in which your company offers its software, such as “Self Service” or “Managed Software Center”.',
        'Install “Company Portal” from there, into the Applications folder.',
        'If you moved the app to another folder, move it back to Applications.',
        'If you can’t find it there, please contact your IT support.',
      ],
      solved: 'Company Portal is installed again. You don’t need to do anything.',
    },
    'auth-method-changed-reregister': {
      title: 'Set up work sign-in again',
      body: 'Your company changed how this Mac signs you in. Click the macOS notification “Registration Required” and follow the steps.',
      steps: [
        online,
        'Have your phone ready, or whatever else you use to confirm a sign-in.',
        clickNotification,
        hiddenNotification,
        `On macOS 14 or later, you can also do this in ${users}: “Edit” > “Repair”.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Your Mac couldn’t renew your work sign-in',
      body: 'You can keep working for now. Lock the screen and unlock it again; if macOS asks you to sign in, follow the steps.',
      steps: [
        online,
        'Lock the screen (Control-Command-Q), then unlock it as you usually do.',
        ifAsked,
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Unlock this Mac once with its password',
      body: 'Your work sign-in needs to be confirmed once. Lock the screen, then unlock it by typing this Mac’s password instead of using Touch ID.',
      steps: [
        online,
        'Lock the screen (Control-Command-Q), then unlock it by typing this Mac’s password instead of using Touch ID.',
        'If macOS asks you to sign in, enter this Mac’s password.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Sign in again with your work account',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
  },
  apps: { entra: 'Company Portal', okta: 'Okta Verify', other: 'the app for your work sign-in' },
  restartFirst: {
    body: 'Restart your Mac first, connect it to the internet and log in. If macOS then asks you to sign in, follow the steps.',
    step: 'Save your work, then restart your Mac. If work sign-in works again, you can skip the other steps.',
  },
  helpdesk: [
    {
      phrase: 'your IT support',
      named: (helpdesk) => helpdesk,
      of: (organization) => `the IT support of ${organization}`,
    },
  ],
  help: (helpdesk) => `Help: ${helpdesk}.`,
  connect: online,
  ownSolved: {
    title: 'Nothing left to do',
    body: (title) => `“${title}” no longer applies. ${works}`,
  },
  solvedTitle: 'Work sign-in is working again',
  window: {
    fresh: (good) => `${lastGood(good)}macOS checks again automatically.`,
    due: (good) => `${lastGood(good)}macOS will check again the next time you unlock.`,
    hint: (good) => `${lastGood(good)}Lock and unlock your screen so that macOS checks again.`,
    overdue: (good) =>
      `${lastGood(good)}Your Mac hasn’t been able to check since then; lock the screen, then unlock it with your current work password.`,
    pending: () => 'macOS is waiting for your work password.',
    suspended: (good) => `${lastGood(good)}${subject(good)} needs to be set up or repaired first.`,
    removed: (good) => `${lastGood(good)}${subject(good)} has since been removed from this Mac.`,
    notApplicable: () => 'Your Mac password is independent of your work password.',
    methodNotUnderstood: (method) =>
      `This version of PSSO Monitor doesn’t know how the sign-in method ${method} affects the Mac’s password.`,
    unknown: (good) =>
      good === null
        ? 'It isn’t known when your work password was last confirmed.'
        : `${lastGood(good)}There is no newer information.`,
  },
  advice: {
    title: 'Your work sign-in on this Mac',
    headlines: {
      ok: 'Work sign-in works on this Mac.',
      'needs-attention': 'There’s a problem with your work sign-in.',
      'not-registered': 'Your work sign-in isn’t fully set up.',
      'not-configured': 'Work sign-in isn’t set up on this Mac.',
      exempt: 'Your account doesn’t need work sign-in on this Mac.',
    },
    unknown: 'Your work sign-in can’t be checked right now.',
    noHistory: 'Your work sign-in hasn’t been checked yet. Please try again in ten minutes.',
    elsewhere: 'If you still can’t sign in, please contact your IT support.',
    silenced: (until) => `You chose not to be notified about this until ${until}.`,
    close: 'OK',
    makeReport: 'Make a report for IT',
  },
  notificationTest: {
    title: 'Test notification',
    body: 'If you can read this, notifications about your work sign-in reach you. You don’t need to do anything.',
  },
  report: {
    title: 'Platform SSO on {mac}',
    thisMac: 'this Mac',
    helpdesk: 'Helpdesk',
    headlines: {
      ok: 'Platform SSO works.',
      'needs-attention': 'Platform SSO needs attention.',
      'not-registered': 'Platform SSO is set up, but not registered.',
      'not-configured': 'Platform SSO is not set up on this Mac.',
      exempt: 'This account is exempt from Platform SSO.',
      unknown: 'Whether Platform SSO works is not known.',
    },
    notKnown: {
      since: 'Not known since {time} (was: {was})',
      neverPolled: 'Not known: the agent has never polled (was: {was})',
    },
    stateOfSignIn: 'State of sign-in',
    file: 'file {file}',
    tones: { good: 'OK', quiet: 'No action needed', notice: 'Check', bad: 'Problem', unknown: 'Unknown' },
    severities: { info: 'info', low: 'low', medium: 'medium', high: 'high' },
    lastKnown: 'Last known:',
    since: 'Since {time}.',
    issues: {
      noneOpen: 'No open issue',
      noneWasOpen: 'No issue was open',
      openSince: 'Open since {time} ({duration}), severity {severity}.',
      historyEnds: 'The history ends at {time}; the state since then is unknown.',
      silenced: 'The user silenced its notifications until {time}.',
      changedBefore: 'What changed before',
      userSteps: 'What the user can do',
      adminSteps: 'For the admin: remedies, how to confirm it, links',
      open: { one: 'One open issue', other: '{count} open issues' },
      resolved: { one: 'One resolved issue', other: '{count} resolved issues' },
      heads: ['Issue', 'Opened', 'Resolved', 'Open for', 'Summary'],
    },
    timeline: {
      heading: 'Timeline',
      empty: 'Nothing has been recorded yet.',
      shown: 'Shown: {from} – {to} ({length}), in {zone} time.',
      about: 'Timeline of {names}. The table below it has the same content.',
      part: 'Which part of the timeline',
      ended: 'The history ends at {time}; now is {now}.',
      end: 'end of the history',
      now: 'now',
      everything: 'Everything',
      theBreak: 'The break',
      lastDay: 'Last day',
      lastDays: 'Last {count} days',
      closer: 'Closer',
      wider: 'Wider',
      earlier: 'Earlier',
      later: 'Later',
      hint: 'Drag to move, hold Ctrl and scroll to zoom.',
      table: 'The timeline as a table',
      newestFirst: 'The timeline, the newest first',
      newestOf: 'The newest {some} of {all} spans and events of the timeline',
      heads: ['What', 'State', 'From', 'Until', 'Duration'],
    },
    lanes: {
      registration: {
        name: 'Registration',
        about: 'Whether this Mac and its user were registered with the identity provider.',
        states: {
          complete: 'registered',
          device: 'only the device is registered',
          none: 'not registered',
          removed: 'not set up',
          unknown: 'unknown',
        },
      },
      tokens: {
        name: 'Sign-in tokens',
        about: 'Whether the sign-in tokens on this Mac were valid, or had expired.',
        states: { valid: 'valid', expired: 'expired', unregistered: 'no registration', unknown: 'unknown' },
      },
      passwordWindow: {
        name: 'Password window',
        about: 'Whether the work password had been confirmed within the last 4 hours and 5 minutes.',
        states: {
          fresh: 'confirmed',
          due: 'to be confirmed at the next unlock',
          overdue: 'overdue',
          pending: 'macOS asks for the password',
          suspended: 'no registration',
          unknown: 'unknown',
        },
      },
      watching: {
        name: 'Mac and agent',
        about: 'When the agent polled, and when it did not: the Mac slept, or the agent did not run.',
        states: {
          watching: 'watching',
          asleep: 'asleep',
          notRunning: 'agent not running',
          unwatched: 'not watched',
        },
      },
      issue: { about: 'The issue {issue}, while it was open.', open: 'open' },
      changes: {
        name: 'Changes',
        about: 'Updates, profiles, policies and other changes that may explain a break.',
      },
      shown: { name: 'Shown to the user', about: 'Notifications that the user was shown.' },
    },
    events: {
      heading: 'Events',
      count: '{found} of {all} events.',
      countHere: '{found} of {all} events, {from} to {to} here.',
      newer: 'Newer',
      older: 'Older',
      pages: 'Pages of events',
      table: 'Table of events',
      newestFirst: 'Events, the newest first',
      filter: 'Filter of the events',
      search: 'Search',
      example: 'such as registration',
      which: 'Which events',
      notable: 'All but routine',
      everything: 'Everything',
      any: 'any',
      orMore: '{severity} or more',
      onlyShown: 'Only the time shown in the timeline',
      heads: ['Time', 'What', 'Severity', 'Summary'],
    },
    confirmations: {
      heading: 'Password confirmations',
      none: 'No password window was due yet.',
      about:
        'Each row is one token cycle, from one confirmation of the password to the next. The Mac does not know when the password was changed elsewhere.',
      late: 'Late token cycles: {late} of {all}',
      newestFirst: 'Password confirmations, the newest first',
      heads: ['Last confirmed', 'Due', 'macOS asked', 'Confirmed again', 'Outcome', 'Lag', 'Active time'],
      outcomes: {
        open: 'not yet',
        'token-refreshed': 'tokens refreshed',
        'password-synced': 'password synced',
        abandoned: 'abandoned: another registration or method',
      },
    },
    facts: {
      heading: 'This Mac',
      values: {
        complete: 'complete',
        device: 'only the device',
        none: 'none',
        unclear: 'unclear: the user’s state is an undocumented number',
        another: 'another',
        running: 'is running',
        notRunning: 'is not running',
        yes: 'yes',
        no: 'no',
        notInstalled: 'not installed',
      },
      methods: methodNames,
      names: {
        User: 'User',
        Device: 'Device',
        'Identity provider': 'Identity provider',
        'Sign-in method': 'Sign-in method',
        Registration: 'Registration',
        'Password last confirmed': 'Password last confirmed',
        'Tokens expire': 'Tokens expire',
        'Mac password last set': 'Mac password last set',
        macOS: 'macOS',
        'Company Portal': 'Company Portal',
        'Enrolled in MDM': 'Enrolled in MDM',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'Agent',
        'Last poll': 'Last poll',
      },
    },
    colours: { label: 'Colours', auto: 'System', light: 'Light', dark: 'Dark' },
    footer: {
      made: 'PSSO Monitor {version} made this report at {time}. Times are in your time zone; point at a time to see UTC.',
      selfContained:
        'This file is self-contained: it loads nothing and sends nothing. Apache ECharts draws the charts.',
    },
    noScript: 'A script in this file draws the page. Allow scripts to see it; the file loads nothing else.',
  },
};
