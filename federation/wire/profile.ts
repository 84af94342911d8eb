import {
  CONTACT_WAYS,
  FACILITATOR_FIELDS,
  FACILITATOR_STATUSES,
  FACILITATOR_TITLES,
  type Facilitator,
  type FacilitatorContent,
  type FacilitatorField,
  type FieldLevels,
  type Level,
  levelOf,
  TRAININGS,
  visibleTo,
} from '../../node/domain/facilitators/facilitator.ts'
import { CLAIMED_MANDATES, parseMandateUri } from '../../node/domain/referents/mandate-address.ts'
import { isEmail, isPhone } from '../../node/domain/values/contact.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'
import { toWebAddress } from '../../node/domain/values/web-address.ts'
import { cleanLines, cleanText } from '../../node/formats/text/clean-text.ts'
import { toAskedPolicy } from './consent.ts'
import { FACILITATOR_CONTEXT, PUBLIC } from './context.ts'
import { idOf, isObject, type Json, originOf, textOf, toList } from './json.ts'
import { readInstant } from './read-event.ts'
import { actorUri, CAFES } from './uris.ts'

/**
 * A person who leads cafés, on the wire: a `Profile` of ActivityStreams. It has only what this reader may know, and
 * only while the person agrees: it is made at each request, and its text is stored nowhere.
 */

/**
 * Who reads a profile. `network` stands for the directories that this site has joined, which show it to structures and
 * not to everybody.
 */
export type FacilitatorProfileReader = 'public' | 'network'

/** Returns our own profile as JSON without its proof; undefined when this reader may not know it. */
export function toFacilitatorProfile(
  facilitator: Facilitator,
  {
    reader,
    origin,
    cafes,
    directories = [],
    now,
  }: {
    reader: FacilitatorProfileReader
    /** The `instance` of each directory that it is for, among those that the person agreed to. */
    directories?: readonly string[]
    origin: string
    /** The addresses of the coming cafés that the person leads. */
    cafes: readonly string[]
    now: Temporal.Instant
  },
): Json | undefined {
  const seen = visibleTo(facilitator, reader, now)
  if (!seen?.consentedAt || !seen.expiresAt) return undefined
  const isPublic = facilitator.level === 'public'
  const to = [...(isPublic ? [PUBLIC] : []), ...directories]
  return {
    '@context': FACILITATOR_CONTEXT,
    id: seen.uri,
    type: 'Profile',
    url: seen.url,
    attributedTo: actorUri(origin, CAFES),
    ...(to.length > 0 && { to }),
    ...(isPublic && toAskedPolicy(actorUri(origin, CAFES), 'quote', 'feature')),
    ...(isPublic && seen.fediverse && seen.actorUri && { describes: seen.actorUri }),
    name: seen.name,
    ...(seen.presentation && { summary: presentationHtml(seen.presentation) }),
    word: seen.word,
    ...optional('territory', seen.territory),
    ...optional('radiusKm', seen.radiusKm),
    formats: seen.formats,
    themes: seen.themes,
    languages: seen.languages,
    ...optional('occupation', seen.status),
    ...optional('training', seen.training),
    ...optional('trainedOn', seen.trainedOn),
    ...optional('availability', seen.availability),
    ...optional('presentation', seen.presentation),
    contactBy: seen.contact,
    ...optional('contact', seen.shownContact),
    ...(seen.photo && { image: toImage(seen.photo) }),
    facilitates: cafes,
    ...(isPublic && seen.mandates.length > 0 && { mandates: seen.mandates }),
    visibility: facilitator.level,
    networkFields: isPublic && reader === 'network' ? networkFieldsOf(facilitator) : [],
    published: seen.consentedAt.toString(),
    updated: seen.updatedAt.toString(),
    validUntil: seen.expiresAt.toString(),
  }
}

const optional = (name: string, value: unknown): Json =>
  value === undefined ? {} : { [name]: value }

