import { Hono } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { icalendarParts } from '../../formats/icalendar/parts.ts'
import { atomParts, jsonFeedParts } from '../../formats/web/feed-parts.ts'
import type { FeedAbout } from '../../formats/web/feeds.ts'
import { searchCafes } from '../../store/search/search.ts'
import { giveWay } from '../../turns.ts'
import { openReads, publicText } from '../http/answers.ts'
import { describeSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { findListed } from './cards.ts'
import { writeWhole } from './write-cafes.ts'

/**
 * The maximum number of cafés of the agenda, as much of the future as programs keep; they ask again every few hours.
 */
const AGENDA_SIZE = 100

/** The agenda of every upcoming café, soonest first, to which calendars and feed readers can subscribe. */
export const agendaRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get(paths.agenda, openReads, async (c) => {
      const { name } = await describeSite(context)
      const url = context.config.origin + paths.agenda
      const text = await writeWhole(icalendarParts({ name, url }), await findAgenda(context))
      return publicText(c, text, 'text/calendar; charset=utf-8')
    })
    .get(paths.atom, openReads, async (c) => {
      const cafes = await findAgenda(context)
      const writer = atomParts(cafes, await aboutFeed(context, paths.atom))
      const text = await writeWhole(writer, cafes)
      return publicText(c, text, 'application/atom+xml; charset=utf-8')
    })
    .get(paths.jsonFeed, openReads, async (c) => {
      const cafes = await findAgenda(context)
      const writer = jsonFeedParts(cafes, await aboutFeed(context, paths.jsonFeed))
      const text = await writeWhole(writer, cafes)
      return publicText(c, text, 'application/feed+json; charset=utf-8')
    })

async function findAgenda(context: Context) {
  await giveWay()
  const structure = (await findListed(context))?.slug
  const query = { from: context.now(), structure, limit: AGENDA_SIZE }
  return (await searchCafes(context.db, query)).items
}

async function aboutFeed(context: Context, path: string): Promise<FeedAbout> {
  const { name, lang, origin } = await describeSite(context)
  const { title, description } = messagesFor(lang).follow.feed
  return {
    name: title(name),
    author: name,
    description,
    page: origin + paths.cafes,
    url: origin + path,
    now: context.now(),
  }
}
