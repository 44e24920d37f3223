const styles: Readonly<Record<string, string>> = {
  '1': 'font-weight: bold',
  '2': 'opacity: 0.65',
  '31': 'color: var(--red)',
  '32': 'color: var(--green)',
  '33': 'color: var(--yellow)',
  '36': 'color: var(--cyan)',
};

/** ESC, `[`, a number, `m`; the number is captured. */
const escapeSequence = new RegExp(String.raw`${String.fromCharCode(27)}\[(\d+)m`);

/** A page that looks like a terminal, with the styles that `styled` prints (agent/cli/print). */
export function terminalPage(command: string, output: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<style>
  :root { --back: #fff; --text: #1d1d1f; --red: #b3261e; --green: #0a7a3b; --yellow: #8a5a00; --cyan: #006b8f; }
  @media (prefers-color-scheme: dark) {
    :root { --back: #1e1e20; --text: #f2f2f4; --red: #ff7b72; --green: #6fdc8c; --yellow: #f1c21b; --cyan: #82cfff; }
  }
  body { margin: 0; background: var(--back); color: var(--text); display: inline-block; }
  pre { margin: 0; padding: 18px 24px; font: 14px/1.5 "DejaVu Sans Mono", Menlo, monospace; }
</style>
<pre><b>$ ${escaped(command)}</b>
${marked(output)}</pre>
`;
}

function marked(output: string): string {
  let open = 0;
  const html = output.split(escapeSequence).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    const style = styles[part];
    if (style === undefined) return open > 0 && open-- > 0 ? '</span>' : '';
    open += 1;
    return `<span style="${style}">`;
  });
  return html.join('') + '</span>'.repeat(open);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
