import type { Context as HonoContext } from 'hono'
import type { AdminProps } from '../../../ui/admin/layout.tsx'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { ReportAction } from '../../../ui/paths.ts'
import type { ReportFormProps } from '../../../ui/reports/report-form.tsx'
import {
  RemoveReportPage,
  ReportPage,
  ReportRemovedPage,
} from '../../../ui/reports/report-pages.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import {
  findReportRefusal,
  isOfFormerDate,
  type Report,
  reportEndOf,
} from '../../domain/reports/report.ts'
import { PARTICIPANTS_MAX } from '../../domain/reports/report-input.ts'
import { deleteFilesOf } from '../../store/files/media-storage.ts'
import { findLikelyNumber } from '../../store/reports/likely-number.ts'
import { deleteOwnReport, saveOwnReport, versionOfReport } from '../../store/reports/own-reports.ts'
import { findReport } from '../../store/reports/reports.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import {
  linesOf,
  type ReadReport,
  readDetails,
  readNumber,
  reportFormState,
  valuesOfReport,
} from './report-form.ts'

/** Who tells of which café, and by which way: signed in (`admin`), or by the link of a mail. */
export type ReportDoor = {
  cafe: Cafe
  by: Author
  admin?: AdminProps | undefined
  pathOf: (action?: ReportAction) => string
}

type Asked = HonoContext

type Shown = {
  values?: FormValues
  messages?: FieldMessage[]
  isAsking?: boolean
  isMore?: boolean
  isStale?: boolean
  status?: 200 | 409 | 422 | 429
}

/** Shows what is asked of a café after it took place, or what is kept. */
export async function openReport(context: Context, c: Asked, door: ReportDoor, shown: Shown = {}) {
  const { db, now } = context
  const { cafe, admin, pathOf } = door
  const report = await findReport(db, cafe.id)
  const site = await findSite(context, c)
  const t = messagesFor(site.lang)
  const asked = c.req.query('corriger') ?? c.req.query('n') ?? c.req.query('lieu')
  const isOld = report !== undefined && isOfFormerDate(report, cafe)
  const isAsking = shown.isAsking ?? (asked !== undefined || isOld)
  const known = report
    ? { values: valuesOfReport(report) }
    : await findKnownNumber(context, c, cafe)
  const asksInstead = c.req.query('n')
  const values = {
    ...known.values,
    ...(report && asksInstead !== undefined ? numberIn(asksInstead) : {}),
    ...shown.values,
  }
  const props: ReportFormProps = {
    ...{ cafe, report, isAsking },
    refusal: findReportRefusal(cafe, now()),
    version: versionOfReport(report),
    action: pathOf(),
    removeHref: pathOf('effacer'),
    csrf: admin?.session.csrf,
    form: reportFormState(values, shown.messages ?? [], t),
    from: 'from' in known && !shown.values ? known.from : undefined,
    isNotHeldAsked: c.req.query('lieu') === 'non',
    lines: linesOf(values, shown.isMore),
    isSaved: c.req.query('garde') !== undefined,
    stale: shown.isStale ? t.report.stale(wordsOf(report, t)) : undefined,
    until: reportEndOf(cafe).toZonedDateTimeISO(cafe.timezone).toPlainDate(),
  }
  return c.html(<ReportPage {...props} {...{ site, admin }} />, shown.status ?? 200)
}

const wordsOf = (report: Report | undefined, t: ReturnType<typeof messagesFor>): string =>
  report === undefined
    ? t.report.none
    : report.isHeld
      ? t.report.people(report.participants ?? 0)
      : t.report.page.notHeld

const numberIn = (text: string): FormValues =>
  /^\d{1,6}$/.test(text) && Number(text) <= PARTICIPANTS_MAX ? { participants: text } : {}

/** Finds a number to begin with: that of the mail's link, what was counted at the door, or the seats that were taken. */
async function findKnownNumber(
  { db }: Pick<Context, 'db'>,
  c: Asked,
  cafe: Cafe,
): Promise<{ values: FormValues; from?: ReportFormProps['from'] }> {
  const asked = numberIn(c.req.query('n') ?? '')
  if (asked.participants !== undefined) return { values: asked, from: 'mail' }
  const likely = await findLikelyNumber(db, cafe.id)
  if (!likely) return { values: {} }
  return { values: { participants: String(likely.participants) }, from: likely.from }
}

/** Takes one step of the form: the number, the yes to an unusual one, or the rest. */
export async function takeReport(context: Context, c: Asked, door: ReportDoor, form: FormData) {
  const { db, now } = context
  const { cafe, by, pathOf } = door
  const t = messagesFor(languageOf(c))
  const report = await findReport(db, cafe.id)
  const isDetails = textOf(form, 'step') === 'details' && report !== undefined
  const typed = { values: valuesOf(form), isAsking: !isDetails }
  if (form.has('more')) return openReport(context, c, door, { ...typed, isMore: true })
  const read: ReadReport =
    isDetails && cafe.organizationId
      ? await readDetails(context, form, { ...report, organizationId: cafe.organizationId }, t)
      : readNumber(form, report, t)
  if ('messages' in read)
    return openReport(context, c, door, { ...typed, messages: read.messages, status: 422 })
  const seen = textOf(form, 'version')
  const saved = await saveOwnReport(db, { cafeId: cafe.id, told: read.told, seen, by }, now())
  if (saved.outcome === 'stale')
    return openReport(context, c, door, { ...typed, isStale: true, status: 409 })
  if (saved.outcome === 'refused') return openReport(context, c, door, { status: 409 })
  await deleteFormerFiles(context, report, saved.report)
  context.wake()
  return c.redirect(`${pathOf()}?garde=1`, 303)
}

/** Deletes the files of a photo that a report no longer has; its row is gone. */
async function deleteFormerFiles(
  { db, config }: Context,
  before: Report | undefined,
  after: Report | undefined,
): Promise<void> {
  if (before?.picture && before.picture !== after?.picture)
    await deleteFilesOf({ db, config }, before.picture)
}

/** Asks whether the report is to be deleted. */
export async function askToRemove(context: Context, c: Asked, { admin, pathOf }: ReportDoor) {
  const site = await findSite(context, c)
  return c.html(
    <RemoveReportPage {...{ site, admin }} action={pathOf('effacer')} back={pathOf()} />,
  )
}

/** Deletes the report for ever; twice changes nothing. */
export async function removeReport(
  context: Context,
  c: Asked,
  { cafe, by, admin, pathOf }: ReportDoor,
) {
  const report = await findReport(context.db, cafe.id)
  await deleteOwnReport(context.db, { cafeId: cafe.id, by }, context.now())
  await deleteFormerFiles(context, report, undefined)
  context.wake()
  if (admin) return c.redirect(pathOf(), 303)
  return c.html(<ReportRemovedPage site={await findSite(context, c)} />)
}
