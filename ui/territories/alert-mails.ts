import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { venueText } from '../../node/domain/cafes/venue.ts'
import { clock, longDate, plainDate } from '../../node/domain/values/date-text.ts'
import { draftMail, type MailDraft } from '../admin/mail-templates.ts'
import { toPrintedCafe } from '../locales/printed-cafe.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

/** The maximum number of cafés in a mail; for more, it links to the list. */
const LISTED = 20

/** Makes the mail about new cafés, soonest first. */
export function alertMail(props: {
  origin: string
  siteName: string
  place: string
  cafes: readonly Cafe[]
}): MailDraft {
  const { origin, siteName, place, cafes } = props
  const list = cafes.slice(0, LISTED).map((cafe) => describe(cafe, origin))
  return draftMail('alert-cafes', {
    siteName,
    place,
    total: cafes.length,
    list: list.join('\n\n'),
    more: Math.max(0, cafes.length - LISTED),
  })
}

function describe(announced: Cafe, origin: string): string {
  const cafe = toPrintedCafe(announced)
  const start = startsAtPlace(cafe)
  const { venue } = cafe
  return [
    cafe.title,
    `${sentenceCase(longDate(start))}, ${clock(start)}`,
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
}): MailDraft =>
  draftMail('alert-renewal', {
    siteName: props.siteName,
    place: props.place,
    until: plainDate(props.until.toZonedDateTimeISO('Europe/Paris').toPlainDate()),
  })
