import { Hono, type Context as HonoContext } from 'hono'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { FacilitatorPage, type WriteForm } from '../../../ui/facilitators/profile-page.tsx'
import {
  FacilitatorSearchPage,
  facilitatorSearchHref,
} from '../../../ui/facilitators/search-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { facilitatorPageId } from '../../domain/facilitators/facilitator-page.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findPeer } from '../../store/directory/peers.ts'
import { findLedCafes, listCafesOf } from '../../store/facilitators/cafe-facilitators.ts'
import { insertContactMessage } from '../../store/facilitators/contact-messages.ts'
import { findFacilitatorPicture, listPictureSizes } from '../../store/facilitators/photos.ts'
import { type FoundFacilitator, listFacilitators } from '../../store/facilitators/search.ts'
import { findFacilitatorPage } from '../../store/facilitators/visible-profiles.ts'
import { appendChange } from '../../store/queues/changes.ts'
import { takeLimited } from '../../store/queues/shares.ts'
import { toListed } from '../cafes/cards.ts'
import { readMessage } from '../http/contact-form.ts'
import { assertSameOrigin, limitBody, readForm, textOf, valuesOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createReaderLimit, createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import { labelOfCode } from '../http/territory-links.ts'
import { parameterOf } from '../search/query.ts'
import { findMandatesOf } from '../territories/referents.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { answerGone } from './facilitator-gone.tsx'
import { readFacilitatorSearch, readFacilitatorValues } from './query.ts'

const PAGE_SIZE = 30
const CAFES = 20

/** The page of a person of another site, e.g. `camille-r@mediatheque.example`. A place's own people have no `@`. */
const PERSON = `${paths.facilitators}/:id{[^/]+@[^/]+}`

/** The people whom a directory shows: the search, the page of each, and a way to write to them. */
export function facilitatorSearchRoutes(context: Context) {
  const own: Own = {
    ...context,
    byNetwork: createVisitorLimit(context.db, limitOf('messages of a directory')),
    mayWriteTo: createReaderLimit(context.db, limitOf('visitors to a person')),
  }
  return new Hono<WebEnv>()
    .get(paths.facilitators, (c) => searchPage(own, c))
    .get(PERSON, (c) => showPerson(own, c))
    .get(`${PERSON}/photo.jpg`, (c) => sendPhoto(own, c))
    .post(`${PERSON}/message`, limitBody(), (c) => takeMessage(own, c))
}

type Own = Context & {
  byNetwork: ReturnType<typeof createVisitorLimit>
  mayWriteTo: ReturnType<typeof createReaderLimit>
}
type Asked = HonoContext<WebEnv>

async function showPerson(context: Own, c: Asked) {
  const { db, now } = context
  const found = await findFacilitatorPage(db, c.req.param('id') ?? '', now())
  if (found === undefined) return c.notFound()
  if (found !== 'erased') return facilitatorPage(context, c, found)
  return answerGone(context, c)
}

async function sendPhoto({ db, now }: Own, c: Asked) {
  const found = await findFacilitatorPage(db, c.req.param('id') ?? '', now())
  const isShown = found !== undefined && found !== 'erased' && found.photo !== undefined
  const bytes = isShown ? await findFacilitatorPicture(db, found.id) : undefined
  if (!bytes) return c.notFound()
  // A browser may keep it for an hour, and no cache on the way.
  c.header('Cache-Control', 'private, max-age=3600')
  c.header('X-Content-Type-Options', 'nosniff')
  return c.body(bytes, 200, { 'Content-Type': 'image/jpeg' })
}

async function takeMessage(context: Own, c: Asked) {
  const { config, db, now, byNetwork, mayWriteTo } = context
  c.header('Cache-Control', 'no-store')
  assertSameOrigin(c, config)
  const facilitator = await findFacilitatorPage(db, c.req.param('id') ?? '', now())
  if (!facilitator || facilitator === 'erased' || facilitator.contact !== 'relay')
    return c.notFound()
  const form = await readForm(c)
  const site = await findSite(context, c)
  const texts = messagesFor(site.lang)
  const { wrong, name, email, message } = readMessage(form, site.lang)
  const values = valuesOf(form)
  const refuse = (text: string) =>
    facilitatorPage(
      context,
      c,
      facilitator,
      { values, messages: [{ name: 'message', message: text }] },
      429,
    )
  if (wrong.length > 0)
    return facilitatorPage(context, c, facilitator, { values, messages: wrong }, 422)
  const address = addressOf(c.env?.incoming, config)
  const wait = await byNetwork(address)
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    return refuse(texts.facilitator.write.tooMany)
  }
  if (!(await mayWriteTo(facilitator.id, address)))
    return refuse(texts.facilitatorSearch.write.full)
  if (textOf(form, 'site_web') === '') {
    const isTaken = await inTransaction(db, async (trx) => {
      const { host } = new URL(facilitator.uri)
      if (!(await takeLimited(trx, 'visitors to a site', { host }, now()))) return false
      const profileUri = facilitator.uri
      const said = { profileUri, via: undefined, name, email, text: message }
      const messageId = await insertContactMessage(trx, said, now())
      await appendChange(trx, { type: 'person-contacted', messageId }, now())
      return true
    })
    if (!isTaken) return refuse(texts.facilitatorSearch.write.siteFull)
    context.wake()
  }
  return c.html(
    <NoticePage
      site={site}
      title={texts.facilitatorSearch.write.onItsWayTitle}
      text={texts.facilitatorSearch.write.onItsWay}
      back={{
        href: paths.facilitator(facilitatorPageId(facilitator)),
        label: texts.facilitator.write.back,
      }}
      isDone
    />,
  )
}

