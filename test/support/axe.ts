import { AxeBuilder } from '@axe-core/playwright'
import axeCore, { type AxeResults, type RunOnly, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules of WCAG 2.2 AA and RGAA 4. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'RGAAv4']

/** The rules about colours, each with the elements that it checks. */
const COLOUR_RULES = {
  'color-contrast': ['*'],
  'link-in-text-block': ['a[href]', '[role=link]'],
}

type Scope = {
  /** Which rules are checked: all, or only those about colours. */
  rules?: 'all' | 'colours'
  /** Whether to check colours only where the page has `newParts`, elements that the test has put into its window. */
  coloursOfNewParts?: boolean
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
  { rules = 'all', coloursOfNewParts = false }: Scope,
): Promise<Violations> {
  for (const frame of page.frames())
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeCore.source)
  const runOnly: RunOnly =
    rules === 'colours'
      ? { type: 'rule', values: Object.keys(COLOUR_RULES) }
      : { type: 'tag', values: TAGS }
  return page.evaluate(
    async ({ options, selectors, onNew }) => {
      const { axe, newParts } = window as unknown as Page
      const marked = onNew ? newParts : []
      for (const element of marked) element.setAttribute('data-new', '')
      const ofNew = onNew ? '[data-new]' : ''
      axe.configure({
        rules: Object.entries(selectors).map(([id, all]) => ({
          id,
          selector: all.map((each) => `${each}${ofNew}`).join(', '),
        })),
      })
      // To look for frames where there are none takes as long as most answers.
      const iframes = document.querySelector('iframe, frame') !== null
      try {
        return (await axe.run(document, { ...options, iframes })).violations
      } finally {
        for (const element of marked) element.removeAttribute('data-new')
      }

      type Page = { axe: typeof axeCore; newParts: Element[] }
    },
    {
      options: { runOnly, resultTypes: ['violations'] } satisfies RunOptions,
      selectors: COLOUR_RULES,
      onNew: coloursOfNewParts,
    },
  )
}

async function findAcrossSites(page: Page): Promise<Violations> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  return violations
}
