import { Hono } from 'hono'
import { CafeListPage, CafePage } from '../../ui/cafes.tsx'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { type Cafe, startsAtPlace } from '../domain/cafe.ts'
import { DomainError } from '../domain/errors.ts'
import { toCalendarEvent } from '../formats/icalendar.ts'
import { toSchemaEvent, toScriptText } from '../formats/schema-org.ts'
import { findCafe } from '../store/cafes.ts'
import { listPastCafes } from '../store/past-cafes.ts'
import { findPeer } from '../store/peers.ts'
import { findPublicCafe, searchCafes } from '../store/search.ts'
import { readCursor } from '../store/search-cursor.ts'
import { findTombstone } from '../store/tombstones.ts'
import { type Desk, findDesk, type WebEnv } from './access.ts'
import { publicText } from './api/answers.ts'
import { cardAnswer } from './cafe-card.ts'
import { findListed, toListed } from './listed-cafes.ts'
import { findSite } from './site.ts'

const PAGE_SIZE = 50

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
      return publicText(c, toCalendarEvent(cafe), 'text/calendar; charset=utf-8', {
        'Content-Disposition': `inline; filename="cafe-ia-${startsAtPlace(cafe).toPlainDate()}.ics"`,
      })
    })
    .get('/:id/carte.png', async (c) => {
      const desk = await findDesk(c, context)
      const cafe = await cafeForReading(context, c.req.param('id'), desk)
      return cardAnswer(cafe, c.req.query('v'))
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
          picture={cafe.image}
          structuredData={
            cafe.publication === 'published' ? toScriptText(toSchemaEvent(cafe)) : undefined
          }
          editHref={isEditable ? paths.editCafe(cafe.id) : undefined}
          signedIn={desk !== undefined}
        />,
      )
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
  throw new DomainError(
    'not_found',
    'Ce café n’existe pas, n’existe plus, ou n’est pas encore annoncé.',
  )
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
