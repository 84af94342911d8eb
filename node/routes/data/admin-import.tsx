import { Hono, type Context as HonoContext } from 'hono'
import { raw } from 'hono/html'
import { ImportDonePage, ImportPage, ImportPreviewPage } from '../../../ui/data/import-pages.tsx'
import { importProblemMessage } from '../../../ui/data/import-problems.ts'
import {
  type ImportLine,
  ImportRow,
  ROW_CHOICES,
  type RowChoice,
} from '../../../ui/data/import-rows.tsx'
import { messagesFor, problemMessage, refusalText } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import {
  isLeftOut,
  MOST_CALENDARS,
  toCalendarAddress,
} from '../../domain/cafes/followed-calendar.ts'
import { horizonOf } from '../../domain/cafes/horizon.ts'
import type { ImportedIdentity, ImportPreview } from '../../domain/cafes/import.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import { followCalendar, listCalendars } from '../../store/cafes/followed-calendars.ts'
import { giveWay } from '../../turns/turns.ts'
import { listCalendarStates } from '../cafes/calendar-states.ts'
import { COME_BACK_S, takeMemory } from '../http/answers.ts'
import { fileOf, textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { type Admin, authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { applyImport, previewImport } from './imports/import.ts'
import {
  type FormChoices,
  listNewPlaces,
  listOffered,
  type Offered,
  readChoices,
  toLeftOut,
} from './imports/import-choices.ts'
import {
  IMPORT_BYTES,
  IMPORT_MEMORY,
  type ImportFile,
  packFile,
  problemOfFile,
  unpackFile,
} from './imports/import-file.ts'
import { readImportAside } from './imports/import-reader.ts'
import type { ImportStep } from './imports/import-step.ts'

type Field = 'file' | 'url'

/** What is wrong with a field, in the reader's language. */
type Wrong = { name: Field; message: string }

type Chosen = { file: ImportFile; from: Field; url?: string } | { wrong: Wrong }

/** The import of cafés from a calendar or a table: it is chosen, previewed, then written. */
export const importRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => choosePage(context, c))
    .post('/', (c) => withMemory(context, c, previewFile))
    .post('/confirmer', (c) => withMemory(context, c, confirm))

type Asked = HonoContext<WebEnv>

/** Reads a file once there is memory for it. */
async function withMemory(
  context: Context,
  c: Asked,
  read: (context: Context, c: Asked) => Promise<Response>,
): Promise<Response> {
  if (await takeMemory(c, context.config, IMPORT_MEMORY)) return read(context, c)
  c.header('Retry-After', COME_BACK_S)
  return choosePage(context, c, refused('file', 'data.import_busy', languageOf(c)), 503)
}

async function previewFile(context: Context, c: Asked) {
  const lang = languageOf(c)
  const chosen = await readChosen(context, c.var.form, lang)
  if ('wrong' in chosen) return choosePage(context, c, chosen.wrong)
  const { file, from, url } = chosen
  const { preview, refusal } = await readImportAside(file, asking(context, c))
  if (!preview) return choosePage(context, c, refused(from, refusal, lang))
  const unreadable = problemOfFile(preview)
  if (unreadable)
    return choosePage(context, c, { name: from, message: importProblemMessage(unreadable, lang) })
  const known = await findFollowed(context, c.var.admin, url)
  return previewPage(context, c, {
    ...{ bytes: file.bytes, preview, url, isFollowed: known !== undefined },
    choiceOf: (identity) =>
      isLeftOut(known?.leftOut ?? [], identity)
        ? 'skip'
        : known?.publication === 'draft'
          ? 'draft'
          : 'publish',
    publication: known?.publication ?? 'published',
  })
}

async function confirm(context: Context, c: Asked) {
  const { admin, form } = c.var
  const lang = languageOf(c)
  const bytes = await unpackFile(textOf(form, 'packed'))
  if (!bytes) return choosePage(context, c, nothingChosen(lang))
  const { preview, refusal } = await readImportAside({ bytes }, asking(context, c))
  if (!preview) return choosePage(context, c, refused('file', refusal, lang))
  const url = toCalendarAddress(textOf(form, 'url'))
  const choices = readChoices(form)
  const forAll = ROW_CHOICES.find((known) => known === textOf(form, 'choose'))
  if (forAll)
    return previewPage(context, c, { bytes, preview, url, ...choices, choiceOf: () => forAll })
  const isFollowed = url !== undefined && choices.isFollowed
  if (isFollowed && (await isFull(context, admin, url)))
    return choosePage(context, c, refused('url', 'data.too_many_calendars', lang))
  const lines = await applyImport({ ...(await planFor(context, admin, preview, url)), choices })
  if (isFollowed) await follow(context, admin, { url, choices, lines })
  context.wake()
  return c.html(
    <ImportDonePage
      {...(await adminPropsFor(context, c))}
      lines={lines}
      rows={await drawRows(lines, { lang })}
      isFollowed={isFollowed}
    />,
  )
}

async function choosePage(context: Context, c: Asked, wrong?: Wrong, status: 422 | 503 = 422) {
  const { db, now } = context
  const { admin, form } = c.var
  return c.html(
    <ImportPage
      {...(await adminPropsFor(context, c))}
      messages={wrong ? [wrong] : []}
      url={c.req.method === 'POST' ? textOf(form, 'url') : undefined}
      calendars={await listCalendarStates(db, admin.organization.id, now())}
      now={now()}
    />,
    wrong ? status : 200,
  )
}

async function readChosen({ remote }: Context, form: FormData, lang: Lang): Promise<Chosen> {
  const uploaded = fileOf(form, 'file')
  if (uploaded === 'empty')
    return {
      wrong: {
        name: 'file',
        message: problemMessage({ field: 'file', code: 'file_empty' }, lang),
      },
    }
  if (uploaded) {
    if (uploaded.size > IMPORT_BYTES)
      return { wrong: refused('file', 'data.import_too_large', lang) }
    const bytes = new Uint8Array(await uploaded.arrayBuffer())
    const { name: filename, type: contentType } = uploaded
    return { file: { bytes, filename, contentType }, from: 'file' }
  }
  const typed = textOf(form, 'url')
  if (typed === '') return { wrong: nothingChosen(lang) }
  const url = toCalendarAddress(typed)
  if (url === undefined) {
    const message = problemMessage({ field: 'url', code: 'not_an_url' }, lang)
    return { wrong: { name: 'url', message } }
  }
  const fetched = await remote.fetchCalendar(url)
  if (fetched.outcome === 'refused') return { wrong: refused('url', fetched.reason, lang) }
  return { file: fetched, from: 'url', url }
}

async function planFor(
  context: Context,
  admin: Admin,
  preview: ImportPreview,
  url: string | undefined,
) {
  const { db, config, now } = context
  return {
    ...{ db, config, organization: admin.organization, by: authorOf(admin) },
    ...{ preview, now: now() },
    calendarId: (await findFollowed(context, admin, url))?.id,
  }
}

const asking = ({ now, config }: Context, c: Asked) => ({
  ...{ now: now(), horizon: horizonOf(config), who: c.var.admin.session.id },
})

/** The preview; `choiceOf` says what is chosen for each row. */
async function previewPage(
  context: Context,
  c: Asked,
  { bytes, preview, url, choiceOf, publication, keepsVenues, isFollowed }: Shown,
) {
  const { config } = context
  const plan = {
    ...(await planFor(context, c.var.admin, preview, url)),
    choices: { publication: 'published', isLeftOut: () => false } as const,
  }
  const lines = await previewImport(plan)
  const offered = listOffered(lines, choiceOf)
  const { places, areFew } = listNewPlaces(lines)
  const lang = languageOf(c)
  return c.html(
    <ImportPreviewPage
      {...(await adminPropsFor(context, c))}
      lines={lines}
      rows={await drawRows(lines, { lang, offered })}
      warnings={preview.warnings.map((warning) => importProblemMessage(warning, lang))}
      hidden={{ packed: await packFile(bytes), ...(url !== undefined && { url }) }}
      choices={{
        ...{ publication, isFollowed, isByRow: offered !== undefined },
        ...{ places, keepsVenues: keepsVenues ?? areFew },
        everyMinutes: url === undefined ? undefined : config.calendarMinutes,
        horizonDays: preview.rows.some(({ cafe }) => cafe?.series)
          ? horizonOf(config).endlessDays
          : undefined,
      }}
    />,
  )
}

async function findFollowed({ db }: Context, { organization }: Admin, url: string | undefined) {
  const calendars = await listCalendars(db, organization.id)
  return calendars.find(({ address }) => address === url)
}

async function isFull({ db }: Context, { organization }: Admin, url: string): Promise<boolean> {
  const calendars = await listCalendars(db, organization.id)
  return calendars.length >= MOST_CALENDARS && calendars.every(({ address }) => address !== url)
}

async function follow(
  context: Context,
  admin: Admin,
  { url, choices, lines }: { url: string; choices: FormChoices; lines: readonly ImportStep[] },
): Promise<void> {
  const { db, now } = context
  const known = await findFollowed(context, admin, url)
  const identities = lines.flatMap(({ identity }) => identity ?? [])
  const leftOut = toLeftOut(identities, choices.isLeftOut, known?.leftOut ?? [])
  const { publication } = choices
  const organizationId = admin.organization.id
  await followCalendar(db, { organizationId, address: url, publication, leftOut }, now())
}

type Shown = {
  bytes: Uint8Array
  preview: ImportPreview
  /** The address of a calendar that was read from one. */
  url: string | undefined
  choiceOf: (identity: ImportedIdentity) => RowChoice
} & Pick<FormChoices, 'publication' | 'isFollowed'> &
  Partial<Pick<FormChoices, 'keepsVenues'>>

type DrawnLine = ImportLine & Pick<ImportStep, 'identity'>
type Drawn = { lang: Lang; offered?: Offered | undefined }

/** Draws the rows; it gives way in between. */
async function drawRows(lines: readonly DrawnLine[], { lang, offered }: Drawn) {
  const boxes = new Map(offered?.map((box) => [box.identity, box]))
  const hasBoxes = boxes.size > 0
  const rows: string[] = []
  for (const line of lines) {
    const box = line.identity && boxes.get(line.identity)
    rows.push(String(<ImportRow {...{ line, lang, box, hasBoxes }} />))
    await giveWay()
  }
  const drawn = raw(rows.join(''))
  return () => drawn
}

const nothingChosen = (lang: Lang): Wrong => ({
  name: 'file',
  message: messagesFor(lang).admin.import.nothingChosen,
})

const refused = (name: Field, refusal: Refusal, lang: Lang): Wrong => ({
  name,
  message: refusalText(refusal, lang),
})
