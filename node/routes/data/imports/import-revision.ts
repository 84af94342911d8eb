import type { Cafe, CafeContent } from '../../../domain/cafes/cafe.ts'
import { decideRevision } from '../../../domain/cafes/edit.ts'
import type { ImportedCafe } from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import { ownFieldsOf } from '../../../domain/series/own-fields.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import { findAsked, saveAsked, saveImportSnapshot } from '../../../store/cafes/import-snapshots.ts'
import { OWN_CAFE, SERIES_CAFE } from '../../../store/cafes/own-cafes.ts'
import { findSeriesDate } from '../../../store/cafes/series/series-dates.ts'
import type { Database } from '../../../store/database/database.ts'
import { listCafeChanges } from '../../cafes/cafe-changes.ts'
import { askedOf, isSameSnapshot, type Revision, reviseBySource } from './import-diff.ts'
import { identityOf } from './import-identity.ts'
import type { Plan, Planned } from './import-job.ts'
import { type DateOfRow, ensureSeries, saveDateOfRow } from './import-series.ts'
import { describeContent } from './import-step.ts'

/** Returns the publication that was chosen for a row; otherwise that of all. */
export const publicationOf = (row: ImportedCafe, { choices }: Plan) =>
  choices?.publicationOf?.(identityOf(row)) ?? choices?.publication

type Known = {
  current: Cafe
  /** What its source said last, as far as it is known; and the memory of it that the reading renews. */
  before: ImportSnapshot | undefined
  remember: ImportSnapshot | undefined
  content: CafeContent
  said: ImportSnapshot
  dated: DateOfRow | undefined
}

/** Plans what a row changes in its café, which may become a date of its series. */
export async function planRevision(
  imported: ImportedCafe,
  { current, before, remember, content, said, dated }: Known,
  plan: Plan,
): Promise<Planned> {
  const keepsDraft = publicationOf(imported, plan) === 'draft'
  const { allDay } = imported
  const isUnseen = plan.by.kind === 'calendar'
  const known = current.series && (await findSeriesDate(plan.db, current.id))
  const own = known ? ownFieldsOf(known.own) : []
  const news = { before, said, content, allDay, keepsDraft, isUnseen, own }
  const { changedHere, kept, ...revision } = reviseBySource(current, news)
  const isSame =
    isSameContent(current, revision.content) && revision.publication === current.publication
  const isForgotten = remember !== undefined && !isSameSnapshot(remember, said)
  // A draft is of no series, and somebody's date of another one stays so.
  const isFree = !known || known.seriesId === dated?.said.series?.id
  const joins = dated && isFree && revision.publication === 'published' ? dated : undefined
  const series = current.series ?? imported.series
  const revised = {
    current,
    revision,
    kept,
    said,
    series,
    joins,
    isRemembered: remember !== undefined,
    recurrenceId: dated ? imported.recurrenceId : current.recurrenceId,
  }
  return {
    current,
    step: {
      ...describeContent(imported.row, revision.content),
      outcome: isSame ? 'unchanged' : 'updated',
      ...(changedHere && { note: changedHere }),
      ...(revision.isReinstated && { note: 'reinstated' as const }),
    },
    apply:
      isSame && !isForgotten && !(joins && !known)
        ? undefined
        : (trx) => saveRevised(trx, revised, plan),
  }
}

type Revised = Pick<Known, 'current' | 'said'> & {
  revision: Pick<Revision, 'content' | 'publication'>
  kept: Revision['kept']
  series: string | undefined
  joins: DateOfRow | undefined
  isRemembered: boolean
  /** What its source calls the date, which moves with its series. */
  recurrenceId: string | undefined
}

async function saveRevised(
  trx: Database,
  { current, revision, kept, said, series, joins, isRemembered, recurrenceId }: Revised,
  plan: Plan,
): Promise<void> {
  const { by, now } = plan
  const { id } = current
  const placed = revision.content
  const ofSeries = joins && (await ensureSeries(trx, joins, { placed, plan }))
  const asSeries = ofSeries?.uri ?? series
  const decide = (cafe: Cafe) =>
    decideRevision({ ...cafe, recurrenceId }, { ...revision, series: asSeries })
  const edit = { id, by, seen: undefined, decide, changesOf: listCafeChanges }
  const saved = await saveEdit(trx, joins ? SERIES_CAFE : OWN_CAFE, edit, now)
  if (joins && saved.outcome === 'saved')
    await saveDateOfRow(trx, joins, { was: current, cafe: saved.value })
  if (!isRemembered) return
  await saveImportSnapshot(trx, id, said)
  const asked = { before: await findAsked(trx, id), kept, said }
  await saveAsked(trx, id, askedOf(placed, asked))
}

const isSameContent = (cafe: Cafe, content: CafeContent): boolean =>
  Object.entries(content).every(
    ([key, value]) => JSON.stringify(cafe[key as keyof CafeContent]) === JSON.stringify(value),
  )
