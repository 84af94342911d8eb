import { Hono, type Context as HonoContext } from 'hono'
import { CafePage } from '../../../ui/cafes/cafe-page.tsx'
import { AROUND_A_SCREEN } from '../../../ui/drawings/around-a-screen.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import type { DrawnMap } from '../../../ui/maps/drawn-map.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import {
  attendanceModeOf,
  type Cafe,
  isUnfinished,
  isWithheld,
  startsAtPlace,
} from '../../domain/cafes/cafe.ts'
import { cardWords, imageOf } from '../../domain/cafes/shared-image.ts'
import type { Venue, VenueAccess } from '../../domain/cafes/venue.ts'
import { facilitatorPageId } from '../../domain/facilitators/facilitator-page.ts'
import type { CardPicture } from '../../domain/values/card.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { mediaName } from '../../domain/values/image.ts'
import { toCalendarEvent } from '../../formats/icalendar/icalendar.ts'
import { qrSvg } from '../../formats/images/qr.ts'
import { toSchemaEvent, toScriptText } from '../../formats/web/schema-org.ts'
import { geocodingOf } from '../../geo/location.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { listAlsoAnnounced } from '../../store/cafes/duplicates.ts'
import { findVenue } from '../../store/cafes/venues.ts'
import { findTombstoneOfPage } from '../../store/directory/deletions.ts'
import { findPeer } from '../../store/directory/peers.ts'
import { listFacilitatorsOf, listUnanswered } from '../../store/facilitators/cafe-facilitators.ts'
import { findCafePictureBytes, listCafePictures } from '../../store/files/cafe-pictures.ts'
import { findPosterAddress } from '../../store/queues/poster-addresses.ts'
import { findPublicReport } from '../../store/reports/shown-reports.ts'
import { findPublicCafe } from '../../store/search/search.ts'
import { isOtherPlaceAsked } from '../../store/suggestions/suggestions.ts'
import { publicText } from '../http/answers.ts'
import { listCameFrom } from '../http/came-from.ts'
import { addressOf, allowOwnScript, networkOf } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { type Admin, findAdmin, findCafeEditor, type WebEnv } from '../workspaces/access.ts'
import { cardAnswer } from './card-answer.ts'
import { pointOf } from './cards.ts'
import { cafeListRoutes } from './list-page.tsx'
import { findNearby } from './nearby.ts'
import { paperAddressOf } from './paper-address.ts'
import { listShownResources } from './shown-resources.ts'
import { findShownSeries } from './shown-series.ts'
import { describeSurroundings } from './surroundings.ts'

/**
 * Mounts the page of a café and what belongs to it: its calendar file, its pictures, its code for a poster. A draft is
 * shown to its team only.
 */
export const cafeRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .route('/', cafeListRoutes(context))
    .get('/:file{.+\\.ics}', (c) => sendCalendarFile(context, c))
    .get('/:id/carte.png', (c) => sendCard(context, c))
    .get('/:id/:name{(?:photo|vignette)\\.webp}', (c) => sendPicture(context, c))
    .get('/:id/code.svg', (c) => sendCode(context, c))
    .get('/:id/code-signe.svg', (c) => sendSignedCode(context, c))
    .get('/:id', allowOwnScript, (c) => showCafe(context, c))

type Asked = HonoContext<WebEnv>

async function sendCalendarFile(context: Context, c: Asked) {
  const cafe = await cafeForReading(context, (c.req.param('file') ?? '').slice(0, -'.ics'.length))
  return publicText(c, toCalendarEvent(cafe), 'text/calendar; charset=utf-8', {
    'Content-Disposition': `inline; filename="cafe-ia-${startsAtPlace(cafe).toPlainDate()}.ics"`,
  })
}

/** What is drawn below the words of a café: a scene, whose wall and floor go on to its sides. */
const CAFE_PICTURE: CardPicture = {
  ...{ at: 'below', width: AROUND_A_SCREEN.width, height: AROUND_A_SCREEN.height },
  shapes: `<path d="M-2000 0H2720V300H-2000Z" fill="var(--accent-soft)"/>
<path d="M-2000 232H0V300H-2000ZM720 216H2720V300H720Z" fill="var(--sky)" opacity=".55"/>${AROUND_A_SCREEN.shapes}`,
}

async function sendCard(context: Context, c: Asked) {
  const admin = await findAdmin(c, context)
  const cafe = await cafeForReading(context, c.req.param('id') ?? '', admin)
  const isPublic = cafe.publication === 'published'
  return cardAnswer(
    { words: cardWords(cafe), pictureKey: 'cafe', picture: () => CAFE_PICTURE },
    {
      version: c.req.query('v'),
      isPublic,
      visitor: networkOf(addressOf(c.env?.incoming, context.config)),
    },
  )
}

