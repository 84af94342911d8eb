import type { Page } from 'playwright-core'

/** The values that the page stores for the next run of axe. */
type Marked = { parts: Map<string, Element[]>; newParts: Element[] }

/**
 * Returns the parts of a shown page that matter to axe: for each element its ancestors, classes and attributes, whether
 * it has text, whether the elements that it refers to exist once, and its colours and font. Two pages with the same
 * parts differ in texts only.
 */
const readParts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const WITH_VALUE = ['type', 'role', 'scope', 'lang', 'tabindex', 'disabled']
    const NAMING = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']
    const named = Map.groupBy(document.querySelectorAll('[id]'), ({ id }) => id)
    const countOf = (ids: string) => ids.split(/\s+/u).map((id) => named.get(id)?.length ?? 0)
    const describe = ({ name, value }: Attr) => {
      if (NAMING.includes(name)) return `${name}:${countOf(value)}`
      if (name === 'id') return `id:${countOf(value)}`
      return WITH_VALUE.includes(name) || name.startsWith('aria-c') || name.startsWith('aria-i')
        ? `${name}=${value}`
        : `${name}${value === '' ? '' : '='}`
    }
    const withWords = new Set<Element>()
    const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      if (text.nodeValue?.trim())
        for (let at = text.parentElement; at && !withWords.has(at); at = at.parentElement)
          withWords.add(at)
    const paths = new Map<Element | null, string>()
    const grounds = new Map<Element | null, string>()
    const colors = new Map<Element | null, string>()
    const parts = new Map<string, Element[]>()
    for (const element of document.querySelectorAll('*')) {
      const { parentElement: parent, localName, classList, attributes } = element
      const path = `${paths.get(parent) ?? ''}>${localName}.${[...classList].join('.')}`
      paths.set(element, path)
      const look = getComputedStyle(element)
      const { backgroundColor, backgroundImage, opacity, color, fontSize, fontWeight } = look
      const ground = `${grounds.get(parent) ?? ''} ${backgroundColor} ${backgroundImage} ${opacity}`
      grounds.set(element, ground)
      colors.set(element, color)
      const words = withWords.has(element) ? 'words' : 'empty'
      const colours = [color, colors.get(parent) ?? '', fontSize, fontWeight, ground]
      const part = [path, ...[...attributes].map(describe).sort(), words, ...colours].join(' ')
      const alike = parts.get(part)
      if (alike) alike.push(element)
      else parts.set(part, [element])
    }
    Object.assign(window, { parts, newParts: [] })
    return [...parts.keys()]
  })

/**
 * Returns a function that records the parts of one page after the other in one mode (`look`, for example dark). It
 * returns the number of parts that no page before had; in the page, `newParts` contains the elements with them.
 */
export function createPartsSeen(): (page: Page, look: string) => Promise<number> {
  const seen = new Set<string>()
  return async (page, look) => {
    const fresh: string[] = []
    for (const part of await readParts(page)) {
      const key = look + part
      if (!seen.has(key)) fresh.push(part)
      seen.add(key)
    }
    await page.evaluate((fresh) => {
      const { parts } = window as unknown as Marked
      const newParts = fresh.flatMap((part) => parts.get(part) ?? [])
      Object.assign(window, { newParts })
    }, fresh)
    return fresh.length
  }
}
