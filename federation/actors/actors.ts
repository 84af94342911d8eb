import type { Context } from '../../node/context.ts'
import type { StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'
import { ICON_SIDE, iconName } from '../../node/domain/values/logo.ts'
import { hasUnsettledWords } from '../../node/store/backup/unsent-edits.ts'
import { toInstantText } from '../../node/store/database/columns.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findFeed } from '../../node/store/feeds/feeds.ts'
import { listFormerOrigins } from '../../node/store/moves/moves.ts'
import { findHosted } from '../../node/store/structures/hosted.ts'
import {
  findSiteProfile,
  findSiteProfileTime,
  findStructureProfile,
} from '../../node/store/structures/profiles.ts'
import type { ActorKeys } from '../services.ts'
import { toAskedPolicy, toOpenPolicy } from '../wire/consent.ts'
import { ACTOR_CONTEXT } from '../wire/context.ts'
import type { Json } from '../wire/json.ts'
import { toMultibase } from '../wire/multikey.ts'
import { addProof } from '../wire/proof.ts'
import {
  actorUri,
  CAFES,
  facilitatorActorUri,
  followersUri,
  INSTANCE,
  sharedInboxUri,
} from '../wire/uris.ts'
import { findFacilitatorBehind, toFacilitatorActor } from './facilitator-actor.ts'
import { countsOfFeed, toFeedActor } from './feed-actor.ts'
import type { OwnActor } from './own-actor.ts'

/**
 * Finds one of our actors by its identifier: `instance`, `cafes`, a structure that this site hosts, a feed of a directory (by its own name, never by an
 * alias), or a person who agreed to be followed. Undefined when there is none.
 */
export async function findOwnActor(
  context: ActorContext,
  identifier: string,
  trx: Database = context.db,
): Promise<OwnActor | undefined> {
  const actor = await findActorHere(context, identifier, trx)
  const former = actor ? await listFormerOrigins(trx) : []
  if (!actor || former.length === 0) return actor
  return { ...actor, formerUris: former.map((origin) => actorUri(origin, identifier)) }
}

type ActorContext = Pick<Context, 'db' | 'config' | 'now' | 'isDirectory'>

async function findActorHere(
  context: ActorContext,
  identifier: string,
  trx: Database,
): Promise<OwnActor | undefined> {
  const { config, isDirectory } = context
  const { host } = new URL(config.origin)
  const profile = await findSiteProfile(trx)
  const name = profile?.name ?? host
  const facts = profile ? factsOf(profile) : []
  const logo = profile?.logo
  if (identifier === INSTANCE)
    return {
      identifier,
      type: 'Application',
      name,
      summaryHtml: `<p>Le serveur de ${escapeHtml(name)}, du réseau des cafés IA.</p>`,
      facts,
      logo,
    }
  if (identifier === CAFES)
    return {
      identifier,
      type: 'Group',
      name: `${NAME_BEFORE}${name}`,
      summaryHtml: cafesSummary(name, profile),
      facts,
      logo,
      structure: profile,
      updatedAt: (await hasUnsettledWords(trx)) ? undefined : await findSiteProfileTime(trx),
    }
  const hosted = await findHosted(trx, { slug: identifier })
  if (hosted) {
    const isThere = !hosted.suspension && hosted.closing?.past !== 'gone'
    return isThere ? findHostedActor(trx, hosted) : undefined
  }
  const feed = isDirectory ? await findFeed(trx, identifier) : undefined
  if (feed?.name === identifier) return { ...toFeedActor(feed, name), logo }
  const person = await findFacilitatorBehind(context, identifier, trx)
  return person && toFacilitatorActor(person)
}

/** Makes the actor of a structure that this site hosts. */
async function findHostedActor(
  trx: Database,
  { id, slug, name }: { id: string; slug: string; name: string },
): Promise<OwnActor> {
  const profile = await findStructureProfile(trx, id)
  return {
    identifier: slug,
    type: 'Group',
    name: `${NAME_BEFORE}${name}`,
    summaryHtml: cafesSummary(name, profile),
    facts: profile ? factsOf(profile) : [],
    logo: profile?.logo,
    structure: profile,
    path: `/structures/${slug}`,
  }
}

const cafesSummary = (name: string, profile: StructureProfile | undefined): string =>
  `<p>Les cafés IA de ${escapeHtml(name)} : des rencontres gratuites pour parler d’intelligence artificielle. Suivez ce compte pour connaître les prochaines dates. Personne ne lit les réponses ici : pour une question, écrivez au lieu.</p>${profile?.presentationHtml ?? ''}`

/** What stands before the name of a structure in that of its account. */
const NAME_BEFORE = 'Cafés IA – '

/** Returns the name of a structure, from that of its account. */
export const nameOfAccount = (name: string): string =>
  name.startsWith(NAME_BEFORE) ? name.slice(NAME_BEFORE.length) : name

/** Adds to a feed's actor the counts that change from day to day; any other actor is returned as it is. */
export async function describeActor(
  { db, config, now }: Context,
  actor: OwnActor,
): Promise<OwnActor> {
  const feed =
    actor.identifier === CAFES || actor.identifier === INSTANCE
      ? undefined
      : await findFeed(db, actor.identifier)
  if (!feed) return actor
  return { ...actor, facts: await countsOfFeed(db, feed, { origin: config.origin, now: now() }) }
}

export const [EMAIL_FACT, PHONE_FACT] = ['E-mail', 'Téléphone'] as const

/** Returns the facts of a profile as rows of name and value. Values are HTML; Mastodon shows the first four rows. */
function factsOf({ address, website, email, phone }: StructureProfile): OwnActor['facts'] {
  const street = address?.streetAddress && `${address.streetAddress}, `
  const town = address && [address.postalCode, address.commune].filter(Boolean).join(' ')
  const link = (href: string, words: string) =>
    `<a href="${escapeHtml(href)}" rel="nofollow noopener noreferrer">${escapeHtml(words)}</a>`
  return [
    { name: 'Adresse', value: address && escapeHtml(`${street ?? ''}${town}`) },
    { name: 'Site web', value: website && link(website, website) },
    { name: EMAIL_FACT, value: email && escapeHtml(email) },
    { name: PHONE_FACT, value: phone && escapeHtml(phone) },
  ].flatMap(({ name, value }) => (value ? [{ name, value }] : []))
}

/**
 * Returns the icon of an actor. Each logo has another address, since servers fetch the picture of an address only once.
 */
const toIcon = ({ logo, name, picture }: OwnActor, origin: string): Json => {
  if (picture)
    return { type: 'Image', mediaType: 'image/jpeg', name: picture.alt, url: picture.url }
  return logo
    ? {
        type: 'Image',
        mediaType: 'image/png',
        name,
        url: `${origin}/media/${iconName(logo.mediaId)}`,
        ...{ width: ICON_SIDE, height: ICON_SIDE },
      }
    : { type: 'Image', mediaType: 'image/png', url: `${origin}/public/icon.png` }
}

/** Returns the structure's kind, website and address as JSON; `read-structures.ts` reads it back. */
const toStructureJson = ({ kind, address, website }: NonNullable<OwnActor['structure']>): Json => ({
  ...(kind && { kind }),
  ...(website && { website }),
  ...(address && {
    address: {
      type: 'PostalAddress',
      streetAddress: address.streetAddress,
      postalCode: address.postalCode,
      addressLocality: address.commune,
      inseeCode: address.codeInsee,
    },
  }),
})

/** Only the latest leaked keys are listed, since readers take no more of them. */
const LEAKED_LISTED = 8

/**
 * Returns who may list an account in a collection: everybody, that of a place or a feed, which is there to be passed on;
 * that of a person, whom one asks.
 */
export const policyOf = ({ type, identifier }: OwnActor, origin: string): Json =>
  type === 'Person'
    ? toAskedPolicy(actorUri(origin, identifier), 'feature')
    : toOpenPolicy('feature')

/**
 * Returns the actor document. Keys are given as FEP-521a asks, and `publicKey` is one object, because Mobilizon reads
 * no list. A former RSA key is listed in `assertionMethod`, beside the keys for proofs, until it is given up.
 */
export function toActorJson(actor: OwnActor, keys: ActorKeys, origin: string): Json {
  const id = actorUri(origin, actor.identifier)
  return {
    '@context': ACTOR_CONTEXT,
    id,
    type: actor.type,
    ...(actor.updatedAt && { updated: toInstantText(actor.updatedAt) }),
    preferredUsername: actor.username ?? actor.identifier,
    webfinger: `${actor.username ?? actor.identifier}@${new URL(origin).host}`,
    name: actor.name,
    summary: actor.summaryHtml,
    url: `${origin}${actor.path ?? '/'}`,
    attachment: actor.facts.map((fact) => ({ type: 'PropertyValue', ...fact })),
    ...(actor.structure && toStructureJson(actor.structure)),
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: followersUri(origin, actor.identifier),
    following: `${id}/following`,
    featured: `${id}/featured`,
    upcomingEvents: `${id}/upcoming`,
    ...(actor.listsPlaces && { featuredCollections: `${id}/collections` }),
    ...(actor.identifier === INSTANCE && { facilitators: facilitatorActorUri(origin) }),
    endpoints: { sharedInbox: sharedInboxUri(origin) },
    icon: toIcon(actor, origin),
    ...(actor.formerUris && { alsoKnownAs: actor.formerUris }),
    discoverable: true,
    indexable: true,
    manuallyApprovesFollowers: false,
    ...policyOf(actor, origin),
    publicKey: { id: keys.rsa.keyId, owner: id, publicKeyPem: keys.rsa.publicPem },
    assertionMethod: [...keys.proofKeys, ...keys.former].map(({ keyId, publicKey }) => ({
      id: keyId,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: toMultibase(publicKey),
    })),
    ...(keys.leaked.length > 0 && { revokedKeys: keys.leaked.slice(-LEAKED_LISTED) }),
    generator: {
      type: 'Application',
      id: actorUri(origin, INSTANCE),
      implements: [
        {
          href: 'https://datatracker.ietf.org/doc/html/rfc9421',
          name: 'RFC-9421: HTTP Message Signatures',
        },
        {
          href: 'https://datatracker.ietf.org/doc/html/rfc9421#name-eddsa-using-curve-edwards25',
          name: 'RFC-9421 signatures using the Ed25519 algorithm',
        },
      ],
    },
  }
}

/**
 * Returns the actor document as it is given at its address: that of a structure with a proof, dated when its profile was
 * last changed, by which a directory gives it back after a restore.
 */
export function signedActorJson(actor: OwnActor, keys: ActorKeys, origin: string): Json {
  const document = toActorJson(actor, keys, origin)
  return actor.updatedAt ? addProof(document, keys.ed25519.signer, actor.updatedAt) : document
}
