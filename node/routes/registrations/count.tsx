import { randomUUID } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { CountPage } from '../../../ui/registrations/count-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { type Count, UNREGISTERED_MAX } from '../../domain/registrations/attendance.ts'
import { SEATS_MAX } from '../../domain/registrations/registration.ts'
import { clock } from '../../domain/values/date-text.ts'
import {
  findAttendance,
  listPresence,
  type SavedAttendance,
  saveCount,
  versionOfCount,
} from '../../store/registrations/attendance.ts'
import { eraseDay } from '../../store/registrations/purge.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { allowOwnFetch } from '../http/middleware.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { cafeOfAddress, inOrderOfNames, readRegistrations } from './team-view.ts'

/** How long before a café begins its team may begin to count. */
const EARLIEST = { hours: 3 }

/**
 * The count at the door. The page's script sends it by itself, later where there is no network, and reads an answer in
 * JSON: `saved` with the `next` page, or a `message`.
 */
export const countRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id/compter', allowOwnFetch, (c) => show(context, c))
    .post('/:id/compter', allowOwnFetch, (c) => save(context, c))

type Asked = HonoContext<WebEnv>

const isOver = ({ config, now }: Pick<Context, 'config' | 'now'>, cafe: Cafe): boolean =>
  Temporal.PlainDate.compare(
    now().toZonedDateTimeISO(cafe.timezone).toPlainDate(),
    eraseDay(cafe, config),
  ) >= 0

type Typed = { count: Count | undefined; unregistered: string; message: string }

async function show(context: Context, c: Asked, typed?: Typed, status: 200 | 409 | 422 = 200) {
  const { db } = context
  const cafe = await cafeOfAddress(context, c)
  const { all } = await readRegistrations(context, c.var.admin, cafe)
  const saved = await findAttendance(db, cafe.id)
  const texts = messagesFor(languageOf(c)).registrationTeam
  return c.html(
    <CountPage
      {...(await adminPropsFor(context, c))}
      {...{ cafe, message: typed?.message, isOver: isOver(context, cafe) }}
      coming={inOrderOfNames(all.filter(({ state }) => state === 'confirmed'))}
      present={typed?.count?.present ?? (await listPresence(db, cafe.id))}
      unregistered={typed?.unregistered ?? String(saved?.unregistered ?? 0)}
      version={versionOfCount(saved)}
      sendKey={randomUUID()}
      saved={saved && texts.counted(saved)}
    />,
    status,
  )
}

async function save(context: Context, c: Asked) {
  const { db, now } = context
  const cafe = await cafeOfAddress(context, c)
  const texts = messagesFor(languageOf(c)).registrationTeam.count
  const { form } = c.var
  const unregistered = textOf(form, 'unregistered').trim() || '0'
  const count = readCount(form, unregistered)
  const refuse = (message: string, status: 409 | 422) =>
    refused(context, c, { typed: { count, unregistered, message }, status, cafe })
  if (!count) return refuse(texts.wrong(UNREGISTERED_MAX), 422)
  if (Temporal.Instant.compare(now(), cafe.startsAt.subtract(EARLIEST)) < 0)
    return refuse(texts.early, 422)
  if (isOver(context, cafe)) return refuse(texts.over, 422)
  const sent = { key: textOf(form, 'key').slice(0, 36), seen: textOf(form, 'version') }
  const done = await saveCount(db, { cafeId: cafe.id, count, ...sent }, now())
  if ('isStale' in done) return refuse(staleText(cafe, await findAttendance(db, cafe.id), c), 409)
  const next = withFlash(paths.registrations(cafe.id), 'done')
  return wantsJson(c) ? c.json({ saved: true, next }) : c.redirect(next, 303)
}

function staleText(cafe: Cafe, saved: SavedAttendance | undefined, c: Asked): string {
  const lang = languageOf(c)
  const time = saved ? clock(saved.at.toZonedDateTimeISO(cafe.timezone), lang) : ''
  return messagesFor(lang).registrationTeam.count.stale({
    ...{ participants: saved?.participants ?? 0, time },
  })
}

const wantsJson = (c: Asked): boolean => c.req.header('accept') === 'application/json'

async function refused(
  context: Context,
  c: Asked,
  { typed, status, cafe }: { typed: Typed; status: 409 | 422; cafe: Cafe },
) {
  if (!wantsJson(c)) return show(context, c, typed, status)
  const version = versionOfCount(await findAttendance(context.db, cafe.id))
  return c.json({ message: typed.message, version, key: randomUUID() }, status)
}

/** Reads a count; undefined where a number of people is none. */
function readCount(form: FormData, unregistered: string): Count | undefined {
  const others = readNumber(unregistered, UNREGISTERED_MAX)
  if (others === undefined) return undefined
  const present = new Map<string, number>()
  for (const id of textOf(form, 'lines').split(' ')) {
    const came = readNumber(textOf(form, `present.${id}`) || '0', SEATS_MAX)
    if (came === undefined) return undefined
    present.set(id, came)
  }
  return { present, unregistered: others }
}

function readNumber(text: string, max: number): number | undefined {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : max + 1
  return number <= max ? number : undefined
}
