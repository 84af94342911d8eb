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
  const start = startsAtPlace(cafe)
  const place = cafe.venue && venueText(cafe.venue)
  const lines = [`« ${cafe.title} »`, `${longDate(start)}, ${clock(start)}`, place]
  return draftMail('confirm-cafe', {
    siteName,
    title: cafe.title,
    cafe: lines.filter((line) => line !== undefined).join('\n'),
    edit: origin + paths.editCafe(cafe.id),
    cancel: `${origin}${paths.cafeStatus(cafe.id)}?choix=cancelled`,
  })
}
