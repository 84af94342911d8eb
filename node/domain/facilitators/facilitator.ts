import type { CafeImage } from '../values/image.ts'
import { CONSENT_DAYS } from '../values/retention.ts'

/** Animatrice, animateur, or neither of them: the person chooses the title of their own role. */
export const FACILITATOR_TITLES = ['animatrice', 'animateur', 'neutre'] as const
export type FacilitatorTitle = (typeof FACILITATOR_TITLES)[number]

/**
 * How many people who ask by themselves may wait for the team: with addresses of one domain, which may be that of a mail
 * provider, and in all. A place has a few.
 */
export const PROFILES_ASKED = { ofDomain: 100, inAll: 300 }

export const FACILITATOR_STATUSES = [
  'conseiller-numerique',
  'mediateur',
  'benevole',
  'agent',
  'autre',
] as const
export type FacilitatorStatus = (typeof FACILITATOR_STATUSES)[number]

export const TRAININGS = ['none', 'enrolled', 'in-progress', 'trained'] as const
export type Training = (typeof TRAININGS)[number]

/** A form that hides the address, the address itself, or neither. */
export const CONTACT_WAYS = ['relay', 'shown', 'none'] as const
export type ContactWay = (typeof CONTACT_WAYS)[number]

/** Who may see something, the widest first: everybody, the structures of the network, or the team of the site alone. */
export const LEVELS = ['public', 'network', 'nobody'] as const
export type Level = (typeof LEVELS)[number]

/**
 * The fields that a person may show to fewer people than their profile. The name and the title are the profile itself
 * and are not among them.
 */
export const FACILITATOR_FIELDS = [
  'territory',
  'radiusKm',
  'formats',
  'themes',
  'languages',
  'status',
  'training',
  'availability',
  'presentation',
  'photo',
  'contact',
] as const
export type FacilitatorField = (typeof FACILITATOR_FIELDS)[number]
export type FieldLevels = Partial<Record<FacilitatorField, Level>>

/** What a person says about themselves. */
export type FacilitatorContent = {
  /** The name by which they want to be called; it may be a pseudonym. */
  name: string
  word: FacilitatorTitle
  /**
   * Code of the territory where they lead cafés: `c-35238`, `e-243500139`, `35`, `r-53`. Undefined while it is unknown
   * or hidden.
   */
  territory: string | undefined
  departement: string | undefined
  region: string | undefined
  /** The middle of the territory, and never where the person lives. */
  latitude: number | undefined
  longitude: number | undefined
  /** How far from the middle of the territory they travel, in kilometres. */
  radiusKm: number | undefined
  formats: string[]
  themes: string[]
  /** BCP 47 tags. */
  languages: string[]
  status: FacilitatorStatus | undefined
  training: Training | undefined
  /** The month, as `YYYY-MM`, since which they are trained. */
  trainedOn: string | undefined
  availability: string | undefined
  /** Plain text. */
  presentation: string | undefined
  photo: Omit<CafeImage, 'credit' | 'focalPoint'> | undefined
  contact: ContactWay
  /** Their e-mail address or telephone number, only where they show it. */
  shownContact: string | undefined
}

/**
 * `invited` has written nothing yet; `unpublished` took the profile back but keeps it; `expired` did not renew the
 * consent in time; `hidden` is published at another site, and the team of this directory does not show it.
 */
export type FacilitatorState =
  | 'invited'
  | 'draft'
  | 'published'
  | 'unpublished'
  | 'expired'
  | 'hidden'

