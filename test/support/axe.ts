import { AxeBuilder } from '@axe-core/playwright'
import axeCore, { type AxeResults, type Result, type RunOnly, type RunOptions } from 'axe-core'
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
  /** The numbers of the parts in which colours are checked, of those that the test has put into the page's window. */
  coloursOf?: readonly number[]
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
async function findHere(page: Page, scope: Scope): Promise<Violations> {
  for (const frame of page.frames())
    if (frame !== page.mainFrame() && !(await frame.evaluate(() => 'axe' in window)))
      await frame.evaluate(axeCore.source)
  let found = await runAxe(page, scope)
  if (found) return found
  await putAxeInto(page)
  found = await runAxe(page, scope)
  if (!found) throw new Error('axe does not run in this page')
  return found
}

/** The browser compiles the text that it gets in this way once; `page.evaluate` makes it do so for each page. */
async function putAxeInto(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Runtime.evaluate', { expression: axeCore.source })
  await devtools.detach()
}

/** Returns undefined where the page has no axe. */
function runAxe(page: Page, { rules = 'all', coloursOf }: Scope): Promise<Violations | undefined> {
  const runOnly: RunOnly =
    rules === 'colours'
      ? { type: 'rule', values: Object.keys(COLOUR_RULES) }
      : { type: 'tag', values: TAGS }
  return page.evaluate(
    async ({ options, selectors, coloursOf }) => {
      const { axe, parts } = window as unknown as Page
      if (!axe) return undefined
      const keys = new Set(coloursOf)
      const marked = coloursOf
        ? parts.filter(({ key }) => keys.has(key)).flatMap(({ elements }) => elements)
        : []
      for (const element of marked) element.setAttribute('data-marked', '')
      const ofMarked = coloursOf ? '[data-marked]' : ''
      axe.configure({
        rules: Object.entries(selectors).map(([id, all]) => ({
          id,
          selector: all.map((each) => `${each}${ofMarked}`).join(', '),
        })),
      })
      // To look for frames where there are none takes as long as most answers.
      const iframes = document.querySelector('iframe, frame') !== null
      try {
        const { violations, incomplete } = await axe.run(document, { ...options, iframes })
        return [...violations, ...incomplete.flatMap(unseen)]
      } finally {
        for (const element of marked) element.removeAttribute('data-marked')
      }

      /** Returns a result about text of the very colour of its ground, which axe leaves to people to judge. */
      function unseen(result: Result): Result[] {
        const nodes = result.nodes.filter(({ any }) =>
          any.some(({ data }) => data?.messageKey === 'equalRatio'),
        )
        return nodes.length > 0 ? [{ ...result, nodes }] : []
      }

      type Page = { axe?: typeof axeCore; parts: { key: number; elements: Element[] }[] }
    },
    {
      options: { runOnly, resultTypes: ['violations', 'incomplete'] } satisfies RunOptions,
      selectors: COLOUR_RULES,
      coloursOf,
    },
  )
}

async function findAcrossSites(page: Page): Promise<Violations> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  return violations
}
