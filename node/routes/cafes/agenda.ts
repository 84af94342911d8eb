import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { icalendarParts } from '../../formats/icalendar/parts.ts'
import { atomParts, jsonFeedParts } from '../../formats/web/feed-parts.ts'
import type { FeedAbout } from '../../formats/web/feeds.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { findHosted } from '../../store/structures/hosted.ts'
import { giveWay } from '../../turns/turns.ts'
import { openReads, publicText } from '../http/answers.ts'
import { describeSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { structureUriOf } from '../workspaces/organizer.ts'
import { ofListedSites } from './cards.ts'
import { createLongAnswers, type Writer, writeWhole } from './write-cafes.ts'

/**
 * The maximum number of cafés of the agenda, as much of the future as programs keep; they ask again every few hours.
 */
const AGENDA_SIZE = 100

/** The agenda of every upcoming café, soonest first, to which calendars and feed readers can subscribe. */
export const agendaRoutes = (context: Context) => {
  const answers = createLongAnswers(context)
  async function answerAgenda(
    c: HonoContext,
    contentType: string,
    writerOf: (cafes: readonly Cafe[]) => Promise<Writer>,
    of: Pick<CafeQuery, 'isOurs' | 'organizer'> = ofListedSites(context),
  ) {
    await giveWay()
    const query = { from: context.now(), ...of, limit: AGENDA_SIZE }
    return answers.ofSearch(c, query, async ({ items }) => {
      const text = await writeWhole(await writerOf(items), items)
      return publicText(c, text, `${contentType}; charset=utf-8`)
    })
  }
  /** Answers with the agenda of a hosted structure; that of a suspended one is not there. */
  async function answerHosted(c: HonoContext, format: 'ics' | 'atom') {
    const structure = await findHosted(context.db, { slug: c.req.param('slug') ?? '' })
    if (!structure || structure.suspension) return c.notFound()
    if (structure.closing?.past === 'gone') return c.body(null, 410)
    const { origin } = context.config
    const path = paths.structureAgenda(structure.slug, format)
    const of = { organizer: structureUriOf(origin, structure.slug) }
    const name = structure.name
    return format === 'ics'
      ? answerAgenda(
          c,
          'text/calendar',
          async () => icalendarParts({ name, url: origin + path }),
          of,
        )
      : answerAgenda(
          c,
          'application/atom+xml',
          async (cafes) => atomParts(cafes, { ...(await aboutFeed(context, path)), author: name }),
          of,
        )
  }
  return new Hono<WebEnv>()
    .get(paths.structureAgenda(':slug', 'ics'), openReads, (c) => answerHosted(c, 'ics'))
    .get(paths.structureAgenda(':slug', 'atom'), openReads, (c) => answerHosted(c, 'atom'))
    .get(paths.agenda, openReads, (c) =>
      answerAgenda(c, 'text/calendar', async () => {
        const { name } = await describeSite(context)
        return icalendarParts({ name, url: context.config.origin + paths.agenda })
      }),
    )
    .get(paths.atom, openReads, (c) =>
      answerAgenda(c, 'application/atom+xml', async (cafes) =>
        atomParts(cafes, await aboutFeed(context, paths.atom)),
      ),
    )
    .get(paths.jsonFeed, openReads, (c) =>
      answerAgenda(c, 'application/feed+json', async (cafes) =>
        jsonFeedParts(cafes, await aboutFeed(context, paths.jsonFeed)),
      ),
    )
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
