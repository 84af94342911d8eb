import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { MapPicture, type MapPoint } from '../../../ui/components/france-map.tsx'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { MapPage } from '../../../ui/search/map-page.tsx'
import { MapQuestionPage } from '../../../ui/search/map-question.tsx'
import { NO_SEARCH, type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import { startsAtPlace } from '../../domain/cafes/cafe.ts'
import { POINTS_MAX } from '../../domain/cafes/map.ts'
import { shortDate } from '../../domain/values/date-text.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { mapOfFrance, placesOnMap } from '../../geo/outlines.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import type { FoundCafe } from '../../store/search/search.ts'
import { listWithoutDescriptions } from '../../store/search/search-pages.ts'
import { countByDepartement } from '../../store/territories/departement-counts.ts'
import { createLongAnswers } from '../cafes/write-cafes.ts'
import { allowTiles } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { type Counts, countFound, describeMapped } from './map-search.ts'
import { parameterOf, readSearch, readSearchValues } from './query.ts'

const COUNTS_LAST_S = 60

/** The upcoming cafés on a map: a page, and a picture that is cached apart from the pages that show it. */
export function mapRoutes(context: Context) {
  const findCounts = rememberCounts(context)
  const answers = createLongAnswers(context)
  /** Lists the cafés on the map, without cancelled ones, like the counts: a point is where one may go. */
  const listOnMap = (c: HonoContext, query: CafeQuery) =>
    answers.make(c, () =>
      listWithoutDescriptions(context.db, { ...query, isHeld: true }, POINTS_MAX),
    )
  const { tiles } = context.config
  const withTiles = tiles ? allowTiles(tiles.origin) : noTiles
  return new Hono<WebEnv>()
    .get('/carte', withTiles, async (c) => {
      const values = readSearchValues(parameterOf(c), context.now())
      const { query, problems } = readSearch(values, context.now())
      const site = await findSite(context, c)
      const signedIn = (await findAdmin(c, context)) !== undefined
      if (!query)
        return c.html(
          <MapQuestionPage site={site} values={values} problems={problems} signedIn={signedIn} />,
        )
      const { cafes, isWhole } = await listOnMap(c, query)
      const asked = { query, values, first: cafes[0] }
      const found = isAsked(values) ? await countFound(context, query) : undefined
      const { counts, placeless } = found ?? (await findCounts())
      return c.html(
        <MapPage
          site={site}
          map={mapOfFrance()}
          counts={counts}
          placeless={placeless}
          tiles={tiles}
          points={toPoints(cafes, site.lang)}
          shown={isWhole ? undefined : cafes.length}
          search={found && { ...(await describeMapped(context, asked, site.lang)), ...found }}
          signedIn={signedIn}
        />,
      )
    })
    .get('/carte.svg', etag(), async (c) => {
      const values = readSearchValues(parameterOf(c), context.now())
      const { query } = readSearch(values, context.now())
      const asked = query && isAsked(values) ? query : undefined
      const { counts } = asked ? await countFound(context, asked) : await findCounts()
      const points = asked ? toPoints((await listOnMap(c, asked)).cafes, 'fr') : []
      const scheme = c.req.query('theme') === 'sombre' ? 'dark' : 'light'
      const { picture: ofAll, pictureOfSearch } = messagesFor('fr').map
      const title = pictureTitle(counts, asked ? pictureOfSearch : ofAll)
      c.header('Cache-Control', `public, max-age=${COUNTS_LAST_S * 5}`)
      c.header('Content-Type', 'image/svg+xml; charset=utf-8')
      const picture = (
        <MapPicture
          map={mapOfFrance()}
          counts={counts}
          points={points}
          scheme={scheme}
          title={title}
        />
      )
      return c.body(String(picture))
    })
}

const isAsked = (values: SearchValues): boolean => searchHref(values) !== searchHref(NO_SEARCH)

const noTiles: MiddlewareHandler = (_, next) => next()

/** Makes a function that counts at most once a minute, however many readers there are. */
function rememberCounts({ db, now }: Context): () => Promise<Counts> {
  let known: Promise<Counts> | undefined
  let until = now()
  return () => {
    if (known && Temporal.Instant.compare(now(), until) < 0) return known
    until = now().add({ seconds: COUNTS_LAST_S })
    known = countByDepartement(db, now()).then((all) => ({
      placeless: all.get(undefined) ?? 0,
      counts: new Map([...all].flatMap(([code, total]) => (code ? [[code, total] as const] : []))),
    }))
    known.catch(() => {
      known = undefined
    })
    return known
  }
}

/** Returns the text of the picture, for readers who do not see it. */
function pictureTitle(
  counts: ReadonlyMap<string, number>,
  toText: Messages['map']['picture'],
): string {
  const some = [...counts].filter(([, count]) => count > 0)
  return toText(
    some.reduce((sum, [, count]) => sum + count, 0),
    some.map(([code]) => code),
  )
}

/** Merges cafés at the same point of the map into one, which leads to the search of their town. */
function toPoints(cafes: readonly FoundCafe[], lang: Lang): MapPoint[] {
  const t = messagesFor(lang)
  const placed = cafes.flatMap((cafe) => {
    const { latitude, longitude, departement } = cafe.venue ?? {}
    if (latitude === undefined || longitude === undefined) return []
    return placesOnMap({ departement, latitude, longitude }).map((at) => ({
      cafe,
      latitude,
      longitude,
      ...at,
    }))
  })
  const groups = Map.groupBy(placed, ({ x, y }) => `${Math.round(x / 3)} ${Math.round(y / 3)}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { cafe, ...at } = first
    const place = cafe.venue?.commune ?? ''
    if (group.length === 1) {
      const when = shortDate(startsAtPlace(cafe), lang)
      return [
        { ...at, count: 1, href: paths.cafe(cafe.id), title: t.map.point(cafe.title, when, place) },
      ]
    }
    const { codeInsee } = cafe.venue ?? {}
    const href = codeInsee ? paths.territory(`c-${codeInsee}`) : paths.cafe(cafe.id)
    return [{ ...at, count: group.length, href, title: t.map.severalAt(group.length, place) }]
  })
}
