import { exportFormats } from '../../export/export-request.ts';
import { catalogue } from '../../issues/catalogue.ts';
import { settingKeys } from '../../settings/schema.ts';
import { settingTexts } from '../../settings/setting-texts.ts';
import { eventKinds, severities } from '../../shared/event.ts';
import { languages } from '../../shared/languages.ts';
import { viewNames } from '../../store/tables.ts';
import { stepIds } from '../../validation/validation-output.ts';
import { formats as attributeFormats, attributeNames } from '../commands/attribute.ts';
import { sourceNames } from '../commands/parse.ts';
import { durationNames } from '../commands/silence.ts';
import { publishedOutputs } from '../output/published.ts';
import { shells } from './shells.ts';

export interface Word {
  readonly word: string;
  /** The description, for shells that show it; empty: none. */
  readonly about: string;
}

/** What a shell proposes for a value. `nothing`: a free value. */
export type Offer =
  | { readonly kind: 'words'; readonly name: string; readonly words: readonly Word[] }
  | { readonly kind: 'files' | 'folders' | 'nothing' };

const files: Offer = { kind: 'files' };
const folders: Offer = { kind: 'folders' };
const nothing: Offer = { kind: 'nothing' };

export function wordsNamed(name: string, words: readonly (string | Word)[]): Offer {
  return {
    kind: 'words',
    name,
    words: words.map((word) => (typeof word === 'string' ? { word, about: '' } : word)),
  };
}

const issues = wordsNamed(
  'issue',
  catalogue.map(({ id, title }) => ({ word: id, about: title })),
);

/** By the placeholder of the value in the help: `--kind <kind...>`, `explain <issue>`. */
const byPlace: Readonly<Record<string, Offer>> = {
  file: files,
  rules: files,
  dir: folders,
  folder: folders,
  kind: wordsNamed('kind', eventKinds),
  issue: issues,
  id: issues,
  severity: wordsNamed('severity', severities),
  span: wordsNamed('span', durationNames),
  view: wordsNamed('view', [...viewNames, 'all']),
  source: wordsNamed('source', sourceNames),
  step: wordsNamed('step', stepIds),
  language: wordsNamed('language', languages),
  shell: wordsNamed('shell', shells),
  key: wordsNamed(
    'setting',
    settingKeys.map((key) => ({ word: key, about: settingTexts[key].title })),
  ),
  user: nothing,
  when: nothing,
  words: nothing,
  text: nothing,
  n: nothing,
  days: nothing,
  seconds: nothing,
};

/** For placeholders whose meaning depends on the command. */
const byCommandAndPlace: Readonly<Record<string, Offer>> = {
  'attribute name': wordsNamed('attribute', attributeNames),
  'attribute format': wordsNamed('attribute format', attributeFormats),
  'advice format': wordsNamed('advice format', ['text', 'dialog']),
  'fleet span': nothing,
  'simulate name': nothing,
  'simulate version': nothing,
  'simulate changes': nothing,
  'export format': wordsNamed('export format', exportFormats),
  'schema name': wordsNamed(
    'schema',
    publishedOutputs.map(({ name, about }) => ({ word: name, about })),
  ),
};

/** The completions of a value; null: undefined, which a test forbids. `place`: its name in the help. */
export function offerFor(command: string, place: string): Offer | null {
  return byCommandAndPlace[`${command} ${place}`] ?? byPlace[place] ?? null;
}
