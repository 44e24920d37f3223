interface HtmlHead {
  readonly language: string;
  /** Escaped. */
  readonly title: string;
  /** The content security policy. */
  readonly policy: string;
  readonly style: string;
}

/** What is around the part of a page that follows its header. The page loads nothing. */
export function htmlFrame({ language, title, policy, style }: HtmlHead): { before: string; after: string } {
  const before = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${title}</h1></header>
`;
  return { before, after: '\n</body>\n</html>\n' };
}

/** A page as one file that loads nothing. `body`: what follows the header, as HTML. */
export function htmlDocument({ body, ...head }: HtmlHead & { readonly body: string }): string {
  const { before, after } = htmlFrame(head);
  return before + body + after;
}
