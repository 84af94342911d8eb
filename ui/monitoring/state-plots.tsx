import {
  type DayMeasure,
  findFullDay,
  type HourMeasure,
} from '../../node/domain/monitoring/measure.ts'
import type { SiteState } from '../../node/domain/monitoring/site-state.ts'
import { NEARLY_FULL } from '../../node/domain/monitoring/trouble.ts'
import { clock, dayAndMonthText, momentText } from '../../node/domain/values/date-text.ts'
import { fileSize } from '../../node/domain/values/number-text.ts'
import { StackedBars } from '../components/charts.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { MeasuredPlot } from './measured-plot.tsx'
import { Curve, Nights } from './plots.tsx'

type Hour = { hour: Temporal.Instant; measure: HourMeasure | undefined }

export type PlotsProps = {
  state: SiteState
  waiting: number
  /** The last thirty days up to today, and the last 24 hours. */
  days: readonly DayMeasure[]
  hours: readonly Hour[]
  /** When the measures begin; undefined before the first. */
  since: Temporal.Instant | undefined
  areBackupsDaily: boolean
}

type PartProps = PlotsProps & { t: Messages }

/** Shows six plots of how the site was, each with its sentence and its numbers. */
export function StatePlots({ lang, ...props }: PlotsProps & Pick<Messages, 'lang'>) {
  const t = messagesFor(lang)
  return (
    <div class="plots">
      <Sending {...props} t={t} />
      <Queue {...props} t={t} />
      <DiskPlot {...props} t={t} />
      <BackupPlot {...props} t={t} />
      <MemoryPlot {...props} t={t} />
      <Errors {...props} t={t} />
    </div>
  )
}

/** The days that the bars show; the disk and the backups have thirty. */
const BAR_DAYS = 14

const isKnown = (value: number | undefined): boolean => value !== undefined

const sumOf = (days: readonly DayMeasure[], name: 'sent' | 'resent' | 'givenUp' | 'failures') =>
  days.reduce((sum, day) => sum + day[name], 0)

function Sending({ days, since, t }: PartProps) {
  const { sending, day: dayName } = t.monitoring
  const shown = days.slice(-BAR_DAYS)
  return (
    <MeasuredPlot
      id="envois"
      texts={sending}
      says={
        since && sending.says(sumOf(shown, 'sent'), sumOf(shown, 'resent'), sumOf(shown, 'givenUp'))
      }
      isMeasured={since !== undefined}
      plot={
        <StackedBars
          bars={shown.map(({ day, sent, resent }) => ({
            label: String(day.day),
            title: `${dayAndMonthText(day, t.lang)}\u00a0: ${sent}, ${resent} ${sending.again}`,
            parts: [
              { value: sent, shade: 'many' },
              { value: resent, shade: 'few' },
            ],
          }))}
        />
      }
      head={[dayName, sending.first, sending.again, sending.refused]}
      rows={shown.map(({ day, sent, resent, givenUp }) => [
        dayAndMonthText(day, t.lang),
        ...[sent, resent, givenUp],
      ])}
      t={t}
    />
  )
}

function Queue({ hours, state, waiting, t }: PartProps) {
  const { queue, hour: hourName } = t.monitoring
  const values = hours.map(({ measure }) => measure?.waiting)
  return (
    <MeasuredPlot
      id="file"
      texts={queue}
      says={queue.says(waiting, state.lateMinutes)}
      isMeasured={values.some(isKnown)}
      plot={<Curve {...{ values, top: topOf(values) }} label={String} ends={endsOf(hours, t)} />}
      head={[hourName, queue.waiting, queue.late]}
      rows={hours.map(({ hour, measure }) => [
        hourText(hour, t),
        measure?.waiting ?? t.monitoring.notMeasured,
        measure?.lateMinutes ?? '',
      ])}
      t={t}
    />
  )
}

