import { z } from 'zod'
import { lookUpWhere, type Meanings } from '../../geo/where.ts'
import { choicesOf, toChoice } from '../search/place-choices.ts'

const MOST_OTHERS = 10

export const TakenPlaceJson = z
  .object({
    name: z.string().describe('The town, département or région that `near` was taken for'),
    others: z
      .array(z.string())
      .describe(
        `What to ask for instead: others of that name, the most populous first, ${MOST_OTHERS} at most`,
      ),
  })
  .optional()
  .describe('With a `near` that is a name or a postcode')
  .meta({ id: 'TakenPlace' })

type TakenPlaceJson = NonNullable<z.output<typeof TakenPlaceJson>>

/** Returns the place that was understood; undefined for coordinates, and where it is not a single place. */
export function toTakenPlaceJson(near: string): TakenPlaceJson | undefined {
  const answer = lookUpWhere(near)
  if (answer.kind === 'commune')
    return {
      name: toChoice(answer.commune).label,
      others: toOthers(answer.or ?? { towns: answer.others ?? [] }),
    }
  if (answer.kind !== 'area') return undefined
  const [area] = choicesOf({ area: answer.area, towns: [] })
  return area && { name: area.label, others: toOthers(answer.or ?? { towns: [] }) }
}

const toOthers = ({ towns, ...area }: Meanings): string[] =>
  choicesOf({ ...area, towns: towns.slice(0, MOST_OTHERS) })
    .slice(0, MOST_OTHERS)
    .map(({ text }) => text)
