import { AxeBuilder } from '@axe-core/playwright'
import axeCore, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA and RGAA 4. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'RGAAv4']

const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

type Scope = {
  /** Only what colours can do wrong. */
  colours?: boolean
  /** Frames of other sites are put together in a second window, which takes as long again. */
  foreignFrames?: boolean
}

type Violations = AxeResults['violations']

/** What axe finds on a page, its frames included: each rule, with the elements that break it. */
export async function findViolations(
  page: Page,
  { colours = false, foreignFrames = false }: Scope = {},
): Promise<[rule: string, elements: string[]][]> {
  const violations = foreignFrames ? await findAcrossSites(page) : await findHere(page, colours)
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

/** Puts axe into the page and the frames of its site once: `AxeBuilder` does so again for each question, which takes longer than the answer. */
async function findHere(page: Page, colours: boolean): Promise<Violations> {
  for (const frame of page.frames())
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeCore.source)
  const runOnly: RunOptions['runOnly'] = colours
    ? { type: 'rule', values: COLOUR_RULES }
    : { type: 'tag', values: TAGS }
  return page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: typeof axeCore }
      return (await axe.run(document, options)).violations
    },
    { runOnly, resultTypes: ['violations'] } satisfies RunOptions,
  )
}

async function findAcrossSites(page: Page): Promise<Violations> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  return violations
}
