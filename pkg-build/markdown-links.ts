/** A link of a page to a file beside it. */
export interface PageLink {
  readonly words: string;
  /** Relative to the page; empty: the page itself is not named. */
  readonly file: string;
  /** With its #; empty: none. */
  readonly anchor: string;
}

/** The text with each link to a file replaced. Addresses, links within the page and blocks of code stay. */
export function withLinks(text: string, replaced: (link: PageLink) => string): string {
  return outsideBlocks(text, (prose) =>
    prose.replaceAll(/(?<!!)\[([^\]]+)\]\(([^)\s]+)\)/g, (link, words: string, target: string) => {
      if (/^(?:[a-z]+:|#)/.test(target)) return link;
      const [file = '', anchor] = target.split('#');
      return replaced({ words, file, anchor: anchor === undefined ? '' : `#${anchor}` });
    }),
  );
}

function outsideBlocks(text: string, change: (prose: string) => string): string {
  return text
    .split(/^( *```[^\n]*\n[\s\S]*?^ *```$)/gm)
    .map((part, at) => (at % 2 === 0 ? change(part) : part))
    .join('');
}
