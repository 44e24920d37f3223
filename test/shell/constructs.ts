// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expansions of a shell
/** A construct that the shell of macOS can't parse or does not know. `line` counts from 1. */
export interface Missing {
  readonly line: number;
  readonly construct: string;
}

/** A nested script: `sh -c '…'`, or a here-document that `sh` reads. `line` is its first line. */
export interface InnerScript {
  readonly line: number;
  readonly text: string;
}

/**
 * What a script for sh or bash uses and bash 3.2, the shell of macOS, lacks. `posh -n` refuses most of what
 * bash 3.2 can't parse, but reads neither "$( … )" nor ${ … } before they run. Each construct was tried in
 * bash 3.2.57, built from Apple's source.
 */
export function missingInBash32(script: string): Missing[] {
  return new Scan(script).missing.sort((a, b) => a.line - b.line);
}

export function innerScripts(script: string): InnerScript[] {
  return new Scan(script).inner;
}

/** The place in the script. bash 3.2 finds the end of a `$( … )` by counting its quotes and brackets. */
interface Within {
  readonly substitution: boolean;
  /** In `"$( … )"`: bash 3.2 also counts quotes and brackets of comments. */
  readonly quoted: boolean;
  /** In `${x:-$( … )}` without quotes: bash 3.2 also counts braces. */
  readonly braces: boolean;
}

const outermost: Within = { substitution: false, quoted: false, braces: false };

interface Word {
  readonly at: number;
  /** The source text. */
  readonly raw: string;
  /** Without quotes; expansions keep their source text. */
  readonly text: string;
}

interface HereDocument {
  readonly end: string;
  readonly expands: boolean;
  readonly stripsTabs: boolean;
  readonly within: Within;
  readonly command: readonly Word[];
}

/** An open construct: a subshell, or a `case` with the next part of it. */
type Frame = { state: 'subshell' | 'subject' | 'in' | 'pattern' | 'in pattern' | 'body' };

const reserved = new Set('if then elif else fi do done while until ! { } time'.split(' '));

function substitutionIn({ quoted, braces }: Within, inQuotes: boolean): Within {
  return { substitution: true, quoted: quoted || inQuotes, braces: braces && !inQuotes };
}

class Scan {
  readonly missing: Missing[] = [];
  readonly inner: InnerScript[] = [];
  readonly #text: string;
  #at = 0;
  #hereDocuments: HereDocument[] = [];

