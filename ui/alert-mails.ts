import { ALERT_LINKS } from '../node/domain/alert.ts'
import { type Cafe, startsAtPlace } from '../node/domain/cafe.ts'
import { clock, longDate, plainDate } from '../node/domain/date-words.ts'
import type { MailWords } from './mails.ts'
import { paths } from './paths.ts'
import { stringsFor } from './strings.ts'
import { sentenceCase } from './typography.ts'

/** More is a list to search, not a mail to read. */
const LISTED = 20

const words = () => stringsFor('fr').alert.mail

/** Asks whoever has that address whether they meant it. */
export const alertRequestMail = (props: { siteName: string; place: string }): MailWords => ({
  subject: words().confirmSubject,
  text: words().confirm({ ...props, link: ALERT_LINKS.keep }),
})

/** New cafés, soonest first. */
export function alertMail(props: {
  origin: string
  siteName: string
  place: string
  cafes: readonly Cafe[]
}): MailWords {
  const { origin, siteName, place, cafes } = props
  const list = cafes.slice(0, LISTED).map((cafe) => describe(cafe, origin))
  return {
    subject: words().subject(cafes.length, place),
    text: words().cafes({
      siteName,
      place,
      total: cafes.length,
      list: list.join('\n\n'),
      more: Math.max(0, cafes.length - LISTED),
      stop: ALERT_LINKS.stop,
    }),
  }
}

function describe(cafe: Cafe, origin: string): string {
  const start = startsAtPlace(cafe)
  const { venue } = cafe
  return [
    cafe.title,
    `${sentenceCase(longDate(start))}, ${clock(start)}`,
    venue && [venue.name, venue.commune].filter(Boolean).join(', '),
    origin + paths.cafe(cafe.id),
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

/** Nearly a year later. */
export const renewalMail = (props: {
  siteName: string
  place: string
  until: Temporal.Instant
}): MailWords => ({
  subject: words().renewSubject,
  text: words().renew({
    ...props,
    until: plainDate(props.until.toZonedDateTimeISO('Europe/Paris').toPlainDate()),
    keep: ALERT_LINKS.keep,
    stop: ALERT_LINKS.stop,
  }),
})
