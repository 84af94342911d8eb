import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Venue } from '../../../node/domain/cafes/venue.ts'
import type { Following } from '../../../node/domain/federation/following.ts'
import type { Peer } from '../../../node/domain/federation/peer.ts'
import { type LegalNotice, NO_LEGAL_NOTICE } from '../../../node/domain/structures/legal-notice.ts'
import {
  emptyProfileFor,
  type StructureProfile,
} from '../../../node/domain/structures/structure-profile.ts'
import type { Logo } from '../../../node/domain/values/logo.ts'
import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import type { Site } from '../../../ui/components/site.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { ToDo } from '../../../ui/site/to-do.tsx'
import { BLANK_CAFE } from '../../support/blank-cafe.ts'

export const NOW = Temporal.Instant.from('2026-11-25T10:00:00Z')
export const hoursAgo = (hours: number): Temporal.Instant => NOW.subtract({ hours })
export const minutesAgo = (minutes: number): Temporal.Instant => NOW.subtract({ minutes })

/** A hostile text that a stranger may enter in any field. */
export const EVIL = '"><script>alert(1)</script>'

export const NODE: Site = {
  name: 'Médiathèque du Canal',
  kind: 'node',
  origin: 'https://canal.example',
  lang: 'fr',
  translation: { lang: 'en', href: '/?lang=en' },
  nav: [
    { href: '/', label: 'Accueil' },
    { href: '/cafes', label: 'Cafés à venir' },
  ],
  footerLinks: [{ href: '/api', label: 'Données et logiciels' }],
  handle: '@cafes@canal.example',
  actorHref: 'https://canal.example/actors/cafes',
  agendaHref: '/agenda.ics',
  alternates: [{ href: '/agenda.atom', type: 'application/atom+xml', title: 'Cafés à venir' }],
}

export const HUB: Site = {
  ...NODE,
  name: 'Annuaire des cafés IA',
  kind: 'hub',
  origin: 'https://annuaire.example',
  nav: [
    { href: '/', label: 'Trouver un café' },
    { href: '/organiser', label: 'Organiser' },
    { href: '/animation', label: 'Animatrices, animateurs' },
  ],
  handle: '@cafe-ia@annuaire.example',
}

export const SESSION = { name: 'Camille', isAdministrator: true, csrf: 'a1b2c3' }

export const VENUE: Venue = {
  id: undefined,
  name: 'Médiathèque du Canal',
  streetAddress: '12 quai du Canal',
  postalCode: '35000',
  commune: 'Rennes',
  codeInsee: '35238',
  departement: '35',
  region: '53',
  latitude: 48.1173,
  longitude: -1.6778,
}

/** Returns a café of 90 minutes from `start` (`2026-12-03T18:30[Europe/Paris]`). */
export function aCafe(changes: Partial<Cafe> = {}, start = '2026-12-03T18:30[Europe/Paris]'): Cafe {
  const startsAt = Temporal.ZonedDateTime.from(start)
  const id = changes.id ?? '0197a1c2-0000-7000-8000-000000000001'
  return {
    ...BLANK_CAFE,
    id,
    uri: `https://canal.example/cafes/${id}`,
    url: `https://canal.example/cafes/${id}`,
    uid: `${id}@canal.example`,
    organizationId: 'canal',
    organizer: {
      uri: 'https://canal.example/actors/cafes',
      name: 'Médiathèque du Canal',
      url: 'https://canal.example/',
    },
    publishedAt: hoursAgo(50),
    updatedAt: hoursAgo(26),
    title: 'L’IA au travail',
    summary: 'Raconter ce que l’IA change déjà dans nos métiers.',
    descriptionMarkdown: 'On essaie deux outils.',
    descriptionHtml: '<p>On essaie deux outils.</p><h3>Et ensuite</h3><p>On en parle.</p>',
    descriptionText: 'On essaie deux outils.\n\nEt ensuite\n\nOn en parle.',
    startsAt: startsAt.toInstant(),
    endsAt: startsAt.add({ minutes: 90 }).toInstant(),
    timezone: startsAt.timeZoneId,
    intentions: ['debate', 'try'],
    languages: ['fr', 'fsl'],
    phone: '02 99 00 00 00',
    venue: VENUE,
    format: 'Débat',
    themes: ['emploi'],
    audiences: ['tout public'],
    accessibility: ['mi', 'hi'],
    registration: {
      mode: 'none',
      url: undefined,
      capacity: 15,
      seatsLeft: 15,
      waitlist: false,
    },
    ...changes,
  }
}

