import { plainDate } from '../../node/domain/values/date-text.ts'
import { readDay } from '../../node/domain/values/days.ts'
import type { Messages } from '../locales/messages.ts'
import { textOf } from './choices.ts'
import type { SearchValues } from './values.ts'

type Known = {
  /** The name of the place, such as `Rennes (35)`; undefined for coordinates. */
  place: string | undefined
  radiusKm: number | undefined
  /** The name of the territory. */
  territory: string | undefined
  /** The name of the structure that announces. */
  organizer: string | undefined
  /** The name of the network whose members announce. */
  network?: string | undefined
}

/** Returns where the search looked; coordinates are replaced by the name of the commune. */
export const searchedAreaText = (
  { place, beside }: { place: string | undefined; beside?: string | undefined },
  t: Messages,
): string | undefined => (beside === undefined ? place : t.find.beside(beside))

/** Returns the search in words: « Cafés IA à moins de 10 km de Rennes (35), en ligne, ce week-end ». */
export function searchTitle(values: SearchValues, known: Known, t: Messages): string {
  const { title } = t.find
  const what = values.passes ? title.past : title.all
  const within = known.territory ? title.inTerritory(what, known.territory) : what
  const where =
    known.radiusKm === undefined ? within : title.near(what, known.radiusKm, known.place ?? '')
  const codes = values.acces === '' ? [] : values.acces.split(',')
  return [
    where,
    known.radiusKm === undefined && values.ou && t.search.quoted(values.ou),
    values.mode && textOf('mode', values.mode, t).toLocaleLowerCase(t.lang),
    values.intention && title.intention[values.intention],
    values.q && t.search.quoted(values.q),
    values.format,
    values.public,
    ...codes.map((code) => textOf('accessibility', code, t)),
    values.type && textOf('kind', values.type, t),
    values.langue && textOf('language', values.langue, t),
    values.ouvert && title.openTo[values.ouvert],
    known.organizer && title.by(known.organizer),
    known.network && t.structureNetworks.ofNetwork(known.network),
    daysText(values, t),
  ]
    .filter(Boolean)
    .join(', ')
}

/** Returns the days in words: « ce week-end », « du 3 au 5 décembre 2026 »; undefined for any day. */
export function daysText({ quand, du, au }: SearchValues, t: Messages): string | undefined {
  const { title } = t.find
  const [from, until] = [monthDayText(du, t), monthDayText(au, t)]
  if (from && until) return du === au ? title.on(from) : title.between(from, until)
  if (from) return title.from(from)
  if (until) return title.until(until)
  return title.when[quand]
}

/** Returns the date in words; empty for invalid text, for which the field shows a problem. */
export function monthDayText(text: string, t: Messages): string {
  const day = readDay(text)
  return day ? plainDate(day, t.lang) : ''
}
