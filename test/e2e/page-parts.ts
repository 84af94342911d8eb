import type { Page } from 'playwright-core'

/** A part of a page, by its number: elements that are alike in all that matters to axe. */
type Part = { key: number; elements: Element[] }
/** What the page stores between the looks in which it is checked. */
type Kept = { described: [element: Element, hash: number, isRead: boolean][]; parts: Part[] }

/**
 * Returns a number for each part of a shown page, in one look: elements with the same number have the same ancestors,
 * classes and attributes, both have text or none, the elements that they refer to exist as often, and their colours
 * and font are the same. Two pages with the same parts differ in texts only. What differs has another number of 53
 * bits, but for one in millions of runs.
 * @param isFirst - Whether this is the first look at this page: it describes all elements. The following ones read the
 * colours of those only that show text by themselves.
 */
export const readParts = (page: Page, isFirst: boolean): Promise<number[]> =>
  page.evaluate((isFirst) => {
    const kept = window as unknown as Kept
    if (isFirst) kept.described = describeAll()
    const grounds = new Map<Element | null, number>()
    const colors = new Map<Element | null, string>()
    const parts = new Map<number, Part>()
    for (const [element, description, isRead] of kept.described) {
      const { parentElement: parent } = element
      const { backgroundColor, backgroundImage, opacity, color, fontSize, fontWeight } =
        getComputedStyle(element)
      const ground = hash(
        `${backgroundColor} ${backgroundImage} ${opacity}`,
        grounds.get(parent) ?? 0,
      )
      grounds.set(element, ground)
      colors.set(element, color)
      if (!isFirst && !isRead) continue
      const colours = [color, colors.get(parent) ?? '', fontSize, fontWeight, ground]
      const key = hash(colours.join(' '), description)
      const alike = parts.get(key)
      if (alike) alike.elements.push(element)
      else parts.set(key, { key, elements: [element] })
    }
    kept.parts = [...parts.values()]
    return [...parts.keys()]

    function describeAll(): Kept['described'] {
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
      const own = new Set<Element | null>()
      const withWords = new Set<Element>()
      const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (!text.nodeValue?.trim()) continue
        own.add(text.parentElement)
        for (let at = text.parentElement; at && !withWords.has(at); at = at.parentElement)
          withWords.add(at)
      }
      const paths = new Map<Element | null, number>()
      return [...document.querySelectorAll('*')].map((element) => {
        const { parentElement: parent, localName, classList, attributes } = element
        const path = hash(`${localName}.${[...classList].join('.')}`, paths.get(parent) ?? 0)
        paths.set(element, path)
        const words = withWords.has(element) ? 'words' : 'empty'
        const rest = [...[...attributes].map(describe).sort(), words].join(' ')
        const isRead =
          own.has(element) || element.matches('a, button, input, select, textarea, iframe')
        return [element, hash(rest, path), isRead]
      })
    }

    /** Hashes a text after another one: FNV-1a in two lanes, of which the second one gives its better upper bits. */
    function hash(text: string, before: number): number {
      let low = before | 0
      let high = (before / 2 ** 32) | 0
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index)
        low = Math.imul(low ^ code, 0x01000193)
        high = Math.imul(high ^ code, 0x2c1b3c6d)
      }
      // The last characters reach all bits as well.
      low = Math.imul(low ^ (low >>> 15) ^ text.length, 0x01000193)
      return (high >>> 11) * 2 ** 32 + (low >>> 0)
    }
  }, isFirst)

/**
 * Returns a function that records the parts of one page after the other, each page in its looks (for example dark). It
 * returns the numbers of those that no page before had in this look; in the page, `parts` contains their elements.
 */
export function createPartsSeen(): (
  page: Page,
  look: string,
  isFirst: boolean,
) => Promise<number[]> {
  const seen = new Map<string, Set<number>>()
  return async (page, look, isFirst) => {
    const seenHere = seen.get(look) ?? new Set()
    seen.set(look, seenHere)
    const fresh = (await readParts(page, isFirst)).filter((key) => !seenHere.has(key))
    for (const key of fresh) seenHere.add(key)
    return fresh
  }
}
