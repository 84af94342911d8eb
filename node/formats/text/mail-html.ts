import { escapeHtml } from '../../domain/values/escape-html.ts'

/**
 * Writes the text of a mail as HTML, one element for each paragraph and nothing else, so that a screen reader says it as
 * it stands. Where words and a colon come before an address of the site at `origin`, the words are the link, since nobody
 * can listen to a token; any other address is shown, so that words that a visitor wrote hide none.
 */
export function toMailHtml({
  subject,
  text,
  origin,
}: {
  subject: string
  text: string
  origin: string
}): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((lines) => `<p>${linesOf(lines).map(withLink(origin)).join('<br>\n')}</p>`)
  return `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body>
${paragraphs.join('\n')}
</body>
</html>
`
}

/** Returns the lines of a paragraph; an address alone on its line belongs to the colon before it. */
const linesOf = (paragraph: string): string[] =>
  paragraph.replaceAll(/:\n(?=https?:\/\/\S+$)/gm, ': ').split('\n')

const withLink =
  (origin: string) =>
  (line: string): string => {
    const at = line.search(/https?:\/\/\S/)
    if (at === -1) return escapeHtml(line)
    const [url = ''] = line.slice(at).split(/\s/)
    const [before, after] = [line.slice(0, at).trimEnd(), line.slice(at + url.length)]
    const href = `<a href="${escapeHtml(url)}">`
    const isNamed = before.endsWith(':') && after === '' && url.startsWith(`${origin}/`)
    return isNamed
      ? `${href}${escapeHtml(before.slice(0, -1).trimEnd())}</a>`
      : `${escapeHtml(line.slice(0, at))}${href}${escapeHtml(url)}</a>${escapeHtml(after)}`
  }
