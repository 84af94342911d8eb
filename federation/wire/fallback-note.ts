import { announcedTitle } from '../../node/domain/cafes/announcement-text.ts'
import { type Cafe, isOurs } from '../../node/domain/cafes/cafe.ts'
import { CONTEXT, PUBLIC } from './context.ts'
import { timesOf, toAttachments, toTags } from './event.ts'
import { postHtml } from './event-text.ts'
import type { Json } from './json.ts'
import { actorUri, followersUri } from './uris.ts'

/**
 * Returns a café as a `Note`, for software that drops Events. In NodeBB `name` is the title of the topic, and
 * `audience` is its category: the Group whose followers read it.
 * @param uri - The id of the Note.
 * @param actor - Which of our accounts posts it.
 * @param times - When it was first posted and, once it says something else, changed; those of the café when undefined.
 */
export function toFallbackNote(
  cafe: Cafe,
  { uri, actor, origin, times }: { uri: string; actor: string; origin: string; times?: Json },
): Json {
  const author = actorUri(origin, actor)
  const [language = 'fr'] = cafe.languages
  const name = announcedTitle(cafe)
  const content = postHtml(cafe)
  return {
    '@context': CONTEXT,
    id: uri,
    type: 'Note',
    url: cafe.url,
    attributedTo: author,
    to: [PUBLIC],
    cc: [followersUri(origin, actor)],
    audience: author,
    name,
    nameMap: { [language]: name },
    content,
    contentMap: { [language]: content },
    ...(times ?? timesOf(cafe)),
    tag: toTags(cafe, origin),
    // Pictures of other servers are not passed on.
    attachment: isOurs(cafe) ? toAttachments(cafe, origin) : [],
  }
}
