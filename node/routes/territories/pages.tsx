import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { TerritoriesPage, UnknownTerritoryPage } from '../../../ui/territories/index-page.tsx'
import { REQUEST_NOTICES, type RequestNotice } from '../../../ui/territories/request-form.tsx'
import { TerritoryPage } from '../../../ui/territories/territory-page.tsx'
import type { Context } from '../../context.ts'
import { findCommune } from '../../geo/communes.ts'
import { findTerritory, searchTerritories, type Territory } from '../../geo/territories.ts'
import { childrenOf, listInhabited, neighboursOf, parentsOf } from '../../geo/territory-family.ts'
import { countRequests } from '../../store/territories/requests.ts'
import { countByTerritory } from '../../store/territories/territory-counts.ts'
import { giveWay } from '../../turns/turns.ts'
import { cardAnswer } from '../cafes/card-answer.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { findSite, nameOfSite } from '../http/site.ts'
import { feedsOf, labelOfTerritory, linkTo } from '../http/territory-links.ts'
import { describeFrance, townTexts } from '../search/france-map.ts'
import { findPlacesToCome } from '../search/places-to-come.ts'
import { findHelpInTerritory } from '../structures/help-nearby.ts'
import { findTerritoryStructures } from '../structures/territory-structures.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findTerritoryCafes } from './cafes.ts'
import { findShownAnswering } from './referents.ts'
import { describeTerritoryCard, toTerritoryCard } from './territory-card.ts'

/** Fewer requests than this are not shown, since they might identify somebody. */
const REQUESTS_SHOWN_FROM = 5

const SUGGESTIONS = 8

/** Every région, département, intercommunality and commune: its upcoming cafés and how to be told of the next. */
export function territoryRoutes(context: Context) {
  return new Hono<WebEnv>()
    .get(paths.territories, async (c) => {
      const { counts, towns } = await findPlacesToCome(context)
      const site = await findSite(context, c)
      const regions = listInhabited().map(({ region, departements }) => {
        const links = departements.map((one) => ({
          ...linkTo(one, counts.get(one.code) ?? 0),
          code: one.code,
        }))
        const total = links.reduce((sum, { toCome }) => sum + toCome, 0)
        return { region: linkTo(region, total), departements: links }
      })
      return c.html(
        <TerritoriesPage
          site={site}
          regions={regions}
          map={
            await describeFrance({
              towns,
              counts,
              texts: townTexts(paths.territory, messagesFor(site.lang)),
            })
          }
          signedIn={await isSignedIn(c, context)}
        />,
      )
    })
    .get(paths.territoryPicture(':code'), async (c) => {
      const territory = findTerritory(c.req.param('code') ?? '')
      if (!territory || !hasCard(territory)) return c.notFound()
      const name = await nameOfSite(context)
      const toCome = await countIn(context, territory)
      return cardAnswer(toTerritoryCard(context, { territory, name, toCome }), {
        version: c.req.query('v'),
        isPublic: true,
        visitor: networkOf(addressOf(c.env?.incoming, context.config)),
      })
    })
    .get(`${paths.territories}/:code`, async (c) => {
      const asked = c.req.param('code')
      const territory = findTerritory(asked)
      if (!territory) return unknownTerritory(context, c, asked)
      // A former commune is part of another today, and a code has one spelling.
      if (territory.code !== asked) return c.redirect(paths.territory(territory.code), 301)
      return territoryPage(context, c, territory)
    })
}

const isSignedIn = async (c: HonoContext<WebEnv>, context: Context): Promise<boolean> =>
  (await findAdmin(c, context)) !== undefined

async function unknownTerritory(context: Context, c: HonoContext<WebEnv>, asked: string) {
  const commune = findCommune(asked)
  const codes = [`c-${commune?.codeInsee ?? ''}`, `e-${asked}`]
  const meant = codes.flatMap((code) => findTerritory(code) ?? [])
  const named = searchTerritories(asked.replaceAll('-', ' '), SUGGESTIONS)
  const suggestions = [...meant, ...named]
    .filter(({ code }, at, all) => all.findIndex((one) => one.code === code) === at)
    .map((territory) => linkTo(territory, 0))
  return c.html(
    <UnknownTerritoryPage
      site={await findSite(context, c)}
      suggestions={suggestions}
      signedIn={await isSignedIn(c, context)}
    />,
    404,
  )
}

async function territoryPage(context: Context, c: HonoContext<WebEnv>, territory: Territory) {
  const { db, config, now } = context
  const site = await findSite(context, c)
  const [cafes, structures, requests, answering] = await Promise.all([
    findTerritoryCafes(context, territory, site.lang),
    findTerritoryStructures(context, territory),
    countRequests(db, territory, now()),
    findShownAnswering(context, territory.code),
  ])
  // At the first look-up of a territory, each of these steps takes as long as a page.
  await giveWay()
  const children = childrenOf(territory)
  await giveWay()
  const neighbours = neighboursOf(territory)
  const counts = await countByTerritory(context.db, {
    territories: [territory, ...children, ...neighbours],
    now: context.now(),
  })
  const toLink = (one: Territory) => linkTo(one, counts.get(one.code) ?? 0)
  await giveWay()
  return c.html(
    <TerritoryPage
      site={site}
      territory={{
        code: territory.code,
        kind: territory.kind,
        label: labelOfTerritory(territory),
      }}
      parents={parentsOf(territory).map((one) => linkTo(one, 0))}
      help={findHelpInTerritory(territory)}
      {...cafes}
      toCome={counts.get(territory.code) ?? 0}
      {...structures}
      parts={children.map(toLink)}
      neighbours={neighbours.map(toLink)}
      feeds={feedsOf(territory, config.origin)}
      requests={requests >= REQUESTS_SHOWN_FROM ? requests : undefined}
      requestNotice={readNotice(c.req.query('demande'))}
      mailWorks={config.mail !== undefined}
      picture={
        hasCard(territory)
          ? describeTerritoryCard(context, {
              territory,
              name: site.name,
              toCome: counts.get(territory.code) ?? 0,
            })
          : undefined
      }
      answering={answering}
      now={now()}
      signedIn={await isSignedIn(c, context)}
    />,
  )
}

/**
 * Returns whether a territory has a card of its own. Drawing those of forty thousand smaller ones, asked for one after
 * the other, would take a processor for an hour; these have the site's.
 */
const hasCard = ({ kind }: Territory): boolean => kind === 'region' || kind === 'departement'

const countIn = async ({ db, now }: Context, territory: Territory): Promise<number> =>
  (await countByTerritory(db, { territories: [territory], now: now() })).get(territory.code) ?? 0

const readNotice = (text: string | undefined): RequestNotice | undefined =>
  REQUEST_NOTICES.find((said) => said === text)