  constructor(text: string) {
    this.#text = text;
    while (this.#at < text.length) this.#commands('', outermost);
  }

  #commands(end: ')' | '', within: Within): void {
    const frames: Frame[] = [];
    let command: Word[] = [];
    // The next word is the target of the redirection, not an argument.
    let redirection = false;
    const endCommand = () => {
      this.#check(command);
      command = [];
      redirection = false;
    };
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const frame = frames.at(-1);
      if (this.#take(/[ \t\r]+|\\\n/y)) continue;
      if (this.#take(/\n/y)) {
        endCommand();
        this.#readHereDocuments();
        continue;
      }
      const comment = this.#take(/#.*/y);
      if (comment !== null) {
        if (within.quoted && /['"`(]/.test(comment))
          this.#missing('a quote or bracket in a comment in "$( … )"', start);
        continue;
      }
      if ((command.length === 0 || command[0]?.raw === 'for') && this.#take(/\(\(/y)) {
        this.#arithmetic(within);
        continue;
      }
      const found = this.#take(/&>>|&>|\|&|\|\||&&|;;&|;&|;;|<<<|<<-|<<|<&|>&|<>|>>|>\||[<>]\(|[;&|()<>]/y);
      if (found === '<(' || found === '>(') {
        this.#commands(')', substitutionIn(within, false));
        command = [...command, { at: start, raw: found, text: found }];
      } else if (found === '(') {
        if (frame?.state === 'pattern') frame.state = 'in pattern';
        else frames.push({ state: 'subshell' });
        endCommand();
      } else if (found === ')') {
        endCommand();
        if (frame?.state === 'in pattern') frame.state = 'body';
        else if (frame?.state === 'subshell') frames.pop();
        else if (end === ')') return;
      } else if (found === '<<' || found === '<<-') {
        this.#hereDocument(found === '<<-', within, command);
      } else if (found !== null && /[<>]/.test(found)) {
        if (found === '&>>') this.#missing('&>>', start);
        redirection = true;
      } else if (found !== null) {
        if (found === '|&' || found === ';&' || found === ';;&') this.#missing(found, start);
        if (found.startsWith(';') && found !== ';' && frame?.state === 'body') frame.state = 'pattern';
        if (frame?.state !== 'in pattern') endCommand();
      } else {
        const word = this.#word(within);
        if (redirection) redirection = false;
        else if (frame?.state === 'subject') frame.state = 'in';
        else if (frame?.state === 'in' && word.raw === 'in') frame.state = 'pattern';
        else if (frame?.state === 'pattern' && word.raw === 'esac') frames.pop();
        else if (frame?.state === 'pattern') {
          if (within.substitution) this.#missing('case without (pattern) in $( … )', start);
          frame.state = 'in pattern';
        } else if (frame?.state !== 'in pattern')
          command = this.#wordOfCommand(command, word, frames, within);
      }
    }
    endCommand();
  }

  #wordOfCommand(command: Word[], word: Word, frames: Frame[], within: Within): Word[] {
    const { raw } = word;
    const [first, second] = command;
    if (first === undefined) {
      if (raw === 'case') frames.push({ state: 'subject' });
      if (raw === 'esac' && frames.at(-1)?.state === 'body') frames.pop();
      if (raw === '}' && within.braces) this.#missing('a } in ${x:-$( … )}', word.at);
      if (raw === 'case' || raw === 'esac' || reserved.has(raw)) return [];
      if (/^\w+(?:\[.*\])?\+?=/s.test(raw)) {
        if (/^\w+\[\s*-\s*\d/.test(raw)) this.#missing('a negative index', word.at);
        this.#arrayAfter(raw, within);
        return [];
      }
      if (raw === '[[') return [word, ...this.#conditional(within)];
    } else if (second !== undefined && command.length === 2) {
      if (first.raw === 'function' && raw === '{') return [];
      if (first.raw === 'for' && raw === 'do') return [];
    }
    if (/^\w+\+?=$/.test(raw)) this.#arrayAfter(raw, within);
    return [...command, word];
  }

  /** `x=(a b)`: its words are not commands. */
  #arrayAfter(raw: string, within: Within): void {
    if (!raw.endsWith('=') || !this.#take(/\(/y)) return;
    while (this.#at < this.#text.length && !this.#take(/\)/y))
      if (!this.#take(/[\s;&|<>(]+|#.*/y)) this.#word(within);
  }

  /** The words between `[[` and `]]`, with brackets and comparisons as separate words. */
  #conditional(within: Within): Word[] {
    const words: Word[] = [];
    while (this.#at < this.#text.length && words.at(-1)?.raw !== ']]') {
      if (this.#take(/\s+|\\\n/y)) continue;
      const at = this.#at;
      const sign = this.#take(/&&|\|\||[()<>&|;]/y);
      words.push(sign === null ? this.#word(within) : { at, raw: sign, text: sign });
    }
    return words;
  }

  /** Behind `((`, to its `))`. */
  #arithmetic(within: Within): void {
    let depth = 2;
    while (this.#at < this.#text.length && depth > 0) {
      const bracket = this.#take(/[()]/y);
      if (bracket !== null) depth += bracket === '(' ? 1 : -1;
      else if (!this.#expansion(within, false) && this.#quoted(within) === null) this.#at++;
    }
  }

  #word(within: Within): Word {
    const start = this.#at;
    let text = '';
    while (this.#at < this.#text.length) {
      const from = this.#at;
      const quoted = this.#quoted(within);
      if (quoted !== null) text += quoted;
      else if (this.#take(/\\[\s\S]/y)) text += this.#text.slice(from + 1, this.#at).replace('\n', '');
      else if (this.#expansion(within, false) || this.#take(/[@?*+!]\([^()]*\)|[^\s;&|()<>`]/y))
        text += this.#text.slice(from, this.#at);
      else break;
    }
    // An unpaired quote or bracket: the scan continues behind it.
    if (this.#at === start) this.#at++;
    return { at: start, raw: this.#text.slice(start, this.#at), text };
  }

  /** The content of '…', $'…' or "…"; null: none begins here. */
  #quoted(within: Within): string | null {
    const plain = this.#take(/'[^']*'|\$'(?:\\[\s\S]|[^'\\])*'/y);
    if (plain !== null) return plain.slice(plain.indexOf("'") + 1, -1);
    if (!this.#take(/\$?"/y)) return null;
    const start = this.#at;
    while (this.#at < this.#text.length && !this.#take(/"/y))
      if (!this.#take(/\\[\s\S]/y) && !this.#expansion(within, true)) this.#at++;
    return this.#text.slice(start, this.#at - 1);
  }

  /** Reads an expansion. Returns false when none begins here. */
  #expansion(within: Within, quoted: boolean): boolean {
    if (this.#take(/\$\(\(/y)) this.#arithmetic(within);
    else if (this.#take(/\$\(/y)) this.#commands(')', substitutionIn(within, quoted));
    else if (this.#take(/\$\{/y)) this.#parameter(within, quoted);
    else {
      const start = this.#at;
      const backquoted = this.#take(/`(?:\\[\s\S]|[^`\\])*`/y);
      if (backquoted === null) return false;
      this.#nested(backquoted.slice(1, -1).replace(/\\([\\`$])/g, '$1'), start);
    }
    return true;
  }

  /** Behind `${`, to its `}`. */
  #parameter(within: Within, quoted: boolean): void {
    const start = this.#at;
    if (this.#take(/(?=[\s|])/y) !== null) this.#missing('${ command; }', start);
    this.#take(/[!#]?(?:\w+|[@*#?$!-])/y);
    if (this.#take(/\[/y)) {
      if (this.#take(/\s*-\s*\d/y)) this.#missing('a negative index', start);
      this.#rest(']', within, quoted);
    }
    const changes = this.#take(/,,?|\^\^?|@[A-Za-z]/y);
    if (changes !== null) this.#missing(changes.startsWith('@') ? '${x@Q}' : '${x,,} or ${x^^}', start);
    if (this.#take(/:(?![-=?+])/y)) {
      this.#rest(':', within, quoted);
      if (this.#text[this.#at - 1] === '}') return;
      if (this.#take(/\s*-/y)) this.#missing('a negative length', start);
    }
    // An apostrophe is an ordinary character here, but bash 3.2 looks for a second one.
    const onlyCharacters = quoted && this.#take(/:?[-=?+]/y) !== null;
    const from = this.#at;
    this.#rest('}', within, quoted, onlyCharacters);
    if (onlyCharacters && this.#text.slice(from, this.#at).replace(/\\./gs, '').split("'").length % 2 === 0)
      this.#missing('an apostrophe in "${x:-…}"', start);
  }

  /** To this end, or to the `}` of the expansion. */
  #rest(end: string, outside: Within, quoted: boolean, onlyCharacters = false): void {
    const within = quoted ? outside : { ...outside, braces: true };
    while (this.#at < this.#text.length) {
      const here = this.#text[this.#at];
      if (here === end || here === '}') {
        this.#at++;
        return;
      }
      if (this.#take(/\\[\s\S]/y) || this.#expansion(within, quoted)) continue;
      if ((onlyCharacters && here === "'") || this.#quoted(within) === null) this.#at++;
    }
  }

  #hereDocument(stripsTabs: boolean, within: Within, command: readonly Word[]): void {
    this.#take(/[ \t]+/y);
    const { raw, text } = this.#word(within);
    this.#hereDocuments.push({ end: text, expands: raw === text, stripsTabs, within, command });
  }

  #readHereDocuments(): void {
    for (const { end, expands, stripsTabs, within, command } of this.#hereDocuments.splice(0)) {
      const start = this.#at;
      const lines: string[] = [];
      let line: string | null = null;
      while (this.#at < this.#text.length) {
        line = this.#take(/.*/y) ?? '';
        this.#at++;
        if (stripsTabs) line = line.replace(/^\t+/, '');
        if (line === end) break;
        lines.push(line);
      }
      const body = lines.join('\n');
      if (within.substitution && /['"`()]/.test(body))
        this.#missing('a quote or bracket in a here-document in $( … )', start);
      if (command.some(({ text }) => isShell(text))) this.#innerScript(`${body}\n`, start);
      if (!expands) continue;
      const after = this.#at;
      for (this.#at = start; this.#at < after; )
        if (!this.#take(/\\[\s\S]/y) && !this.#expansion(within, true)) this.#at++;
      this.#at = after;
    }
  }

  /** Builtins and options that bash 3.2 does not have, and a script that is an argument. */
  #check(command: readonly Word[]): void {
    const words = command.map(({ text }) => text);
    for (const [construct, uses] of commands) if (uses(words)) this.#missing(construct, command[0]?.at ?? 0);
    const given = words.findIndex((word, at) => /^-\w*c$/.test(word) && words.slice(0, at).some(isShell)) + 1;
    const script = command[given];
    if (given > 0 && script?.raw === `'${script?.text}'`) this.#innerScript(script.text, script.at);
  }

  #innerScript(text: string, at: number): void {
    this.inner.push({ line: this.#line(at), text });
    this.#nested(text, at);
  }

  /** A part that the shell parses separately. */
  #nested(text: string, at: number): void {
    const line = this.#line(at);
    for (const found of missingInBash32(text)) this.missing.push({ ...found, line: found.line + line - 1 });
  }

  #missing(construct: string, at: number): void {
    this.missing.push({ line: this.#line(at), construct });
  }

  #line(at: number): number {
    return this.#text.slice(0, at).split('\n').length;
  }

  /** The match of this sticky pattern at the present place, or null. */
  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }
}

const isShell = (word: string) => /^(?:.*\/)?(?:sh|bash)$/.test(word);
const flags = (words: readonly string[]) => words.filter((word) => /^[-+]\w/.test(word)).join('');

const commands: readonly (readonly [string, (words: readonly string[]) => boolean])[] = [
  ['mapfile', ([command]) => command === 'mapfile' || command === 'readarray'],
  ['coproc', ([command]) => command === 'coproc'],
  [
    'declare -A, -n, -g, -l or -u',
    ([command = '', ...words]) => /^(?:declare|typeset|local)$/.test(command) && /[Anglu]/.test(flags(words)),
  ],
  ['readonly -A', ([command, ...words]) => command === 'readonly' && flags(words).includes('A')],
  ['wait -n', ([command, ...words]) => command === 'wait' && flags(words).includes('n')],
  [
    'read -N, -i or a part of a second',
    ([command, ...words]) =>
      command === 'read' && (/[Ni]/.test(flags(words)) || /-t ?\d*\.\d/.test(words.join(' '))),
  ],
  [
    'printf %( … )T',
    ([command, ...words]) => {
      if (command !== 'printf') return false;
      const format = words[words[0] === '-v' ? 2 : words[0] === '--' ? 1 : 0] ?? '';
      return /%[-+ 0#]*\d*(?:\.\d+)?\([^)]*\)T/.test(format.replaceAll('%%', ''));
    },
  ],
  [
    'test -v',
    ([command = '', ...words]) =>
      /^(?:test|\[\[?)$/.test(command) &&
      words.some(
        (word, at) =>
          (word === '-v' || word === '-R') &&
          !/^\]?\]?$/.test(words[at + 1] ?? '') &&
          (at === 0 || /^(?:!|\(|&&|\|\||-a|-o)$/.test(words[at - 1] ?? '')),
      ),
  ],
];