/** A person who leads cafés, ours or another server's, with who may see what. */
export type Facilitator = FacilitatorContent & {
  /** This server's own UUID v7. */
  id: string
  /**
   * The last segment of the address that identifies the profile and its account. It is random, so that it says nothing
   * of the person.
   */
  handle: string
  /** The last segment that the person chose for the address of their page, which is also the name of their account. */
  alias: string | undefined
  /** `{origin}/animation/{handle}`, which identifies the profile for ever. */
  uri: string
  /** `{origin}/animation/{alias}`, or the same as `uri`. */
  url: string
  /** `{origin}/actors/{handle}` of a person who may be followed. */
  actorUri: string | undefined
  /** Our organisation; undefined for a person of another server. */
  organizationId: string | undefined
  /** The server it comes from; undefined when it is ours. */
  peerId: string | undefined
  level: Level
  fieldLevels: FieldLevels
  /**
   * Hosts of the directories in which the person agreed to be: among all that this site joins, only these are told of
   * them.
   */
  directories: string[]
  /** Addresses of the mandates that the profile names as its person's; only where everybody may see it. */
  mandates: string[]
  /** Whether the person may be followed from Mastodon and compatible software. */
  fediverse: boolean
  state: FacilitatorState
  /** When the team accepted the person; undefined for a person who asked by themselves and waits. */
  approvedAt: Temporal.Instant | undefined
  consentedAt: Temporal.Instant | undefined
  expiresAt: Temporal.Instant | undefined
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

/** The public cafés that a person led until now: how many took place, and when the first one did. */
export type LedCafes = { total: number; first: Temporal.Instant }

/** Returns when an agreement that is given now ends: 365 days later. */
export const consentEnd = (now: Temporal.Instant): Temporal.Instant =>
  now.add({ hours: CONSENT_DAYS.kept * 24 })

/** Who looks: anybody, a structure of the network, or the person and the team of their site. */
export type Audience = 'public' | 'network' | 'own'

/** Returns the narrower of two levels. */
const narrower = (one: Level, other: Level): Level =>
  LEVELS.indexOf(one) > LEVELS.indexOf(other) ? one : other

/** Returns the level of a field, which is never wider than that of the profile. */
export const levelOf = (
  { level, fieldLevels }: Pick<Facilitator, 'level' | 'fieldLevels'>,
  field: FacilitatorField,
): Level => narrower(level, fieldLevels[field] ?? level)

/** Returns whether a part of the profile is for the structures of the network and not for everybody. */
export const hasNetworkFields = (
  facilitator: Pick<Facilitator, 'level' | 'fieldLevels'>,
): boolean => FACILITATOR_FIELDS.some((field) => levelOf(facilitator, field) === 'network')

const isSeenBy = (level: Level, audience: Audience): boolean =>
  audience === 'own' || level === 'public' || (level === 'network' && audience === 'network')

/**
 * Returns whether this audience may read the profile: it is published, its consent has not expired, and its level is
 * wide enough.
 */
export const isShownTo = (
  facilitator: Pick<Facilitator, 'state' | 'expiresAt' | 'level'>,
  audience: Audience,
  now: Temporal.Instant,
): boolean =>
  facilitator.state === 'published' &&
  !isExpired(facilitator, now) &&
  isSeenBy(facilitator.level, audience)

const isExpired = ({ expiresAt }: Pick<Facilitator, 'expiresAt'>, now: Temporal.Instant): boolean =>
  expiresAt !== undefined && Temporal.Instant.compare(expiresAt, now) <= 0

/**
 * Returns the profile as this audience may read it, without anything else in it; undefined when it may not read it at
 * all. For `own` it is whole, whatever its state.
 */
export function visibleTo<Profile extends Facilitator>(
  facilitator: Profile,
  audience: Audience,
  now: Temporal.Instant,
): Profile | undefined {
  if (audience === 'own') return facilitator
  return isShownTo(facilitator, audience, now)
    ? selectShownFields(facilitator, audience)
    : undefined
}

/** Returns what a profile would show once published; the person agrees to this preview. */
export const selectShownFields = <Profile extends Facilitator>(
  facilitator: Profile,
  audience: Audience,
): Profile => {
  const hidden = FACILITATOR_FIELDS.filter(
    (field) => !isSeenBy(levelOf(facilitator, field), audience),
  )
  return Object.assign({}, facilitator, ...hidden.map((field) => HIDDEN[field]))
}

const HIDDEN: Record<FacilitatorField, Partial<FacilitatorContent>> = {
  territory: {
    territory: undefined,
    departement: undefined,
    region: undefined,
    latitude: undefined,
    longitude: undefined,
    radiusKm: undefined,
  },
  radiusKm: { radiusKm: undefined },
  formats: { formats: [] },
  themes: { themes: [] },
  languages: { languages: [] },
  status: { status: undefined },
  training: { training: undefined, trainedOn: undefined },
  availability: { availability: undefined },
  presentation: { presentation: undefined },
  photo: { photo: undefined },
  contact: { contact: 'none', shownContact: undefined },
}

/**
 * Why a profile cannot be published yet. The mailbox must be confirmed where mail works. Elsewhere nothing is sent to
 * it, and a link that the team hands over proves nothing about it.
 */
export type PublishingGap = 'name' | 'territory' | 'adult' | 'approval' | 'mail' | 'alias' | 'moves'

/**
 * Returns what a profile still lacks before it may be published, in the order in which the page names it; an empty list
 * where it may be.
 */
export function publishingGaps(
  facilitator: Pick<Facilitator, 'name' | 'territory' | 'approvedAt'>,
  {
    isAdult,
    isMailConfirmed,
    mailWorks,
    isAliasFree,
    hasMovedOften = false,
  }: {
    isAdult: boolean
    isMailConfirmed: boolean
    mailWorks: boolean
    isAliasFree: boolean
    /** Whether the alias has changed as often as it may in a day. */
    hasMovedOften?: boolean
  },
): PublishingGap[] {
  const gaps: [PublishingGap, boolean][] = [
    ['name', facilitator.name === ''],
    ['territory', facilitator.territory === undefined],
    ['adult', !isAdult],
    ['approval', facilitator.approvedAt === undefined],
    ['mail', mailWorks && !isMailConfirmed],
    ['alias', !isAliasFree],
    ['moves', hasMovedOften],
  ]
  return gaps.filter(([, isOpen]) => isOpen).map(([gap]) => gap)
}