function DiskPlot({ days, state: { disk }, t }: PartProps) {
  const { disk: texts, day: dayName, notMeasured, today } = t.monitoring
  const values = days.map(({ diskUsedBytes }) => diskUsedBytes)
  const full = findFullDay(days, NEARLY_FULL)
  const share = disk && Math.round((100 * disk.usedBytes) / (disk.usedBytes + disk.freeBytes))
  const size = (bytes: number) => fileSize(bytes, t.lang)
  const top = disk ? disk.usedBytes + disk.freeBytes : topOf(values)
  const limit = disk && { value: NEARLY_FULL * top, label: texts.limit(size(NEARLY_FULL * top)) }
  const first = days[0] ? dayAndMonthText(days[0].day, t.lang) : ''
  return (
    <MeasuredPlot
      id="disque"
      texts={texts}
      says={
        share === undefined
          ? texts.unknown
          : texts.says(share, full ? dayAndMonthText(full, t.lang) : '')
      }
      isMeasured={values.some(isKnown)}
      plot={<Curve {...{ values, top, limit }} label={size} ends={[first, today]} />}
      head={[dayName, texts.used]}
      rows={days.map(({ day, diskUsedBytes }) => [
        dayAndMonthText(day, t.lang),
        diskUsedBytes === undefined ? notMeasured : size(diskUsedBytes),
      ])}
      t={t}
    />
  )
}

function BackupPlot({ days, state: { backup }, areBackupsDaily, t }: PartProps) {
  const { backups, day: dayName, today } = t.monitoring
  const last = backup.lastAt && momentText(Temporal.Instant.from(backup.lastAt), t.lang)
  const says = last ? backups.last(last) : backups.none
  const first = days[0] ? dayAndMonthText(days[0].day, t.lang) : ''
  return (
    <MeasuredPlot
      id="sauvegardes"
      texts={backups}
      says={areBackupsDaily ? says : backups.off}
      isMeasured={days.some(({ backup: state }) => state !== 'unknown')}
      plot={
        <Nights
          nights={days.map(({ day, backup: state }) => ({
            title: `${dayAndMonthText(day, t.lang)}\u00a0: ${backups[state]}`,
            state,
          }))}
          ends={[first, today]}
        />
      }
      head={[dayName, backups.state]}
      rows={days.map(({ day, backup: state }) => [dayAndMonthText(day, t.lang), backups[state]])}
      t={t}
    />
  )
}

function MemoryPlot({ hours, state: { memory }, t }: PartProps) {
  const { memory: texts, hour: hourName, notMeasured } = t.monitoring
  const values = hours.map(({ measure }) => measure?.memoryBytes)
  const size = (bytes: number) => fileSize(bytes, t.lang)
  return (
    <MeasuredPlot
      id="memoire"
      texts={texts}
      says={texts.says(size(memory.bytes), size(memory.limit))}
      isMeasured={values.some(isKnown)}
      plot={<Curve {...{ values, top: topOf(values) }} label={size} ends={endsOf(hours, t)} />}
      head={[hourName, texts.used]}
      rows={hours.map(({ hour, measure }) => [
        hourText(hour, t),
        measure?.memoryBytes === undefined ? notMeasured : size(measure.memoryBytes),
      ])}
      t={t}
    />
  )
}

function Errors({ days, since, t }: PartProps) {
  const { errors, day: dayName } = t.monitoring
  const shown = days.slice(-BAR_DAYS)
  return (
    <MeasuredPlot
      id="erreurs"
      texts={errors}
      says={since && errors.says(sumOf(shown, 'failures'))}
      isMeasured={since !== undefined}
      plot={
        <StackedBars
          bars={shown.map(({ day, failures }) => ({
            label: String(day.day),
            title: `${dayAndMonthText(day, t.lang)}\u00a0: ${failures}`,
            parts: [{ value: failures, shade: 'many' }],
          }))}
        />
      }
      head={[dayName, errors.failed]}
      rows={shown.map(({ day, failures }) => [dayAndMonthText(day, t.lang), failures])}
      t={t}
    />
  )
}

const hourText = (at: Temporal.Instant, t: Messages): string => {
  const local = at.toZonedDateTimeISO('Europe/Paris')
  return `${dayAndMonthText(local, t.lang)}, ${clock(local, t.lang)}`
}

const endsOf = ([first]: readonly Hour[], t: Messages): readonly [string, string] => [
  first ? hourText(first.hour, t) : '',
  t.monitoring.now,
]

/** Returns a round number that is at least the largest value, and whose half is whole. */
function topOf(values: readonly (number | undefined)[]): number {
  const most = Math.max(2, ...values.flatMap((value) => value ?? []))
  const power = 10 ** Math.floor(Math.log10(most))
  return (
    [1, 2, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= most && top % 2 === 0) ??
    most
  )
}
