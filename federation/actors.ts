import type { Context } from '../node/context.ts'
import type { Profile } from '../node/domain/profile.ts'
import type { Database } from '../node/store/database.ts'
import { findFirstProfile } from '../node/store/profiles.ts'
import { ACTOR_CONTEXT } from './context.ts'
import { escapeHtml } from './event-text.ts'
import type { Json } from './json.ts'
import type { ActorKeys } from './keys.ts'
import { toMultibase } from './multikey.ts'
import { actorUri, CAFES, followersUri, INSTANCE, NATIONAL, sharedInboxUri } from './uris.ts'

/** The actors that this server has, whether or not anyone follows them yet. */
export type OwnActor = {
  identifier: string
  type: 'Application' | 'Group'
  name: string
  summaryHtml: string
  /** Where to find the place, a row per fact (Mastodon's profile fields). */
  facts: readonly { name: string; value: string }[]
}

/** A directory has its national feed beside the two that every server has. */
export async function findOwnActor(
  { db, config, isDirectory }: Context,
  identifier: string,
  trx: Database = db,
): Promise<OwnActor | undefined> {
  const { host } = new URL(config.origin)
  const profile = await findFirstProfile(trx)
  const name = profile?.name ?? host
  const facts = profile ? factsOf(profile) : []
  if (identifier === INSTANCE)
    return {
      identifier,
      type: 'Application',
      name,
      summaryHtml: `<p>Le serveur de ${escapeHtml(name)}, du réseau des cafés IA.</p>`,
      facts,
    }
  if (identifier === CAFES)
    return {
      identifier,
      type: 'Group',
      name: `Cafés IA – ${name}`,
      summaryHtml: `<p>Les cafés IA de ${escapeHtml(name)} : des rencontres gratuites pour parler d’intelligence artificielle. Suivez ce compte pour connaître les prochaines dates. Personne ne lit les réponses ici : pour une question, écrivez au lieu.</p>${profile?.presentationHtml ?? ''}`,
      facts,
    }
  if (identifier === NATIONAL && isDirectory)
    return {
      identifier,
      type: 'Group',
      name: `Cafés IA – ${name}`,
      summaryHtml:
        '<p>Tous les cafés IA de l’annuaire : des rencontres gratuites pour parler d’intelligence artificielle, partout en France. Personne ne lit les réponses ici.</p>',
      facts: [],
    }
  return undefined
}

/** Mastodon shows the first four; a value is HTML. */
function factsOf({ address, website, email, phone }: Profile): OwnActor['facts'] {
  const street = address?.streetAddress && `${address.streetAddress}, `
  const town = address && [address.postalCode, address.commune].filter(Boolean).join(' ')
  const link = (href: string, words: string) =>
    `<a href="${escapeHtml(href)}" rel="nofollow noopener noreferrer">${escapeHtml(words)}</a>`
  return [
    { name: 'Adresse', value: address && escapeHtml(`${street ?? ''}${town}`) },
    { name: 'Site web', value: website && link(website, website) },
    { name: 'E-mail', value: email && escapeHtml(email) },
    { name: 'Téléphone', value: phone && escapeHtml(phone) },
  ].flatMap(({ name, value }) => (value ? [{ name, value }] : []))
}

/** The actor document; keys as FEP-521a wants them, and `publicKey` one object (Mobilizon reads no list). */
export function toActorJson(actor: OwnActor, keys: ActorKeys, origin: string): Json {
  const id = actorUri(origin, actor.identifier)
  return {
    '@context': ACTOR_CONTEXT,
    id,
    type: actor.type,
    preferredUsername: actor.identifier,
    webfinger: `${actor.identifier}@${new URL(origin).host}`,
    name: actor.name,
    summary: actor.summaryHtml,
    url: `${origin}/`,
    attachment: actor.facts.map((fact) => ({ type: 'PropertyValue', ...fact })),
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: followersUri(origin, actor.identifier),
    following: `${id}/following`,
    featured: `${id}/featured`,
    upcomingEvents: `${id}/upcoming`,
    endpoints: { sharedInbox: sharedInboxUri(origin) },
    icon: { type: 'Image', mediaType: 'image/png', url: `${origin}/public/icon.png` },
    discoverable: true,
    indexable: true,
    manuallyApprovesFollowers: false,
    publicKey: { id: keys.rsa.keyId, owner: id, publicKeyPem: keys.rsa.publicPem },
    assertionMethod: [
      {
        id: keys.ed25519.keyId,
        type: 'Multikey',
        controller: id,
        publicKeyMultibase: toMultibase(keys.ed25519.publicKey),
      },
    ],
    generator: {
      type: 'Application',
      id: actorUri(origin, INSTANCE),
      implements: [
        { href: 'https://datatracker.ietf.org/doc/html/rfc9421', name: 'RFC-9421' },
        {
          href: 'https://datatracker.ietf.org/doc/html/rfc9421#name-eddsa-using-curve-edwards25',
          name: 'Ed25519',
        },
      ],
    },
  }
}
