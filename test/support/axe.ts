import { AxeBuilder } from '@axe-core/playwright'
import axeCore, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules of WCAG 2.2 AA and RGAA 4. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'RGAAv4']

const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

type Scope = {
  /** Which rules are checked: all, only those about colours, or only the others. */
  rules?: 'all' | 'colours' | 'others'
  /** Whether to check only where the page has `newParts`, a list of elements that the test has put into its window. */
  onNewParts?: boolean
  /** Whether to check frames of other sites, which are assembled in a second window; this takes as long again. */
  foreignFrames?: boolean
}

type Violations = AxeResults['violations']

/** Returns what axe finds on a page, its frames included: each rule, with the elements that break it. */
export async function findViolations(
  page: Page,
  { foreignFrames = false, ...scope }: Scope = {},
): Promise<[rule: string, elements: string[]][]> {
  const violations = foreignFrames ? await findAcrossSites(page) : await findHere(page, scope)
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

/**
 * Puts axe into the page and the frames of its site once: `AxeBuilder` does so again for each check, which takes longer
 * than the check.
 */
async function findHere(
  page: Page,
  { rules = 'all', onNewParts = false }: Scope,
): Promise<Violations> {
  for (const frame of page.frames())
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeCore.source)
  const off = COLOUR_RULES.map((rule) => [rule, { enabled: false }])
  const options: RunOptions = {
    ...(rules === 'colours'
      ? { runOnly: { type: 'rule', values: COLOUR_RULES } }
      : { runOnly: { type: 'tag', values: TAGS } }),
    ...(rules === 'others' && { rules: Object.fromEntries(off) }),
    resultTypes: ['violations'],
  }
  return page.evaluate(
    async ({ options, onNewParts }) => {
      const { axe, newParts } = window as unknown as Page
      const hasWords = (element: Element) =>
        element.matches('a, button, input, select, textarea, iframe') ||
        [...element.childNodes].some(
          ({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim(),
        )
      const include = onNewParts ? newParts.filter(hasWords) : [document]
      if (include.length === 0) return []
      // To look for frames where there are none takes as long as most answers.
      const iframes = document.querySelector('iframe, frame') !== null
      return (await axe.run({ include }, { ...options, iframes })).violations

      type Page = { axe: typeof axeCore; newParts: Element[] }
    },
    { options, onNewParts },
  )
}

async function findAcrossSites(page: Page): Promise<Violations> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  return violations
}