export const listed = (cafe: Cafe, more: Partial<ListedCafe> = {}): ListedCafe => ({
  cafe,
  href: `/cafes/${cafe.id}`,
  ...more,
})

export const aPeer = (changes: Partial<Peer> = {}): Peer => ({
  id: 'peer-1',
  host: 'usine.example',
  origin: 'https://usine.example',
  actorUri: 'https://usine.example/actors/instance',
  name: 'Tiers-lieu L’Usine',
  software: 'cafe-ia',
  membership: 'member',
  following: 'accepted',
  invitation: undefined,
  requestedAt: hoursAgo(30),
  requestId: undefined,
  admittedAt: hoursAgo(20),
  lastSeenAt: hoursAgo(2),
  failingSince: undefined,
  lastError: undefined,
  silentSince: undefined,
  hiddenSince: undefined,
  backfilledAt: hoursAgo(19),
  reconciledAt: undefined,
  ...changes,
})

export const aFollowing = (changes: Partial<Following> = {}): Following & { name: string } => ({
  ...{ id: 'following-1', name: 'Annuaire de l’exemple' },
  actor: 'instance',
  address: 'https://annuaire.example',
  targetUri: undefined,
  followId: 'https://canal.example/activities/1',
  isJoin: true,
  invitation: undefined,
  state: 'asked',
  error: undefined,
  createdAt: hoursAgo(1),
  isAnswerUnread: false,
  ...changes,
})

export const A_LOGO: Logo = {
  ...{ mediaId: 'ab'.repeat(16), width: 512, height: 256, sizes: [160, 512] },
}

/** Returns a place whose profile is complete. */
export const aProfile = (): StructureProfile => ({
  name: 'Médiathèque du Canal',
  kind: 'BIB',
  siret: '13002603200016',
  rna: 'W751234567',
  address: {
    streetAddress: VENUE.streetAddress,
    postalCode: VENUE.postalCode,
    commune: VENUE.commune,
    codeInsee: VENUE.codeInsee,
    departement: VENUE.departement,
    region: VENUE.region,
  },
  phone: '02 99 12 34 56',
  email: 'une-adresse-assez-longue@mediatheque-du-canal.example',
  website: 'https://mediatheque-du-canal.example/une/page/assez/longue',
  presentationMarkdown: 'Une maison **ouverte**.',
  presentationHtml: '<p>Une maison <strong>ouverte</strong>.</p>',
  links: ['https://mastodon.example/@canal'],
  logo: A_LOGO,
  partners: [{ line: 1, name: EVIL, logo: A_LOGO }],
})

/** Returns complete legal information, with an accessibility audit that found faults. */
export const aLegalNotice = (): LegalNotice => ({
  legalName: EVIL,
  legalAddress: 'Place de la Mairie\n35000 Rennes',
  legalPhone: '02 23 62 10 10',
  publicationDirector: EVIL,
  hostName: EVIL,
  hostAddress: EVIL,
  hostPhone: '02 99 00 00 00',
  dataContact: EVIL,
  dataContactIsDpo: true,
  legalBasis: 'task',
  accessibility: 'partial',
  auditedOn: Temporal.PlainDate.from('2023-01-10'),
  auditedBy: EVIL,
  auditRate: 72.5,
  accessibilityGaps: `${EVIL}\nVidéo sans sous-titres`,
  accessibilityContact: 'acces@mediatheque.example',
  accessibilityPlan: 'https://ville.example/schema-pluriannuel',
  accessibilityActions: undefined,
  declaredOn: Temporal.PlainDate.from('2026-11-20'),
})

/** The kinds of pending tasks, without those that have rows of their own form. */
export const EVERY_TO_DO = Object.keys(messagesFor('fr').admin.home.todo).filter(
  (kind) => kind !== 'confirm' && kind !== 'legal',
) as Exclude<ToDo['kind'], 'confirm' | 'legal'>[]

export const empty = { profile: emptyProfileFor(EVIL), legal: NO_LEGAL_NOTICE }

export const site = { site: NODE, session: SESSION }