const presentationHtml = (text: string): string =>
  `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`

const toImage = ({ url, alt, width, height }: NonNullable<FacilitatorContent['photo']>): Json => ({
  type: 'Image',
  mediaType: 'image/jpeg',
  url,
  name: alt,
  ...optional('width', width),
  ...optional('height', height),
})

/** Returns the fields of a public profile that are for structures only. */
const networkFieldsOf = (facilitator: Facilitator): FacilitatorField[] =>
  FACILITATOR_FIELDS.filter((field) => levelOf(facilitator, field) === 'network')

/** What another site says of one of its people, cleaned. The place on the map is looked up by the code alone. */
export type ReadFacilitatorProfile = Omit<
  FacilitatorContent,
  'departement' | 'region' | 'latitude' | 'longitude' | 'photo'
> & {
  uri: string
  handle: string
  url: string
  actorUri: string | undefined
  /** The picture is fetched and shown from here: browsers load nothing from another site. */
  photo: { url: string; alt: string } | undefined
  level: Exclude<Level, 'nobody'>
  fieldLevels: FieldLevels
  /** The mandates of directories that the profile names as its person's. */
  mandates: string[]
  /** Addresses of cafés of the same site. */
  cafes: string[]
  consentedAt: Temporal.Instant
  updatedAt: Temporal.Instant
  expiresAt: Temporal.Instant
}

const NAME_MAX = 80
const WORD_MAX = 60
const LIST_MAX = 12
/** The maximum number of words that are read of a list, however long it is, since cleaning each of them costs time. */
const WORDS_READ = 100
const LINE_MAX = 200
const PRESENTATION_MAX = 600
const ALT_MAX = 500
/** The largest radius that is believed, in kilometres: nobody travels further for an evening. */
const RADIUS_MAX = 200
const CAFES_MAX = 200
/** The longest consent: a year, and a day because clocks differ. */
const CONSENT_MAX_HOURS = 366 * 24
const FUTURE_TOLERANCE = { hours: 1 }

/**
 * Reads a Profile in our own terms. It is refused, with the reason, when it is not on the site that says it, has no
 * name, has no end or an end that has passed, or is for a circle that we do not know, so that nothing is ever shown to
 * more people than was meant.
 */
