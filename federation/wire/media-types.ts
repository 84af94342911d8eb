const ACTIVITYSTREAMS = 'https://www.w3.org/ns/activitystreams'

/** The type of the activities that are sent (ActivityPub §7). */
export const ACTIVITY_TYPE = 'application/activity+json'

/** The Accept header with which objects and actors are fetched (ActivityPub §3.2). */
export const ACTIVITY_ACCEPT = `${ACTIVITY_TYPE}, application/ld+json; profile="${ACTIVITYSTREAMS}"`

/**
 * Returns whether a content type is ActivityPub's: `application/activity+json`, or `application/ld+json` with the
 * ActivityStreams profile. Anything else may be a visitor's upload (Mastodon CVE-2024-25623, FEP-96ff).
 */
export function isActivityType(contentType: string | undefined): boolean {
  const essence = essenceOf(contentType)
  if (essence === ACTIVITY_TYPE) return true
  if (essence !== 'application/ld+json') return false
  return profilesOf(contentType ?? '').includes(ACTIVITYSTREAMS)
}

/**
 * Returns the `type/subtype` of a content type, in lower case. A header that is given twice has a comma in it and
 * equals no type.
 */
export const essenceOf = (contentType: string | undefined): string =>
  (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

function profilesOf(contentType: string): string[] {
  const parameter = contentType
    .split(';')
    .slice(1)
    .map((part) => part.trim())
    .find((part) => part.toLowerCase().startsWith('profile='))
  return (parameter ?? '').slice('profile='.length).replaceAll('"', '').split(' ')
}
