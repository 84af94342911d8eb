const BEGIN = '<p>'
const END = '</p>'
const BETWEEN = /<\/p>[ \n]*<p>/

/**
 * Returns the text of a description whose HTML is nothing but paragraphs of words: a line for each, with an empty line in
 * between. The store does not store the text of such a description and makes it here when it is read. This function
 * must therefore never change, since the texts of stored cafés would change with it.
 *
 * @param html - The HTML as it is stored.
 * @returns Undefined for any other HTML, entities included.
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
