import { mapCafeTexts } from '../../node/domain/cafes/cafe-texts.ts'

/** The namespace of our own terms. Nobody needs to fetch it, since the context is inline. */
const CAFEIA = 'https://ns.cafe-ia.example/v1#'

const FEP_8A8E = 'https://w3id.org/fep/8a8e/'
const link = (id: string) => ({ '@id': id, '@type': '@id' })
const set = (id: string) => ({ '@id': id, '@container': '@set' })

const MOBILIZON = 'https://joinmobilizon.org/ns#'
const GTS = 'https://gotosocial.org/ns#'
const FEP_044F = 'https://w3id.org/fep/044f#'
const FEP_7AA9 = 'https://w3id.org/fep/7aa9#'

/** The terms of what others may do with an object. */
const POLICY_TERMS = {
  interactionPolicy: link(`${GTS}interactionPolicy`),
  canQuote: link(`${GTS}canQuote`),
  canFeature: link(`${FEP_7AA9}canFeature`),
  automaticApproval: link(`${GTS}automaticApproval`),
}

/** The same, of what a person is asked about. */
const ASKED_TERMS = { ...POLICY_TERMS, manualApproval: link(`${GTS}manualApproval`) }

const TERMS = {
  schema: 'http://schema.org/',
  PostalAddress: 'schema:PostalAddress',
  address: 'schema:address',
  streetAddress: 'schema:streetAddress',
  postalCode: 'schema:postalCode',
  addressLocality: 'schema:addressLocality',
  addressRegion: 'schema:addressRegion',
  addressCountry: 'schema:addressCountry',
  maximumAttendeeCapacity: 'schema:maximumAttendeeCapacity',
  remainingAttendeeCapacity: 'schema:remainingAttendeeCapacity',
  inLanguage: 'schema:inLanguage',
  ...POLICY_TERMS,
  uuid: 'schema:identifier',
  isAccessibleForFree: 'schema:isAccessibleForFree',
  VirtualLocation: 'schema:VirtualLocation',
  isOnline: `${MOBILIZON}isOnline`,
  anonymousParticipationEnabled: `${MOBILIZON}anonymousParticipationEnabled`,
  participantCount: `${MOBILIZON}participantCount`,
  repliesModerationOption: `${MOBILIZON}repliesModerationOption`,
  contacts: link(`${MOBILIZON}contacts`),
  commentsEnabled: 'https://joinpeertube.org/ns#commentsEnabled',
  status: 'http://www.w3.org/2002/12/cal/ical#status',
  focalPoint: { '@container': '@list', '@id': 'http://joinmastodon.org/ns#focalPoint' },
  Hashtag: 'as:Hashtag',
  sensitive: 'as:sensitive',
  cafeia: CAFEIA,
  inseeCode: 'cafeia:inseeCode',
  facilitators: link('cafeia:facilitators'),
  accessibility: set('cafeia:accessibility'),
  access: 'cafeia:access',
  acceslibre: 'cafeia:acceslibre',
  openTo: 'cafeia:openTo',
  invitation: 'cafeia:invitation',
  format: 'cafeia:format',
  intentions: set('cafeia:intentions'),
  themes: set('cafeia:themes'),
  audiences: set('cafeia:audiences'),
  languages: set('cafeia:languages'),
  speakers: set('cafeia:speakers'),
  ...mapCafeTexts((name) => `cafeia:${name}`),
  phone: 'cafeia:phone',
  lead: 'cafeia:lead',
  announcedFor: 'cafeia:announcedFor',
  description: 'cafeia:description',
  statusNote: 'cafeia:statusNote',
  movedFrom: 'cafeia:movedFrom',
  registrationMode: 'cafeia:registrationMode',
  onlineUrl: 'cafeia:onlineUrl',
  series: link('cafeia:series'),
  recurrence: 'cafeia:recurrence',
  post: link('cafeia:post'),
  changeNote: link('cafeia:changeNote'),
  confirmedAt: 'cafeia:confirmedAt',
  uid: 'cafeia:uid',
  timezone: `${FEP_8A8E}timezone`,
  joinMode: `${FEP_8A8E}joinMode`,
  category: `${FEP_8A8E}category`,
  displayEndTime: `${FEP_8A8E}displayEndTime`,
  isBannerImage: `${FEP_8A8E}isBannerImage`,
  eventStatus: { '@id': `${FEP_8A8E}eventStatus`, '@type': '@vocab' },
  EventScheduled: `${FEP_8A8E}EventScheduled`,
  EventCancelled: `${FEP_8A8E}EventCancelled`,
  EventPostponed: `${FEP_8A8E}EventPostponed`,
  EventRescheduled: `${FEP_8A8E}EventRescheduled`,
  EventMovedOnline: `${FEP_8A8E}EventMovedOnline`,
  OrganizersCollection: `${FEP_8A8E}OrganizersCollection`,
  AttendeesCollection: `${FEP_8A8E}AttendeesCollection`,
  organizers: link(`${FEP_8A8E}organizers`),
  attendees: link(`${FEP_8A8E}attendees`),
  externalParticipationUrl: link(`${FEP_8A8E}externalParticipationUrl`),
  upcomingEvents: link(`${FEP_8A8E}upcomingEvents`),
  previousStartTime: {
    '@id': `${FEP_8A8E}previousStartTime`,
    '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
  },
}

