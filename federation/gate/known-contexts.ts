import {
  ACTIVITY_STREAMS,
  ACTOR_CONTEXT,
  CONSENT_CONTEXT,
  CONTEXT,
  DATA_INTEGRITY,
  FACILITATOR_CONTEXT,
  FOLLOW_CONTEXT,
  NETWORK_CONTEXT,
  REPORT_CONTEXT,
} from '../wire/context.ts'

/**
 * Contexts under which each term that we read means what it means in ours, so that such a document is read as plain
 * JSON. Any other goes through JSON-LD, with the same result (test/federation/gate/fast-path.test.ts checks this for
 * every known software).
 */

/** The context of statuses of Mastodon 4. */
const MASTODON = [
  'https://www.w3.org/ns/activitystreams',
  {
    ostatus: 'http://ostatus.org#',
    atomUri: 'ostatus:atomUri',
    inReplyToAtomUri: 'ostatus:inReplyToAtomUri',
    conversation: 'ostatus:conversation',
    sensitive: 'as:sensitive',
    toot: 'http://joinmastodon.org/ns#',
    votersCount: 'toot:votersCount',
  },
]

/** The context of Mobilizon 5. */
const MOBILIZON = [
  'https://www.w3.org/ns/activitystreams',
  'https://litepub.social/litepub/context.jsonld',
  {
    mz: 'https://joinmobilizon.org/ns#',
    sc: 'http://schema.org#',
    pt: 'https://joinpeertube.org/ns#',
    ical: 'http://www.w3.org/2002/12/cal/ical#',
    Hashtag: 'as:Hashtag',
    PostalAddress: 'sc:PostalAddress',
    address: {
      '@id': 'sc:address',
      '@type': 'sc:PostalAddress',
    },
    addressCountry: 'sc:addressCountry',
    addressLocality: 'sc:addressLocality',
    addressRegion: 'sc:addressRegion',
    postalCode: 'sc:postalCode',
    streetAddress: 'sc:streetAddress',
    maximumAttendeeCapacity: 'sc:maximumAttendeeCapacity',
    remainingAttendeeCapacity: 'sc:remainingAttendeeCapacity',
    inLanguage: 'sc:inLanguage',
    joinMode: {
      '@id': 'mz:joinMode',
      '@type': 'mz:joinModeType',
    },
    joinModeType: {
      '@id': 'mz:joinModeType',
      '@type': 'rdfs:Class',
    },
    anonymousParticipationEnabled: {
      '@id': 'mz:anonymousParticipationEnabled',
      '@type': 'sc:Boolean',
    },
    participantCount: {
      '@id': 'mz:participantCount',
      '@type': 'sc:Integer',
    },
    isOnline: {
      '@id': 'mz:isOnline',
      '@type': 'sc:Boolean',
    },
    timezone: {
      '@id': 'mz:timezone',
      '@type': 'sc:Text',
    },
    commentsEnabled: {
      '@id': 'pt:commentsEnabled',
      '@type': 'sc:Boolean',
    },
    repliesModerationOption: {
      '@id': 'mz:repliesModerationOption',
      '@type': 'mz:repliesModerationOptionType',
    },
    uuid: 'sc:identifier',
    category: 'sc:category',
    status: 'ical:status',
    contacts: {
      '@id': 'mz:contacts',
      '@type': '@id',
    },
    externalParticipationUrl: {
      '@id': 'mz:externalParticipationUrl',
      '@type': 'sc:URL',
    },
  },
]

/** The context of Gancio 1. */
const GANCIO = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  {
    Hashtag: 'as:Hashtag',
  },
]

/**
 * The context that Fedify 2.3 writes for a Create.
 *
 * @internal
 */
export const FEDIFY = [
  'https://w3id.org/identity/v1',
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/data-integrity/v1',
  'https://gotosocial.org/ns',
  {
    toot: 'http://joinmastodon.org/ns#',
    misskey: 'https://misskey-hub.net/ns#',
    fedibird: 'http://fedibird.com/ns#',
    sensitive: 'as:sensitive',
    votersCount: {
      '@id': 'toot:votersCount',
      '@type': 'http://www.w3.org/2001/XMLSchema#nonNegativeInteger',
    },
    Emoji: 'toot:Emoji',
    Hashtag: 'as:Hashtag',
    ChatMessage: 'http://litepub.social/ns#ChatMessage',
    quote: {
      '@id': 'https://w3id.org/fep/044f#quote',
      '@type': '@id',
    },
    quoteUrl: 'as:quoteUrl',
    _misskey_quote: 'misskey:_misskey_quote',
    quoteUri: 'fedibird:quoteUri',
    QuoteAuthorization: 'https://w3id.org/fep/044f#QuoteAuthorization',
    QuoteRequest: 'https://w3id.org/fep/044f#QuoteRequest',
    quoteAuthorization: {
      '@id': 'https://w3id.org/fep/044f#quoteAuthorization',
      '@type': '@id',
    },
    emojiReactions: {
      '@id': 'fedibird:emojiReactions',
      '@type': '@id',
    },
  },
]

const KNOWN = [
  CONTEXT,
  FACILITATOR_CONTEXT,
  FOLLOW_CONTEXT,
  NETWORK_CONTEXT,
  REPORT_CONTEXT,
  CONSENT_CONTEXT,
  ACTOR_CONTEXT,
  ACTIVITY_STREAMS,
  [ACTIVITY_STREAMS],
  [ACTIVITY_STREAMS, 'https://w3id.org/security/v1'],
  [ACTIVITY_STREAMS, DATA_INTEGRITY],
  MASTODON,
  MOBILIZON,
  GANCIO,
  FEDIFY,
] as const

const KNOWN_TEXTS = new Set(KNOWN.map((context) => JSON.stringify(context)))

/** Returns whether a context is exactly one of these, to the last letter and in the order of its terms. */
export const isKnownContext = (context: unknown): boolean =>
  context === CONTEXT || KNOWN_TEXTS.has(JSON.stringify(context))
