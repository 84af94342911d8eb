import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { venueText } from '../../node/domain/cafes/venue.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { paths } from '../paths.ts'
import { draftMail, type MailDraft } from './mail-templates.ts'

/**
 * Makes the mail « A-t-il toujours lieu ? »: one link confirms the café without signing in, two others lead to the
 * administration.
 */
export function confirmationMail(props: {
  origin: string
  cafe: Cafe
  siteName: string
}): MailDraft {
  const { origin, cafe, siteName } = props
  return draftMail('confirm-cafe', {
    siteName,
    title: cafe.title,
    cafe: cafeLines(cafe),
    edit: origin + paths.editCafe(cafe.id),
    cancel: `${origin}${paths.cafeStatus(cafe.id)}?choix=cancelled`,
  })
}

/** Makes the mail « Combien étiez-vous ? », with a link for each of these numbers. */
export const reportMail = ({
  cafe,
  ...said
}: {
  cafe: Cafe
  siteName: string
  numbers: readonly number[]
}): MailDraft => draftMail('report', { ...said, title: cafe.title, cafe: cafeLines(cafe) })

function cafeLines(cafe: Cafe): string {
  const start = startsAtPlace(cafe)
  const place = cafe.venue && venueText(cafe.venue)
  const lines = [`« ${cafe.title} »`, `${longDate(start)}, ${clock(start)}`, place]
  return lines.filter((line) => line !== undefined).join('\n')
}