export const ACTIVITY_STREAMS = 'https://www.w3.org/ns/activitystreams'
export const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v1'
export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

/**
 * The `@context` of everything that we sign: ActivityStreams, data integrity, then our terms inline. It names no other
 * remote context, since receivers that fetch none refuse what they do not know.
 */
export const CONTEXT = [ACTIVITY_STREAMS, DATA_INTEGRITY, TERMS] as const

/**
 * The context of what is said about a person who leads cafés. It is separate, so that the bytes of a café stay as they
 * are.
 */
export const FACILITATOR_CONTEXT = [
  ACTIVITY_STREAMS,
  DATA_INTEGRITY,
  {
    cafeia: CAFEIA,
    ...ASKED_TERMS,
    word: 'cafeia:word',
    territory: 'cafeia:territory',
    radiusKm: 'cafeia:radiusKm',
    formats: set('cafeia:formats'),
    themes: set('cafeia:themes'),
    languages: set('cafeia:languages'),
    occupation: 'cafeia:occupation',
    training: 'cafeia:training',
    trainedOn: 'cafeia:trainedOn',
    availability: 'cafeia:availability',
    presentation: 'cafeia:presentation',
    contactBy: 'cafeia:contactBy',
    contact: 'cafeia:contact',
    visibility: 'cafeia:visibility',
    networkFields: set('cafeia:networkFields'),
    mandates: { '@id': 'cafeia:mandates', '@type': '@id', '@container': '@set' },
    facilitates: { '@id': 'cafeia:facilitates', '@type': '@id', '@container': '@set' },
    validUntil: 'cafeia:validUntil',
    senderName: 'cafeia:senderName',
    replyTo: 'cafeia:replyTo',
  },
] as const

/** The context of a Follow that asks to join a directory. */
export const FOLLOW_CONTEXT = [
  ACTIVITY_STREAMS,
  { cafeia: CAFEIA, invitation: 'cafeia:invitation' },
] as const

/** The context of a network and of statements about its members. */
export const NETWORK_CONTEXT = [
  ACTIVITY_STREAMS,
  DATA_INTEGRITY,
  { cafeia: CAFEIA, website: link('cafeia:website') },
] as const

/** The context of what is told of a café after it took place. It is separate, since that of cafés is full. */
export const REPORT_CONTEXT = [
  ACTIVITY_STREAMS,
  DATA_INTEGRITY,
  {
    cafeia: CAFEIA,
    held: 'cafeia:held',
    participants: 'cafeia:participants',
    firstTimers: 'cafeia:firstTimers',
    format: 'cafeia:format',
    questions: set('cafeia:questions'),
    theme: 'cafeia:theme',
    words: 'cafeia:words',
    nextSteps: 'cafeia:nextSteps',
  },
] as const

const SCHEMA = 'http://schema.org/'

/** The context of a resource: schema.org's terms for a LearningResource where it has them. */
export const RESOURCE_CONTEXT = [
  ACTIVITY_STREAMS,
  DATA_INTEGRITY,
  {
    cafeia: CAFEIA,
    inLanguage: `${SCHEMA}inLanguage`,
    timeRequired: `${SCHEMA}timeRequired`,
    educationalLevel: `${SCHEMA}educationalLevel`,
    license: `${SCHEMA}license`,
    creditText: `${SCHEMA}creditText`,
    resourceKind: 'cafeia:resourceKind',
    audiences: set('cafeia:audiences'),
    groupMin: 'cafeia:groupMin',
    groupMax: 'cafeia:groupMax',
    material: set('cafeia:material'),
    needsComputer: 'cafeia:needsComputer',
    themes: set('cafeia:themes'),
  },
] as const

