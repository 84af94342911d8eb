import { RESOURCE_NEEDS } from '../../domain/resources/resource.ts'
import { ITEM_MAX, MINUTES_MAX } from '../../domain/resources/resource-input.ts'
import { cleanText } from '../../formats/text/clean-text.ts'
import type { ResourceQuery } from '../../store/resources/resources.ts'

const WORDS_MAX = 200

/**
 * Reads a search for resources in the words of the pages: `q`, `besoin`, `duree` in minutes, `theme`. What is no need or
 * no duration counts as left out.
 */
export function readResourceQuery(asked: (name: string) => string | undefined) {
  const text = (name: string, max: number) => cleanText(asked(name) ?? '', max)
  const need = RESOURCE_NEEDS.find((one) => one === asked('besoin'))
  const minutes = Number(text('duree', 5))
  const isDuration = Number.isInteger(minutes) && minutes >= 1 && minutes <= MINUTES_MAX
  const values = {
    ...{ q: text('q', WORDS_MAX), theme: text('theme', ITEM_MAX) },
    ...{ besoin: need ?? '', duree: isDuration ? String(minutes) : '' },
  }
  const query: ResourceQuery = {
    ...{ words: values.q, need, theme: values.theme || undefined },
    minutes: isDuration ? minutes : undefined,
  }
  return { values, query }
}
