import { Hono } from 'hono'
import { CafeListPage, CafePage } from '../../ui/cafes.tsx'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import type { Cafe } from '../domain/cafe.ts'
import { DomainError } from '../domain/errors.ts'
import { toICalendar } from '../formats/icalendar.ts'
import { findCafe } from '../store/cafes.ts'
import { findFirstOrganization, type Organization } from '../store/organizations.ts'
import { listPastCafes } from '../store/past-cafes.ts'
import { findPeer } from '../store/peers.ts'
import { findPublicCafe, searchCafes } from '../store/search.ts'
import { readCursor } from '../store/search-cursor.ts'
import { findTombstone } from '../store/tombstones.ts'
import { type Desk, findDesk, type WebEnv } from './access.ts'
import { toListed } from './listed-cafes.ts'
import { findSite } from './site.ts'

const PAGE_SIZE = 50

/** A calendar program asks again every few hours; this is as much as it keeps of the future. */
const AGENDA_SIZE = 100

export const cafeRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', async (c) => {
      const desk = await findDesk(c, context)
      const cursor = c.req.query('curseur') ?? ''
      const props = c.req.query('passes')
        ? await findPastPage(context, cursor)
        : await findNextPage(context, cursor)
      return c.html(
        <CafeListPage
          {...props}
          site={await findSite(context)}
          now={context.now()}
          signedIn={desk !== undefined}
        />,
      )
    })
    .get('/:file{.+\\.ics}', async (c) => {
      const cafe = await cafeForReading(context, c.req.param('file').slice(0, -'.ics'.length))
      return calendarAnswer(
        toICalendar([cafe], {
          name: cafe.title,
          url: context.config.origin + paths.cafeCalendar(cafe.id),
        }),
      )
    })
    .get('/:id', async (c) => {
      const desk = await findDesk(c, context)
      const cafe = await cafeForReading(context, c.req.param('id'), desk)
      const isEditable = desk !== undefined && cafe.organizationId === desk.organization.id
      c.header('Vary', 'Accept')
      return c.html(
        <CafePage
          site={await findSite(context)}
          cafe={cafe}
          now={context.now()}
          source={cafe.peerId ? await findPeer(context.db, cafe.peerId) : undefined}
          calendarHref={paths.cafeCalendar(cafe.id)}
          editHref={isEditable ? paths.editCafe(cafe.id) : undefined}
          signedIn={desk !== undefined}
        />,
      )
    })

/** Every café to come, to subscribe to. */
export const agendaRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.agenda, async () => {
    const { db, config, now } = context
    const structure = (await findListed(context))?.slug
    const { items } = await searchCafes(db, { from: now(), structure, limit: AGENDA_SIZE })
    const { name } = await findSite(context)
    return calendarAnswer(toICalendar(items, { name, url: config.origin + paths.agenda }))
  })

const calendarAnswer = (text: string): Response =>
  new Response(text, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Cache-Control': 'public, max-age=300',
    },
  })

/**
 * A café that this person may see: a draft, or what waits for the team's decision, only somebody who is signed in.
 * @throws DomainError gone for one of ours that was deleted, or of others whose deletion we heard; else not_found.
 */
async function cafeForReading(
  { db, config }: Context,
  id: string,
  desk?: Desk | undefined,
): Promise<Cafe> {
  const cafe = await findPublicCafe(db, { id })
  if (cafe) return cafe
  const held = desk && (await findCafe(db, id))
  if (held && (held.peerId || held.organizationId === desk.organization.id)) return held
  if (await findTombstone(db, `${config.origin}/cafes/${id}`))
    throw new DomainError('gone', 'La structure qui organisait ce café l’a supprimé.')
  throw new DomainError('not_found', 'Ce café n’existe pas, ou n’est pas encore annoncé.')
}

/** Whose cafés a list shows: a place its own, a directory everybody's. */
async function findListed({ db, isDirectory }: Context): Promise<Organization | undefined> {
  return isDirectory ? undefined : findFirstOrganization(db)
}

async function findNextPage(context: Context, cursorText: string) {
  const { db, now } = context
  const organization = await findListed(context)
  const cursor = readCursor(cursorText, 'date')
  const query = { from: now(), structure: organization?.slug, cursor, limit: PAGE_SIZE }
  const { items, next } = await searchCafes(db, query)
  const organizationId = (await findListed(context))?.id
  const past = await listPastCafes(db, { now: now(), organizationId, after: undefined, limit: 1 })
  return {
    cafes: await toListed(db, items),
    period: 'upcoming' as const,
    nextHref: next && `${paths.cafes}?${new URLSearchParams({ curseur: next })}`,
    hasOther: past.length > 0,
  }
}

async function findPastPage(context: Context, cursorText: string) {
  const { db, now } = context
  const organizationId = (await findListed(context))?.id
  const after = cursorText ? await findPublicCafe(db, { id: cursorText }) : undefined
  const found = await listPastCafes(db, { now: now(), organizationId, after, limit: PAGE_SIZE + 1 })
  const cafes = found.slice(0, PAGE_SIZE)
  const last = found.length > PAGE_SIZE ? cafes.at(-1) : undefined
  return {
    cafes: await toListed(db, cafes),
    period: 'past' as const,
    nextHref: last && `${paths.pastCafes}&curseur=${last.id}`,
    hasOther: true,
  }
}