export function fromFacilitatorProfile(
  profile: Json,
  now: Temporal.Instant,
): ReadFacilitatorProfile | { refused: string } {
  const uri = textOf(profile.id)
  const origin = originOf(uri)
  if (!uri || !origin || !toList(profile.type).includes('Profile')) return { refused: 'no Profile' }
  const [, handle] = /^\/animation\/([a-z0-9][a-z0-9-]{0,79})$/.exec(uri.slice(origin.length)) ?? []
  if (handle === undefined) return { refused: 'not the address of a profile' }
  const owners = toList(profile.attributedTo).map(idOf)
  if (owners.length === 0 || owners.some((owner) => originOf(owner) !== origin))
    return { refused: 'attributed to another server' }
  const name = lineOf(profile.name, NAME_MAX)
  if (!name) return { refused: 'no name' }
  const level = choiceOf(profile.visibility, ['public', 'network'] as const)
  const networkFields = toList(profile.networkFields)
  if (!level || networkFields.some((field) => !isField(field)))
    return { refused: 'for a circle that is not known here' }
  const consentedAt = readInstant(profile.published)
  const updatedAt = readInstant(profile.updated)
  const until = readInstant(profile.validUntil)
  if (!consentedAt || !updatedAt || !until) return { refused: 'without its dates' }
  if (isAfter(updatedAt, now.add(FUTURE_TOLERANCE)) || isAfter(consentedAt, updatedAt))
    return { refused: 'dated in the future' }
  if (!isAfter(until, now)) return { refused: 'its consent has ended' }
  const longest = now.add({ hours: CONSENT_MAX_HOURS })
  const contact = choiceOf(profile.contactBy, CONTACT_WAYS) ?? 'none'
  const shownContact = contact === 'shown' ? contactOf(profile.contact) : undefined
  return {
    uri,
    handle,
    url: ownAddress(profile.url, origin) ?? uri,
    actorUri: ownAddress(profile.describes, origin),
    name,
    word: choiceOf(profile.word, FACILITATOR_TITLES) ?? 'neutre',
    territory: lineOf(profile.territory, 20),
    radiusKm: radiusOf(profile.radiusKm),
    formats: wordsOf(profile.formats),
    themes: wordsOf(profile.themes),
    languages: wordsOf(profile.languages).filter((tag) => LANGUAGE.test(tag)),
    status: choiceOf(profile.occupation, FACILITATOR_STATUSES),
    training: choiceOf(profile.training, TRAININGS),
    trainedOn: /^20\d\d-(?:0[1-9]|1[0-2])$/.exec(textOf(profile.trainedOn) ?? '')?.[0],
    availability: lineOf(profile.availability, LINE_MAX),
    presentation: cleanLines(textOf(profile.presentation) ?? '', PRESENTATION_MAX) || undefined,
    contact: contact === 'shown' && !shownContact ? 'none' : contact,
    shownContact,
    photo: photoOf(profile.image, origin),
    level,
    fieldLevels:
      level === 'public'
        ? Object.fromEntries(networkFields.map((field) => [field, 'network']))
        : {},
    mandates: level === 'public' ? mandatesOf(profile.mandates) : [],
    cafes: cafesOf(profile.facilitates, origin),
    consentedAt,
    updatedAt,
    expiresAt: isAfter(until, longest) ? longest : until,
  }
}

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

const isField = (value: unknown): value is FacilitatorField =>
  FACILITATOR_FIELDS.some((field) => field === value)

const choiceOf = <const Value extends string>(
  value: unknown,
  among: readonly Value[],
): Value | undefined => among.find((one) => one === value)

const lineOf = (value: unknown, max: number): string | undefined =>
  cleanText(textOf(value) ?? '', max) || undefined

const wordsOf = (value: unknown): string[] => {
  const words = toList(value)
    .slice(0, WORDS_READ)
    .flatMap((item) => lineOf(item, WORD_MAX) ?? [])
  return [...new Set(words)].slice(0, LIST_MAX)
}

const radiusOf = (value: unknown): number | undefined =>
  Number.isInteger(value) && Number(value) >= 0 ? Math.min(Number(value), RADIUS_MAX) : undefined

const contactOf = (value: unknown): string | undefined => {
  const text = lineOf(value, 254)
  return text && (isEmail(text) || isPhone(text)) ? text : undefined
}

/** Returns a web address of the same site; undefined for any other. */
const ownAddress = (value: unknown, origin: string): string | undefined => {
  const address = toWebAddress(idOf(toList(value)[0]) ?? '')
  return address && address.length <= 500 && originOf(address) === origin ? address : undefined
}

/** Returns the photo; undefined without its alternative text, since it would not be shown. */
function photoOf(value: unknown, origin: string): ReadFacilitatorProfile['photo'] {
  const image = toList(value).find(isObject)
  const url = ownAddress(image?.url, origin)
  const alt = lineOf(image?.name, ALT_MAX)
  return url && alt ? { url, alt } : undefined
}

const cafesOf = (value: unknown, origin: string): string[] =>
  [...new Set(toList(value).flatMap((item) => idOf(item) ?? []))]
    .filter((uri) => uri.length <= 500 && originOf(uri) === origin)
    .slice(0, CAFES_MAX)

const mandatesOf = (value: unknown): string[] =>
  [...new Set(toList(value).flatMap((item) => idOf(item) ?? []))]
    .slice(0, CLAIMED_MANDATES)
    .filter((uri) => uri.length <= 500 && parseMandateUri(uri) !== undefined)

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0
