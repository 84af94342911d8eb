import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { venueText } from '../../node/domain/cafes/venue.ts'
import { clock, longDate, plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { draftMail, type MailDraft } from '../admin/mail-templates.ts'
import { seriesFr } from '../locales/fr/cafes/series.ts'
import { toPrintedCafe } from '../locales/printed-cafe.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

/** The maximum number of cafés and series that a mail names; of the others it says how many there are. */
const LISTED = 20

/** Makes the mail about new cafés, soonest first; of a series it names the first date. */
export function alertMail(props: {
  origin: string
  siteName: string
  place: string
  cafes: readonly Cafe[]
}): MailDraft {
  const { origin, siteName, place, cafes } = props
  const groups = [...Map.groupBy(cafes, keyOf).values()]
  const list = groups
    .slice(0, LISTED)
    .flatMap(([first, ...later]) => (first ? describe(first, later.length, origin) : []))
  return draftMail('alert-cafes', {
    siteName,
    place,
    total: cafes.length,
    list: list.join('\n\n'),
    more: groups.slice(LISTED).flat().length,
  })
}

const keyOf = ({ id, series, organizer }: Cafe): string =>
  series === undefined ? id : `${organizer.uri} ${series}`

function describe(announced: Cafe, laterDates: number, origin: string): string {
  const cafe = toPrintedCafe(announced)
  const start = startsAtPlace(cafe)
  const { venue } = cafe
  const later = laterDates > 0 ? `, ${seriesFr.laterDates(laterDates)}` : ''
  return [
    cafe.title,
    `${sentenceCase(longDate(start))}, ${clock(start)}${later}`,
    venue && venueText(venue),
    origin + paths.cafe(cafe.id),
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

/** Makes the mail that asks to renew an alert after nearly a year. */
export const renewalMail = (props: {
  siteName: string
  place: string
  until: Temporal.Instant
  isWeekly: boolean
}): MailDraft =>
  draftMail('alert-renewal', {
    siteName: props.siteName,
    place: props.place,
    isWeekly: props.isWeekly,
    until: plainDate(dayInParis(props.until)),
  })
