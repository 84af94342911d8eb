const BEGIN = '<p>'
const END = '</p>'
const BETWEEN = /<\/p>[ \n]*<p>/

/**
 * What a description says whose HTML is paragraphs of mere words: a line each, with an empty line in between. The store
 * leaves the text of such a description out, so this is never changed: texts that are not stored would change with it.
 *
 * @param html - As it is stored.
 * @returns undefined for any other HTML, entities included.
 */
export function textOfParagraphs(html: string): string | undefined {
  if (!html.startsWith(BEGIN) || !html.endsWith(END)) return undefined
  const inner = html.slice(BEGIN.length, -END.length)
  if (inner.includes('&')) return undefined
  const text = inner
    .split(BETWEEN)
    .map((paragraph) => paragraph.replaceAll('\n', ' '))
    .join('\n\n')
  return text.includes('<') ? undefined : text
}