/** The `relationship` of a structure to its network. */
export const MEMBER_OF = `${CAFEIA}memberOf`

/** The context of what a directory signs about a person; its terms are ActivityStreams' own. */
export const ATTESTATION_CONTEXT = [ACTIVITY_STREAMS, DATA_INTEGRITY] as const

/** The `relationship` of an attestation: its subject answers for the territory that is its object. */
export const REFERENT_OF = `${CAFEIA}referentOf`

/** The context of a place's proposal of a referent; the address is for the directory alone. */
export const PROPOSAL_CONTEXT = [
  ACTIVITY_STREAMS,
  { cafeia: CAFEIA, email: 'cafeia:email', word: 'cafeia:word' },
] as const

/** The context of stamps, and of requests for them with their answers. */
export const CONSENT_CONTEXT = [
  ACTIVITY_STREAMS,
  {
    QuoteRequest: `${FEP_044F}QuoteRequest`,
    QuoteAuthorization: `${FEP_044F}QuoteAuthorization`,
    FeatureRequest: `${FEP_7AA9}FeatureRequest`,
    FeatureAuthorization: `${FEP_7AA9}FeatureAuthorization`,
    interactingObject: link(`${GTS}interactingObject`),
    interactionTarget: link(`${GTS}interactionTarget`),
  },
] as const

/** The context of collections of places. */
export const FEATURED_CONTEXT = [
  ACTIVITY_STREAMS,
  {
    FeaturedCollection: `${FEP_7AA9}FeaturedCollection`,
    FeaturedItem: `${FEP_7AA9}FeaturedItem`,
    featuredObject: link(`${FEP_7AA9}featuredObject`),
    featuredObjectType: `${FEP_7AA9}featuredObjectType`,
    featureAuthorization: link(`${FEP_7AA9}featureAuthorization`),
    topic: `${FEP_7AA9}topic`,
    ...POLICY_TERMS,
    Hashtag: 'as:Hashtag',
    sensitive: 'as:sensitive',
    discoverable: 'http://joinmastodon.org/ns#discoverable',
  },
] as const

/** The context of actors, which carry keys (security/v1), Multikeys (FEP-521a, cid/v1 terms inline) and a proof. */
export const ACTOR_CONTEXT = [
  ACTIVITY_STREAMS,
  'https://w3id.org/security/v1',
  DATA_INTEGRITY,
  {
    toot: 'http://joinmastodon.org/ns#',
    featured: link('toot:featured'),
    discoverable: 'toot:discoverable',
    indexable: 'toot:indexable',
    schema: 'http://schema.org#',
    PropertyValue: 'schema:PropertyValue',
    value: 'schema:value',
    manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
    upcomingEvents: link(`${FEP_8A8E}upcomingEvents`),
    ...ASKED_TERMS,
    featuredCollections: link(`${FEP_7AA9}featuredCollections`),
    cafeia: CAFEIA,
    facilitators: link('cafeia:facilitators'),
    kind: 'cafeia:kind',
    revokedKeys: { '@id': 'cafeia:revokedKeys', '@type': '@id', '@container': '@set' },
    website: link('cafeia:website'),
    inseeCode: 'cafeia:inseeCode',
    PostalAddress: 'http://schema.org/PostalAddress',
    address: 'http://schema.org/address',
    streetAddress: 'http://schema.org/streetAddress',
    postalCode: 'http://schema.org/postalCode',
    addressLocality: 'http://schema.org/addressLocality',
    webfinger: 'https://purl.archive.org/socialweb/webfinger#webfinger',
    implements: {
      '@id': 'https://w3id.org/fep/844e/implements',
      '@type': '@id',
      '@container': '@set',
    },
    assertionMethod: {
      '@id': 'https://w3id.org/security#assertionMethod',
      '@type': '@id',
      '@container': '@set',
    },
    Multikey: 'https://w3id.org/security#Multikey',
    controller: link('https://w3id.org/security#controller'),
    publicKeyMultibase: {
      '@id': 'https://w3id.org/security#publicKeyMultibase',
      '@type': 'https://w3id.org/security#multibase',
    },
  },
] as const