async function sendPicture(context: Context, c: Asked) {
  const { id } = await cafeForReading(context, c.req.param('id') ?? '', await findAdmin(c, context))
  const size = c.req.param('name') === 'photo.webp' ? 'large' : 'small'
  const bytes = await findCafePictureBytes(context.db, id, size)
  if (!bytes) return c.notFound()
  return c.body(bytes, 200, {
    'Content-Type': 'image/webp',
    // A copy must be deleted when its server withdraws the picture.
    'Cache-Control': 'private, max-age=3600',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
}

async function sendCode(context: Context, c: Asked) {
  const cafe = await cafeForReading(context, c.req.param('id') ?? '')
  return publicText(c, qrSvg(paperAddressOf(cafe, context.config.origin)), 'image/svg+xml')
}

async function sendSignedCode(context: Context, c: Asked) {
  const cafe = await cafeForReading(context, c.req.param('id') ?? '')
  const address = await findPosterAddress(context.db, cafe.uri)
  return publicText(c, qrSvg(address ?? cafe.uri), 'image/svg+xml')
}

async function showCafe(context: Context, c: Asked) {
  const admin = await findCafeEditor(c, context, c.req.param('id') ?? '')
  const cafe = await cafeForReading(context, c.req.param('id') ?? '', admin)
  if (isUnfinished(cafe)) return c.redirect(paths.editCafe(cafe.id))
  const isEditable = admin !== undefined && cafe.organizationId === admin.organization.id
  const picture = imageOf(cafe, context.config.origin)
  c.header('Vary', 'Accept, Referer')
  return c.html(
    <CafePage
      site={await findSite(context, c)}
      cafe={toPrintedCafe(cafe)}
      copy={(await listCafePictures(context.db, [cafe.id])).get(cafe.id)}
      now={context.now()}
      source={cafe.peerId ? await findPeer(context.db, cafe.peerId) : undefined}
      access={await findAccess(context.db, cafe.venue)}
      isOtherPlaceAsked={
        cafe.announcedFor !== undefined && (await isOtherPlaceAsked(context.db, cafe.id))
      }
      alsoAnnounced={await listAlsoAnnounced(context.db, cafe.id)}
      facilitators={await findFacilitators(context, cafe.id)}
      calendarHref={paths.cafeCalendar(cafe.id)}
      around={findSurroundings(cafe)}
      isExact={isExact(cafe.venue)}
      resources={
        await listShownResources({ db: context.db, origin: context.config.origin }, cafe.resources)
      }
      report={await findShownReport(context, cafe)}
      series={await findShownSeries(context, cafe)}
      nearby={await findNearby(context, cafe)}
      cameFrom={listCameFrom(c.req.header('Referer'), context.config.origin)}
      picture={picture}
      structuredData={
        cafe.publication === 'published'
          ? toScriptText(toSchemaEvent(cafe, picture.url))
          : undefined
      }
      editHref={isEditable ? paths.editCafe(cafe.id) : undefined}
      signedIn={admin !== undefined}
      mayHide={admin?.role === 'administrator'}
    />,
  )
}

/**
 * Finds a café that this person may see; a draft, or what waits for the team's decision, only somebody who is signed in
 * may see.
 * @throws DomainError gone for one of ours that was deleted, or of others whose deletion we received; otherwise
 * not_found.
 */
export async function cafeForReading(
  { db, config }: Context,
  id: string,
  admin?: Admin | undefined,
): Promise<Cafe> {
  const cafe = await findPublicCafe(db, { id })
  if (cafe) return cafe
  const held = admin && (await findCafe(db, id))
  const isOfPeer = held?.peerId !== undefined && !isWithheld(held)
  if (held && (isOfPeer || held.organizationId === admin.organization.id)) return held
  if (await findTombstoneOfPage(db, { id, origin: config.origin }))
    throw new DomainError('gone', 'cafes.deleted')
  throw new DomainError('not_found', 'cafes.not_announced')
}

/** Finds the people who agree now to be shown to everybody; those who have not answered are named without a link. */
async function findFacilitators({ db, now }: Context, cafeId: string) {
  const found = await listFacilitatorsOf(db, [cafeId], { audience: 'public', now: now() })
  const agreed = (found.get(cafeId) ?? []).map((facilitator) => ({
    name: facilitator.name,
    href: paths.facilitator(facilitatorPageId(facilitator)),
  }))
  const unanswered = await listUnanswered(db, cafeId, now())
  return [...agreed, ...unanswered.map(({ name }) => ({ name }))]
}

/** Finds how a café was, with the address of its photo. */
async function findShownReport({ db, config }: Context, cafe: Cafe) {
  const report = await findPublicReport(db, cafe)
  if (!report) return undefined
  const { photo, ...rest } = report
  const url = photo && `${config.origin}/media/${mediaName(photo.mediaId, photo.width, 'jpg')}`
  return { ...rest, photo: url && photo ? { ...photo, url } : undefined }
}

/** Returns what is said about getting in: of our own place as it is now, of another's as it was announced. */
export async function findAccess(
  db: Context['db'],
  venue: Venue | undefined,
): Promise<VenueAccess | undefined> {
  const kept = venue?.id ? await findVenue(db, venue.id) : undefined
  return kept ?? (venue && { access: venue.access, acceslibreUrl: venue.acceslibreUrl })
}

/** Returns whether the coordinates of a venue are those of its door, or of its address. */
const isExact = (venue: Venue | undefined): boolean => {
  const geocoding = venue && geocodingOf(venue)
  return geocoding === 'exact' || geocoding === 'address'
}

/** Returns what is around a café that one can attend, for its map. */
function findSurroundings(cafe: Cafe): DrawnMap | undefined {
  const point = pointOf(cafe)
  if (!point || attendanceModeOf(cafe) === 'online') return undefined
  const { departement, commune = '' } = cafe.venue ?? {}
  return describeSurroundings({ ...point, departement }, commune)
}