async function searchPage(context: Own, c: Asked) {
  const { db, now } = context
  const values = readFacilitatorValues(parameterOf(c))
  const { query, place, problems, or } = readFacilitatorSearch(paths.facilitators, values)
  const after = c.req.query('apres')
  const found = query
    ? await listFacilitators(db, {
        ...query,
        audience: 'public',
        now: now(),
        limit: PAGE_SIZE,
        after,
      })
    : { facilitators: [], total: 0, next: undefined }
  const next = found.next
  return c.html(
    <FacilitatorSearchPage
      site={await findSite(context, c)}
      values={values}
      problems={problems}
      people={await toCards(context, found.facilitators)}
      total={found.total}
      place={place}
      nextHref={next && facilitatorSearchHref(paths.facilitators, values, { apres: next })}
      continued={after !== undefined}
      or={or}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function toCards({ db }: Own, facilitators: readonly FoundFacilitator[]) {
  const ids = facilitators.map(({ id }) => id)
  const sizes = await listPictureSizes(db, ids)
  return facilitators.map((facilitator) => ({
    facilitator,
    territory: labelOfCode(facilitator.territory),
    href: paths.facilitator(facilitatorPageId(facilitator)),
    copy: copyOf(facilitator, sizes.get(facilitator.id)),
    km: facilitator.distanceKm,
  }))
}

async function facilitatorPage(
  context: Own,
  c: Asked,
  facilitator: Facilitator,
  typed?: Pick<WriteForm, 'values' | 'messages'>,
  status: 200 | 422 | 429 = 200,
) {
  const { db, now } = context
  const { id, peerId, territory } = facilitator
  const cafes = await listCafesOf(db, { facilitatorId: id, now: now(), limit: CAFES })
  const peer = peerId === undefined ? undefined : await findPeer(db, peerId)
  const sizes = await listPictureSizes(db, [id])
  const action = paths.writeToFacilitator(facilitatorPageId(facilitator))
  return c.html(
    <FacilitatorPage
      site={await findSite(context, c)}
      facilitator={facilitator}
      territory={labelOfCode(territory)}
      mandates={await findMandatesOf(context, facilitator.uri)}
      copy={copyOf(facilitator, sizes.get(id))}
      cafes={await toListed(db, cafes)}
      led={await findLedCafes(db, { facilitatorId: id, now: now() })}
      now={now()}
      write={
        facilitator.contact === 'relay'
          ? { action, mailWorks: true, isElsewhere: true, values: {}, messages: [], ...typed }
          : undefined
      }
      publisher={peer?.name ?? new URL(facilitator.uri).host}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
    status,
  )
}

const copyOf = (facilitator: Facilitator, size: { width: number; height: number } | undefined) =>
  size && {
    src: paths.facilitatorPhoto(
      facilitatorPageId(facilitator),
      String(facilitator.updatedAt.epochMilliseconds / 1000),
    ),
    ...size,
  }
