import { Hono, type Context as HonoContext } from 'hono'
import { leafletWords } from '../../../ui/kit/leaflet-words.ts'
import { starterWords } from '../../../ui/kit/starter-words.ts'
import { inTerritoryText } from '../../../ui/locales/french-articles.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { toPrintedName } from '../../../ui/locales/typography.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findTerritory } from '../../geo/territories.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { searchCafes } from '../../store/search/search.ts'
import { findHosted } from '../../store/structures/hosted.ts'
import { findStructure } from '../../store/structures/structures.ts'
import { createFairQueue } from '../../turns/fair-queue.ts'
import { ofListedSites } from '../cafes/cards.ts'
import { languageOf } from '../http/language.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { nameOfSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { structureUriOf } from '../workspaces/organizer.ts'
import { findColours } from './look.ts'
import { answerLater, sheetAnswer } from './sheets.ts'

type Asked = HonoContext<WebEnv>

/** A programme has ten pages at most; the address on it has all cafés. */
const MOST_CAFES = 200

/**
 * The kit for a first café, and the programme of a month to print: of the cafés of this site, of a structure, or of a
 * territory at a directory. `mois` is `2027-03`.
 */
export const programmeRoutes = (context: Context) => {
  const routes = new Hono<WebEnv>()
    .get(paths.programme, async (c) =>
      sendProgramme(context, c, {
        title: messagesFor(languageOf(c)).kit.leaflet.ofSite(await nameOfSite(context)),
        path: paths.cafes,
        query: ofListedSites(context),
      }),
    )
    .get(paths.starterKit, async (c) => {
      const starter = starterWords(languageOf(c), await findColours(context))
      const order = { sheet: 'premier-cafe', starter } as const
      const name = 'premier-cafe-ia.pdf'
      return sheetAnswer(context, c, { order, file: 'pdf', isPublic: true, name })
    })
    .get(paths.structureProgramme(':id'), (c) => sendOfStructure(context, c))
  return context.isDirectory
    ? routes.get(paths.territoryProgramme(':code'), (c) => sendOfTerritory(context, c))
    : routes
}

function sendOfTerritory(context: Context, c: Asked) {
  const territory = findTerritory(c.req.param('code') ?? '')
  if (!territory) throw new DomainError('not_found', 'cafes.not_announced')
  const label = labelOfTerritory(territory)
  return sendProgramme(context, c, {
    title: messagesFor(languageOf(c)).kit.leaflet.inTerritory(inTerritoryText(label), label),
    path: paths.territory(territory.code),
    query: { territory },
  })
}

async function sendOfStructure(context: Context, c: Asked) {
  const structure = await findAsked(context, c.req.param('id') ?? '')
  if (!structure) throw new DomainError('not_found', 'cafes.not_announced')
  const { id, uri, name } = structure
  return sendProgramme(context, c, {
    title: messagesFor(languageOf(c)).kit.leaflet.ofSite(toPrintedName(name)),
    path: paths.structure(id),
    query: { organizer: uri },
  })
}

/** Finds a structure that this site hosts, unless it is suspended, or at a directory any that announces cafés. */
async function findAsked({ db, config, isDirectory }: Context, id: string) {
  const hosted = await findHosted(db, { slug: id })
  if (hosted?.suspension) return undefined
  if (hosted) return { id, uri: structureUriOf(config.origin, id), name: hosted.name }
  return isDirectory ? findStructure(db, { id }) : undefined
}

type About = { title: string; path: string; query: Omit<CafeQuery, 'from'> }

/**
 * One programme is searched and drawn at a time, for the visitor who holds no place. There are many months to ask for:
 * those of this month, which hang on walls, never wait for others.
 */
const PLACES = { all: 1, each: 1, queue: 9, waitMs: 10_000 }
const places = { present: createFairQueue(PLACES), other: createFairQueue(PLACES) }

async function sendProgramme(context: Context, c: Asked, about: About) {
  const today = dayInParis(context.now()).toPlainYearMonth()
  const month = readMonth(c.req.query('mois'), today)
  const { take } = month.equals(today) ? places.present : places.other
  const leave = await take(networkOf(addressOf(c.env?.incoming, context.config)))
  if (!leave) return answerLater(c)
  try {
    const order = await orderOfProgramme(context, c, month, about)
    const name = `cafes-ia-${month}.pdf`
    return await sheetAnswer(context, c, { order, file: 'pdf', isPublic: true, name })
  } finally {
    leave()
  }
}

async function orderOfProgramme(
  context: Context,
  c: Asked,
  month: Temporal.PlainYearMonth,
  { title, path, query }: About,
) {
  const { db, config, now } = context
  const [first, last] = [
    month.toPlainDate({ day: 1 }),
    month.toPlainDate({ day: month.daysInMonth }),
  ]
  const asked = { ...query, from: first, until: last, isHeld: true, order: 'date' } as const
  const { items, next } = await searchCafes(db, { ...asked, limit: MOST_CAFES, isBrief: true })
  const leaflet = leafletWords(
    {
      ...{ lang: languageOf(c), title, month, cafes: items.map(toPrintedCafe), now: now() },
      ...{ hasMore: next !== undefined, address: config.origin + path },
    },
    await findColours(context),
  )
  return { sheet: 'programme', leaflet } as const
}

/** Reads a month as `2027-03`; the present one where there is none, or no month. */
const readMonth = (
  text: string | undefined,
  present: Temporal.PlainYearMonth,
): Temporal.PlainYearMonth =>
  text && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainYearMonth.from(text) : present
