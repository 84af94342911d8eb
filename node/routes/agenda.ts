import { Hono } from 'hono'
import { paths } from '../../ui/paths.ts'
import { stringsFor } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { type FeedAbout, toAtom, toJsonFeed } from '../formats/feeds.ts'
import { toICalendar } from '../formats/icalendar.ts'
import { searchCafes } from '../store/search.ts'
import type { WebEnv } from './access.ts'
import { openReads, publicText } from './api/answers.ts'
import { findListed } from './listed-cafes.ts'
import { describeSite } from './site.ts'

/** Programs ask again every few hours; this is as much as they keep of the future. */
const AGENDA_SIZE = 100

/** Every café to come, soonest first, to subscribe to: from a calendar, or from a reader of feeds. */
export const agendaRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get(paths.agenda, openReads, async (c) => {
      const { name } = await describeSite(context)
      const url = context.config.origin + paths.agenda
      const text = toICalendar(await findAgenda(context), { name, url })
      return publicText(c, text, 'text/calendar; charset=utf-8')
    })
    .get(paths.atom, openReads, async (c) => {
      const text = toAtom(await findAgenda(context), await aboutFeed(context, paths.atom))
      return publicText(c, text, 'application/atom+xml; charset=utf-8')
    })
    .get(paths.jsonFeed, openReads, async (c) => {
      const text = toJsonFeed(await findAgenda(context), await aboutFeed(context, paths.jsonFeed))
      return publicText(c, text, 'application/feed+json; charset=utf-8')
    })

async function findAgenda(context: Context) {
  const structure = (await findListed(context))?.slug
  const query = { from: context.now(), structure, limit: AGENDA_SIZE }
  return (await searchCafes(context.db, query)).items
}

async function aboutFeed(context: Context, path: string): Promise<FeedAbout> {
  const { name, lang, origin } = await describeSite(context)
  const { title, description } = stringsFor(lang).feed
  return {
    name: title(name),
    author: name,
    description,
    page: origin + paths.cafes,
    url: origin + path,
    now: context.now(),
  }
}
