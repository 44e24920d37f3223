import { describe, expect, test } from 'vitest';
import { mac, type Replayed, replayLines } from '../../helpers/replayed.ts';

/**
 * Two rare things between the same two polls. Each is recorded as if it had come alone: nothing is lost, and
 * nothing is recorded that neither of them records alone. What differs rightly is listed.
 */

type Step = Readonly<Record<string, unknown>> & { readonly psso?: object };

/** The changes at +30m, those at +1h that let the agent see the Mac again, and those at +90m. */
interface Rare {
  readonly begins: Step;
  readonly seenAgain?: Step;
  readonly ends?: Step;
  /** What is rightly not recorded with it. */
  readonly without?: RegExp;
}
const rare: Readonly<Record<string, Rare>> = {
  'clock set forward': { begins: { clock: '+3h' } },
  'clock set back': { begins: { clock: '-3h' } },
  sleep: { begins: { power: 'asleep' }, seenAgain: { power: 'awake' } },
  're-registration': { begins: { psso: { deviceId: '11111111-2222-4333-8444-555555555555' } } },
  'another method': {
    begins: { psso: { method: 'smartCard' } },
    // Without a password to synchronise there is neither a window nor a prompt.
    without: /^sync-window-due|prompt/,
  },
  refresh: { begins: { psso: { receivedAt: '+30m' } }, without: /^sync-window-due/ },
  prompt: {
    begins: { psso: { state: 1 } },
    ends: { psso: { state: 0, receivedAt: '+90m' } },
    without: /^sync-window-due/,
  },
  'app-sso fails': { begins: { appSso: { fail: 'timeout' } }, ends: { appSso: null } },
  'local password': { begins: { passwordLastSetAt: '+29m' } },
  'macOS update': { begins: { macos: '15.7' } },
  'left the MDM': { begins: { enrolled: false } },
  'kill and start': { begins: { agent: 'kill' }, seenAgain: { agent: 'start' } },
};
const names = Object.keys(rare);

function merged(at: string, steps: readonly (Step | undefined)[]): object {
  const psso = steps.flatMap((step) => (step?.psso === undefined ? [] : [step.psso]));
  return {
    at,
    ...Object.assign({}, ...steps),
    ...(psso.length === 0 ? {} : { psso: Object.assign({}, ...psso) }),
  };
}

const alone = new Map<string, Promise<Replayed>>();
function replayOf(things: readonly string[]): Promise<Replayed> {
  const key = things.join(' + ');
  const known = alone.get(key);
  if (known !== undefined) return known;
  const changes = (when: Exclude<keyof Rare, 'without'>) => things.map((thing) => rare[thing]?.[when]);
  const replayed = replayLines([
    { ...mac, settings: { StoredIdentity: 'full' } },
    // The password window of 4 h 05 min ends at +65m.
    { at: '+0s', psso: { receivedAt: '-3h' } },
    merged('+30m', changes('begins')),
    merged('+1h', changes('seenAgain')),
    merged('+90m', changes('ends')),
    { at: '+3h', end: true },
  ]);
  alone.set(key, replayed);
  return replayed;
}

/** Each recorded change once, with its issue, `from` and `to`: `kind issue from → to`. */
function recorded(replayed: Replayed): Set<string> {
  return new Set(
    replayed.rows
      .filter((row) => !row.kind.startsWith('notification-'))
      .map((row) => `${row.kind} ${row.issue} ${row.from_state} → ${row.to_state}`.replaceAll(/ +/g, ' ')),
  );
}

const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));

/** Pairs that mean more than each alone: what they do not record (-), and record in addition (+). */
const together: Readonly<Record<string, readonly string[]>> = {
  'refresh × local password': [
    '+ password-synced → ',
    '- issue-opened local-password-changed-outside-idp → open',
    '- local-password-changed → ',
    '- token-refreshed → ',
  ],
  // A password that was set while the Mac was not observed may come from a sync.
  'sleep × local password': ['- issue-opened local-password-changed-outside-idp → open'],
  'local password × kill and start': ['- issue-opened local-password-changed-outside-idp → open'],
  // With a method that synchronises no password, a changed one is no issue.
  'another method × local password': ['- issue-opened local-password-changed-outside-idp → open'],
  // The issue of the prompt names the change.
  'prompt × local password': ['- issue-opened local-password-changed-outside-idp → open'],
  // The prompt ends before app-sso can be read again; that the tokens are old is not known meanwhile.
  'prompt × app-sso fails': [
    '- issue-opened password-change-prompt-pending → open',
    '- issue-resolved password-change-prompt-pending open → resolved',
    '- prompt-cleared pending → clear',
    '- prompt-pending clear → pending',
    '- user-state-changed 0 → 1',
    '- user-state-changed 1 → 0',
  ],
};

describe('two rare things between the same two polls', () => {
  test.each(pairs)('%s × %s', async (one, other) => {
    const [first, second, both] = await Promise.all([
      replayOf([one]),
      replayOf([other]),
      replayOf([one, other]),
    ]);
    const expected = new Set(
      [...recorded(first), ...recorded(second)].filter(
        (text) => ![one, other].some((thing) => rare[thing]?.without?.test(text)),
      ),
    );
    const found = recorded(both);
    const lost = [...expected].filter((text) => !found.has(text)).map((text) => `- ${text}`);
    const invented = [...found].filter((text) => !expected.has(text)).map((text) => `+ ${text}`);
    expect([...lost, ...invented].toSorted()).toEqual(together[`${one} × ${other}`] ?? []);
  });
});
