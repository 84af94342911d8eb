import { startsAtPlace } from '../../domain/cafes/cafe.ts'
import { venueText } from '../../domain/cafes/venue.ts'
import {
  type NewsletterChange,
  type NewsletterChangeKind,
  venueWhereHeld,
} from '../../domain/territories/newsletter-change.ts'
import { clock, longDate } from '../../domain/values/date-text.ts'

/** Returns what has become of a café: a sentence for each change, then its organiser's own words. */
export const newsletterChangeText = ({ sent, kinds, cafe }: NewsletterChange): string => {
  const note = cafe?.statusNote ? [`« ${cafe.statusNote} »`] : []
  return [...kinds.map((kind) => sentence(kind, { sent, cafe })), ...note].join(' ')
}

function sentence(
  kind: NewsletterChangeKind,
  { sent, cafe }: Pick<NewsletterChange, 'sent' | 'cafe'>,
): string {
  if (kind === 'removed') return 'Ce café n’est plus annoncé.'
  if (kind === 'cancelled') return 'Annulé.'
  if (kind === 'postponed') return 'Reporté, nouvelle date à venir.'
  if (kind === 'moved-online') return 'Déplacé en ligne.'
  if (kind === 'also-online') return 'Aussi en ligne désormais.'
  if (kind === 'on-site-only') return 'Sur place seulement désormais.'
  if (kind === 'rescheduled') return cafe ? dateSentence(cafe) : ''
  const before = sent.place.venue ? ` (au lieu de ${venueText(sent.place.venue)})` : ''
  if (kind === 'online') return `En ligne désormais${before}.`
  const venue = cafe && venueWhereHeld(cafe)
  const now = venue ? venueText(venue) : ''
  const also = cafe?.attendanceMode === 'mixed' ? ', et en ligne' : ''
  return kind === 'on-site'
    ? `Sur place désormais : ${now}${also}.`
    : `À un autre endroit : ${now}${before}.`
}

function dateSentence(cafe: Parameters<typeof startsAtPlace>[0]): string {
  const start = startsAtPlace(cafe)
  return `Nouvelle date : ${longDate(start)} à ${clock(start)}.`
}
