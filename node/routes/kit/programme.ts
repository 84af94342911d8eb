import { Hono, type Context as HonoContext } from 'hono'
import { leafletWords } from '../../../ui/kit/leaflet-words.ts'
import { starterWords } from '../../../ui/kit/starter-words.ts'
import { inTerritoryText } from '../../../ui/locales/french-articles.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findTerritory } from '../../geo/territories.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { searchCafes } from '../../store/search/search.ts'
import { ofListedSites } from '../cafes/cards.ts'
import { languageOf } from '../http/language.ts'
import { nameOfSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { findColours } from './look.ts'
import { sheetAnswer } from './sheets.ts'

type Asked = HonoContext<WebEnv>

/** A programme has ten pages at most; the address on it has all cafés. */
const MOST_CAFES = 200

/**
 * The kit for a first café, and the programme of a month to print: of the cafés of this site, or of a territory at a
 * directory. `mois` is `2027-03`.
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

type About = { title: string; path: string; query: Omit<CafeQuery, 'from'> }

async function sendProgramme(context: Context, c: Asked, { title, path, query }: About) {
  const { db, config, now } = context
  const month = readMonth(c.req.query('mois'), now())
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
  const name = `cafes-ia-${month}.pdf`
  const order = { sheet: 'programme', leaflet } as const
  return sheetAnswer(context, c, { order, file: 'pdf', isPublic: true, name })
}

/** Reads a month as `2027-03`; this one where there is none, or no month. */
function readMonth(text: string | undefined, now: Temporal.Instant): Temporal.PlainYearMonth {
  if (text && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(text)) return Temporal.PlainYearMonth.from(text)
  return now.toZonedDateTimeISO('Europe/Paris').toPlainDate().toPlainYearMonth()
}
