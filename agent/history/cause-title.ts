import { causeRules } from '../causes/cause-rules.ts';
import { entryOf } from '../issues/catalogue.ts';
import { changeText } from '../shared/changes.ts';

/** The title of a stated cause: of its known issue, else the change in words. An unknown id stays. */
export function causeTitle(id: string): string {
  const change = causeRules.find((rule) => rule.id === id)?.change ?? null;
  const entry = entryOf(id);
  if (entry !== null || change === null) return entry?.title ?? id;
  return changeText(change, '').replace(/^(?!macOS)[a-z]/, (first) => first.toUpperCase());
}
