/** What the formats begin with: a parser searches what follows it. */
const heads = [
  '',
  '"IOConsoleUsers" = (',
  '<plist version="1.0">',
  '<plist><string>',
  '<plist><real>',
  '<plist><data>',
  '<plist><dict><key>a</key>',
  'Time: 2026-01-01 00:00:00 +0000\nDevice Configuration:\n',
  'AppSSO ',
  '{"eventMessage":"AppSSO',
  'keychain: "a"\n    "issu"<blob>=0x',
  'https://',
] as const;

/** What a backtracking expression, a search in a loop or a growing text repeats. */
const pieces: readonly string[] = [
  ...[
    ' ',
    '\n',
    '\t',
    '\r',
    '\\',
    '"',
    '=',
    '="',
    '="x" ',
    '{',
    '}',
    '} ,',
    '(',
    '[',
    '<',
    '<a ',
    '<a b="c" ',
  ],
  ...[
    '&',
    '&amp;',
    '<!--',
    '<![CDATA[',
    '<plist>',
    '</plist>',
    '<dict>',
    '<array>',
    '1',
    '1.',
    '.',
    '-',
    '%',
  ],
  ...['$', '{{', 'a', 'A', 'A_', 'a@', '@', 'x: ', '1:', '\u2028', 'é', '""', '\\"', '\\n', '&quot;', '+1 '],
  ...['keychain:\n', '"acct"<', 'creationTime ', 'passwordLastSetTime: ', 'dsAttrTypeX:accountPolicyData:\n'],
  ...['Device Configuration:\n', 'User Configuration:\n{\n}\n', 'Time: \n', 'Received:\n', '(null)\n'],
  ...['2026-01-01 00:00:00.1+0100 x AppSSO[1]: \n', '{"eventMessage":"AppSSO"}\n', '[\n', 'REACH : flags '],
];

const tails = ['', 'x', '\n', '"', 'x</real></plist>', '</string></plist>', '</plist>'] as const;

interface LongText {
  readonly name: string;
  readonly text: string;
}

/** Texts of about `length` characters that repeat one piece. */
export function* longTexts(
  length: number,
  beginnings: readonly string[] = heads,
  ends: readonly string[] = tails,
): Generator<LongText> {
  for (const head of beginnings)
    for (const piece of pieces) for (const tail of ends) yield longText(length, head, piece, tail);
}

/** Texts that once took minutes: time grew with the square of the length. */
export function regressions(length: number): LongText[] {
  return [
    longText(length, '"IOConsoleUsers" = (', '="', ''),
    longText(length, '"IOConsoleUsers" = (', '="x" ', ''),
    longText(length, '', '\n', ''),
    longText(length, '', ' ', 'x'),
    longText(length - 100, '<plist><dict><key>a</key><real>', '1', 'x</real></dict></plist>'),
    longText(length, '', `${'\\'.repeat(16_000)}\n`, ''),
    longText(length, '', `https://${'.'.repeat(16_000)}x\n`, ''),
  ];
}

function longText(length: number, head: string, piece: string, tail: string): LongText {
  const name = JSON.stringify([head, piece.slice(0, 40), tail]);
  return { name, text: head + piece.repeat(Math.ceil(length / piece.length)) + tail };
}
