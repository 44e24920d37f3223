import fc from 'fast-check';
import { build, parse } from 'plist';
import { describe, expect, it } from 'vitest';
import { findXmlPlist, PlistError, parseXmlPlist } from '../../../agent/mac/parse/plist-xml.ts';

const xml = (body: string) => `<plist version="1.0">${body}</plist>`;
const read = (body: string) => parseXmlPlist(xml(body));

/** What a text in XML may hold. */
const text = fc.string({ unit: fc.constantFrom(...'abz09 <>&"\'/!-[]\n\t;#äß漢😀', ']]>', '<!--', '&amp;') });
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map(toSeconds),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));

function toSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** The package's own reader is the judge. */
function byThePackage(document: string): unknown {
  const report = console.error;
  console.error = () => {};
  try {
    return parse(document);
  } finally {
    console.error = report;
  }
}

describe('the reader of XML property lists', () => {
  it('reads everything that the plist package writes like the package', () => {
    fc.assert(
      fc.property(value, (given) => {
        const document = build(given as Parameters<typeof build>[0]);
        const found = findXmlPlist(document);
        expect(parseXmlPlist(found?.xml ?? '')).toEqual(byThePackage(document));
      }),
      { numRuns: 500 },
    );
  });

  it('throws only PlistError and never hangs, for any damaged list', () => {
    const pieces = fc.constantFrom(
      '<dict>',
      '</dict>',
      '<key>',
      '</key>',
      '<string>',
      '</string>',
      '<array/>',
      '&',
      '&#x;',
      '<!--',
      '-->',
      '<',
      '>',
      '<integer>1</integer>',
      'x',
      ' ',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        try {
          read(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(PlistError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, string, unknown]>([
    ['an empty string', '<string/>', ''],
    ['an empty dictionary', '<dict/>', {}],
    ['an empty list', '<array></array>', []],
    ['a comment', '<!-- no --><true/>', true],
    ['a comment within a text', '<string>a<!-- no -->b</string>', 'ab'],
    ['CDATA', '<string><![CDATA[<a>&]]></string>', '<a>&'],
    ['references', '<string>&lt;&#65;&#x1F600;&amp;amp;</string>', '<A😀&amp;'],
    ['a Windows line end', '<string>a\r\nb</string>', 'a\nb'],
    ['a hexadecimal integer', '<integer>0x1F</integer>', 31],
    ['a negative integer', '<integer>-5</integer>', -5],
    ['a real', '<real>-1.5e3</real>', -1500],
    ['infinity', '<real>+infinity</real>', Number.POSITIVE_INFINITY],
    ['white space in data', '<data>\n\tAQID\n</data>', new Uint8Array([1, 2, 3])],
    ['a date', '<date>2026-11-23T10:00:00Z</date>', new Date('2026-11-23T10:00:00Z')],
    ['a date that is none as an invalid one', '<date>yesterday</date>', new Date(Number.NaN)],
    ['a later key of the same name', '<dict><key>a</key><true/><key>a</key><false/></dict>', { a: false }],
    ['a key of an object', '<dict><key>constructor</key><true/></dict>', { constructor: true }],
  ])('reads %s', (_what, body, wanted) => {
    expect(read(body)).toEqual(wanted);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['two values', '<true/><false/>'],
    ['a text outside of a value', 'a<true/>'],
    ['a value without a key', '<dict><true/></dict>'],
    ['a key without a value', '<dict><key>a</key></dict>'],
    ['an element that is none', '<object/>'],
    ['a wrong nesting', '<array><dict></array></dict>'],
    ['an unknown entity', '<string>&nbsp;</string>'],
    ['a bare ampersand', '<string>a & b</string>'],
    ['a reference to no character', '<string>&#0;</string>'],
    ['a number that is none', '<integer>1.5</integer>'],
    ['an empty number', '<integer/>'],
    ['data that is none', '<data>?</data>'],
    ['a child in a text', '<string>a<b/></string>'],
    ['the key that changes an object', '<dict><key>__proto__</key><dict/></dict>'],
    ['a depth of thousands', `${'<array>'.repeat(5000)}${'</array>'.repeat(5000)}`],
  ])('refuses %s', (_what, body) => {
    expect(() => read(body)).toThrow(PlistError);
  });

  it('refuses more than a mebibyte', () => {
    expect(() => read(`<string>${'x'.repeat(1024 * 1024)}</string>`)).toThrow(/too large/);
  });
});
