import { announcedTitle } from '../../node/domain/cafes/announcement-text.ts'
import { type Cafe, isOurs } from '../../node/domain/cafes/cafe.ts'
import { toOpenPolicy } from './consent.ts'
import { CONTEXT, PUBLIC } from './context.ts'
import { timesOf, toAttachments, toTags } from './event.ts'
import { postHtml } from './event-text.ts'
import type { Json } from './json.ts'
import { actorUri, followersUri } from './uris.ts'

/**
 * Returns a café as a `Note`, in place of its Event. Where Events are dropped it has a title: in NodeBB `name` is that of
 * the topic, and `audience` is its category, the Group whose followers read it. Where a title is a content warning that
 * hides the text (GoToSocial) it has none, and its lines are not paragraphs; nothing is attached but its picture, since
 * Misskey refuses a whole Note for an attachment that is no file.
 * @param uri - The id of the Note.
 * @param actor - Which of our accounts posts it.
 * @param times - When it was first posted and, once it says something else, changed; those of the café when undefined.
 */
export function toFallbackNote(
  cafe: Cafe,
  { uri, actor, origin, times, isTitled = true }: FallbackOptions,
): Json {
  const author = actorUri(origin, actor)
  const [language = 'fr'] = cafe.languages
  const name = announcedTitle(cafe)
  const content = postHtml(cafe, isTitled ? '</p><p>' : '<br>')
  // Pictures of other servers are not passed on.
  const attachments = isOurs(cafe) ? toAttachments(cafe, origin) : []
  return {
    '@context': CONTEXT,
    id: uri,
    type: 'Note',
    // GoToSocial would take the Note for the Event whose address it had.
    url: isTitled ? cafe.url : uri,
    attributedTo: author,
    to: [PUBLIC],
    cc: [followersUri(origin, actor)],
    audience: author,
    ...toOpenPolicy('quote'),
    ...(isTitled && { name, nameMap: { [language]: name } }),
    content,
    contentMap: { [language]: content },
    ...(times ?? timesOf(cafe)),
    tag: toTags(cafe, origin),
    attachment: isTitled ? attachments : attachments.filter(({ type }) => type === 'Image'),
  }
}

type FallbackOptions = {
  uri: string
  actor: string
  origin: string
  times?: Json
  isTitled?: boolean
}
