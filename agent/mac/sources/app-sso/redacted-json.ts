import { jsonString } from '../../parse/json.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { type FieldRule, keepsNumbers, redactedText, ruleOfField } from './redacted-fields.ts';

interface Level {
  readonly kind: 'object' | 'list';
  /** The rule of the field whose value comes next; inside a list, the rule of the list's field. */
  rule: FieldRule | null;
  /** What a text would be here. */
  next: 'field' | 'value';
}

const token =
  /(?<space>\s+)|(?<text>"(?:[^"\\]|\\.)*")|(?<cut>"(?:[^"\\]|\\.?)*$)|(?<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![^\s,\]}]))|(?<word>(?:true|false|null)(?![^\s,\]}]))|(?<mark>[{}[\],:])|(?<other>[^\s"{}[\],:]+)/gy;

/**
 * JSON in its printed layout, redacted. Known fields, switches and known numbers stay.
 *
 * Works by line and token: a section that is cut off or garbled remains broken in the same place. Invalid
 * JSON is replaced by invalid JSON.
 */
export class JsonLines {
  readonly #redactor: Redactor;
  readonly #levels: Level[] = [];

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  redact(line: string): string {
    token.lastIndex = 0;
    let made = '';
    for (let found = token.exec(line); found?.groups !== undefined; found = token.exec(line)) {
      const { space, text, cut, number, word, mark } = found.groups;
      if (space !== undefined) made += space;
      else if (text !== undefined) made += this.#text(text);
      // The brace that a line ends with decides what the line is taken for.
      else if (cut !== undefined) made += cut.trimEnd().endsWith('}') ? '"?}' : '"?';
      else if (number !== undefined) made += keepsNumbers(this.#rule()) ? number : '0';
      else if (word !== undefined) made += word;
      else if (mark !== undefined) made += this.#mark(mark);
      else made += '?';
    }
    return made;
  }

  #rule(): FieldRule | null {
    return this.#levels.at(-1)?.rule ?? null;
  }

  #text(printed: string): string {
    const text = jsonString(printed);
    if (text === null) return '"\\?"';
    const level = this.#levels.at(-1);
    if (level?.next !== 'field') return JSON.stringify(redactedText(this.#rule(), text, this.#redactor));
    level.rule = ruleOfField(text);
    return JSON.stringify(level.rule === null ? this.#redactor.field(text) : text);
  }

  #mark(mark: string): string {
    const level = this.#levels.at(-1);
    if (mark === '{') this.#levels.push({ kind: 'object', rule: null, next: 'field' });
    else if (mark === '[') this.#levels.push({ kind: 'list', rule: this.#rule(), next: 'value' });
    else if (mark === '}' || mark === ']') this.#levels.pop();
    else if (mark === ':' && level !== undefined) level.next = 'value';
    else if (mark === ',' && level?.kind === 'object') {
      level.rule = null;
      level.next = 'field';
    }
    return mark;
  }
}
