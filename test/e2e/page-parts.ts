import type { Page } from 'playwright-core'

/**
 * What a page that is shown is made of, of all that axe judges by: for each element its ancestors, classes and attributes,
 * whether it has words, and whether the elements that it names are there once. Two pages of the same parts differ in words
 * only.
 */
export const readParts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const TELLING = ['type', 'role', 'scope', 'lang', 'tabindex', 'disabled']
    const NAMING = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']
    const pathOf = (element: Element | null): string =>
      element
        ? `${pathOf(element.parentElement)}>${element.localName}.${[...element.classList].join('.')}`
        : ''
    const countOf = (ids: string) =>
      ids.split(/\s+/u).map((id) => document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length)
    const describe = ({ name, value }: Attr) => {
      if (NAMING.includes(name)) return `${name}:${countOf(value)}`
      if (name === 'id') return `id:${countOf(value)}`
      return TELLING.includes(name) || name.startsWith('aria-c') || name.startsWith('aria-i')
        ? `${name}=${value}`
        : `${name}${value === '' ? '' : '='}`
    }
    const parts = [...document.querySelectorAll('*')].map((element) => {
      const words = element.textContent?.trim() === '' ? 'empty' : 'words'
      return `${pathOf(element)} ${[...element.attributes].map(describe).sort()} ${words}`
    })
    return [...new Set(parts)]
  })

/** Notes the parts of one page after the other, and says whether a page has some that none before it had. */
export function createPartsSeen(): (parts: readonly string[]) => boolean {
  const seen = new Set<string>()
  return (parts) => {
    const before = seen.size
    for (const part of parts) seen.add(part)
    return seen.size > before
  }
}
