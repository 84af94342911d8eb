import { AxeBuilder } from '@axe-core/playwright'
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

/** What axe finds on a page, its frames included: each rule, with the elements that break it. */
export async function findViolations(
  page: Page,
  { colours = false, foreignFrames = false }: Scope = {},
): Promise<[rule: string, elements: string[]][]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(!foreignFrames)
  const asked = colours ? axe.withRules(COLOUR_RULES) : axe.withTags(TAGS)
  const { violations } = await asked.analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}
