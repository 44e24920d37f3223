interface HtmlDocument {
  readonly language: string;
  /** Escaped. */
  readonly title: string;
  /** The content security policy. */
  readonly policy: string;
  readonly style: string;
  /** What follows the header, as HTML. */
  readonly body: string;
}

/** A page as one file that loads nothing. */
export function htmlDocument({ language, title, policy, style, body }: HtmlDocument): string {
  return `<!doctype html>
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
${body}
</body>
</html>
`;
}
