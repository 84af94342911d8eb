import { Hono, type Context as HonoContext } from 'hono'
import type { FollowArea, FollowAreas } from '../../../ui/follow/area-panel.tsx'
import {
  type FollowedFeed,
  FollowPage,
  type FollowPageProps,
} from '../../../ui/follow/follow-page.tsx'
import { messagesFor, problemMessage, refusalText } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { type Feed, feedPath, NATIONAL_FEED } from '../../domain/territories/feed.ts'
import { feedNameOf } from '../../domain/territories/territory-feed.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { listInhabited } from '../../geo/territory-family.ts'
import { listFeaturedPlaces } from '../../store/feeds/featured-places.ts'
import { findFeed } from '../../store/feeds/feeds.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { addressOf, allowOwnScript } from '../http/middleware.ts'
import { createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

const ACCOUNT_MAX = 300

type Shown = Pick<FollowPageProps, 'account' | 'message' | 'found'>

/** Finds the feed that the address names, by its name or its territory; `site` is what the whole site announces. */
async function findAskedFeed(
  c: HonoContext,
  { db, isDirectory, config }: Context,
): Promise<FollowedFeed | 'site' | undefined> {
  const territory = findTerritory(c.req.query('territoire') ?? '')
  const name = c.req.query('compte')?.toLowerCase() ?? (territory && feedNameOf(territory))
  if (name === undefined || name === (isDirectory ? NATIONAL_FEED : 'cafes')) return 'site'
  const feed = isDirectory ? await findFeed(db, name) : undefined
  return (
    feed && {
      ...toFollowed(feed, config.origin),
      places: await findPlaces(db, feed, config.origin),
    }
  )
}

/** Finds the collections of the places of a département; undefined for any other feed. */
async function findPlaces(
  db: Context['db'],
  { kind, name }: Feed,
  origin: string,
): Promise<FollowedFeed['places']> {
  if (kind !== 'departement') return undefined
  const places = await listFeaturedPlaces(db, name)
  const parts = [...new Set(places.map(({ part }) => part))].sort((one, other) => one - other)
  const collections = parts.map((part) => `${origin}/actors/${name}/collections/${part}`)
  return { total: places.length, collections }
}

function toFollowed({ name, kind, code, title }: Feed, origin: string): FollowedFeed {
  const territory = kind === 'region' ? `r-${code}` : code
  const search = {
    online: 'mode=en-ligne',
    network: `network=${code}`,
    national: '',
    region: `territory=${territory}`,
    departement: `territory=${territory}`,
  }[kind]
  return {
    name,
    title: kind === 'online' ? undefined : title,
    handle: `@${name}@${new URL(origin).host}`,
    href: feedPath({ kind, code }),
    agenda: `/export/cafes.ics?${search}`,
    atom: `/export/cafes.atom?${search}`,
  }
}

/** Lists régions and départements by name. */
function listAreas(): FollowAreas {
  const toArea = (territory: Territory): FollowArea[] => {
    const feed = feedNameOf(territory)
    return feed ? [{ code: territory.code, name: labelOfTerritory(territory), feed }] : []
  }
  const all = listInhabited()
  return {
    regions: all.flatMap(({ region }) => toArea(region)),
    departements: all
      .flatMap(({ departements }) => departements.flatMap(toArea))
      .sort((one, other) => one.name.localeCompare(other.name, 'fr')),
  }
}

/** The page of how to follow this site, which leads to the visitor's own server. */
export function followRoutes(context: Context) {
  const limiter = createVisitorLimit(context.db, limitOf('follow'))

  async function followPage(c: HonoContext, shown: Shown = {}, status: 200 | 400 | 429 = 200) {
    const signedIn = (await findAdmin(c, context)) !== undefined
    const asked = await findAskedFeed(c, context)
    if (!asked) return c.notFound()
    const feed = asked === 'site' ? undefined : asked
    const site = await findSite(context, c)
    const areas = context.isDirectory ? listAreas() : undefined
    return c.html(<FollowPage {...{ site, ...shown, feed, areas, signedIn }} />, status)
  }

  return new Hono<WebEnv>()
    .use(paths.followPage, allowOwnScript)
    .get(paths.followPage, (c) => followPage(c))
    .post(paths.followPage, limitBody(), async (c) => {
      assertSameOrigin(c, context.config)
      const account = textOf(await readForm(c), 'compte').slice(0, ACCOUNT_MAX)
      if (account === '') {
        const message = problemMessage({ field: 'compte', code: 'required' }, languageOf(c))
        return followPage(c, { account, message }, 400)
      }
      const waitSeconds = await limiter(addressOf(c.env?.incoming, context.config))
      const site = await findSite(context, c)
      if (waitSeconds !== undefined) {
        c.header('Retry-After', String(waitSeconds))
        const message = messagesFor(site.lang).follow.page.tooMany
        return followPage(c, { account, message }, 429)
      }
      const asked = await findAskedFeed(c, context)
      const feed = asked === 'site' ? undefined : asked
      const { origin } = context.config
      const answer = await context.remote.findFollowPage({
        account,
        handle: feed?.handle ?? site.handle,
        actorUri: feed ? new URL(`/actors/${feed.name}`, site.actorHref).href : site.actorHref,
        returnTo: origin + (feed ? paths.followFeed(feed.name) : paths.followPage),
      })
      if (answer.outcome === 'refused')
        return followPage(c, { account, message: refusalText(answer.reason, site.lang) }, 400)
      return followPage(c, { account, found: answer })
    })
}
