import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { importProblemMessage } from '../../ui/data/import-problems.ts'
import { messagesFor, refusalText } from '../../ui/locales/messages.ts'
import { frenchSpaces } from '../../ui/locales/typography.ts'
import type { Context } from '../context.ts'
import { OPERATOR } from '../domain/cafes/edit.ts'
import { isLeftOut, MOST_CALENDARS, toCalendarAddress } from '../domain/cafes/followed-calendar.ts'
import { horizonOf } from '../domain/cafes/horizon.ts'
import type { ImportedIdentity } from '../domain/cafes/import.ts'
import { plural } from '../domain/values/number-text.ts'
import { applyImport, previewImport } from '../routes/data/imports/import.ts'
import { IMPORT_BYTES, type ImportFile, problemOfFile } from '../routes/data/imports/import-file.ts'
import type { ImportStep } from '../routes/data/imports/import-step.ts'
import { readImportFile } from '../routes/data/imports/read-import-file.ts'
import { missingForLaw } from '../routes/structures/legal-texts.ts'
import { findLegalGaps } from '../routes/workspaces/legal-minimum.ts'
import { followCalendar, listCalendars } from '../store/cafes/followed-calendars.ts'
import { CommandError } from './command-error.ts'
import { createProgressLine } from './progress-line.ts'
import { ensureOrganization } from './sign-in-link.ts'

type ImportOptions = {
  source: string
  dryRun: boolean
  /** Whether the running server reads the address again every hour. */
  follow: boolean
  /** Whether new cafés wait as drafts. */
  drafts: boolean
}

/**
 * Reads a calendar or a table and reports, row by row, what it does with it. The valid rows are kept.
 * @throws CommandError when nothing can be read, or when rows were refused.
 */
export async function importFile(
  context: Context,
  { source, dryRun, follow, drafts }: ImportOptions,
): Promise<void> {
  const address = follow && IS_ADDRESS.test(source) ? toCalendarAddress(source) : undefined
  if (follow && address === undefined)
    throw new CommandError(
      `${source} n’est pas une adresse : seul un agenda en ligne peut être suivi.`,
    )
  const organization = await ensureOrganization(context)
  const now = context.now()
  const preview = readImportFile(await read(context, source), {
    now,
    horizon: horizonOf(context.config),
  })
  const unreadable = problemOfFile(preview)
  if (unreadable) throw new CommandError(`${source}: ${importProblemMessage(unreadable)}`)
  const gaps = dryRun ? [] : await findLegalGaps(context)
  if (gaps.length > 0) {
    const text = missingForLaw(gaps, { lang: 'fr', origin: context.config.origin })
    throw new CommandError(frenchSpaces(text))
  }
  const publication = drafts ? 'draft' : 'published'
  const calendars = address === undefined ? [] : await listCalendars(context.db, organization.id)
  const before = calendars.find((calendar) => calendar.address === address)
  if (!before && calendars.length >= MOST_CALENDARS)
    throw new CommandError(refusalText('data.too_many_calendars', 'fr'))
  const leftOut = before?.leftOut ?? []
  const choices = {
    publication,
    isLeftOut: (identity: ImportedIdentity) => isLeftOut(leftOut, identity),
  } as const
  const total = preview.rows.length
  const progress = total > SHORT ? createProgressLine() : undefined
  const job = {
    ...{ db: context.db, config: context.config, organization, preview, now, choices },
    by: OPERATOR,
    calendarId: before?.id,
    // Dates that are gone from the calendar come after its rows.
    onRow: (read: number) =>
      progress?.report({ step: 'des lignes sont lues', done: Math.min(read, total), total }),
  }
  const steps = await (dryRun ? previewImport(job) : applyImport(job)).finally(progress?.end)
  for (const warning of preview.warnings) print(`  ${importProblemMessage(warning)}`)
  if (preview.rows.some(({ cafe }) => cafe?.series))
    print(`  ${WORDS.horizon(horizonOf(context.config).endlessDays)}`)
  for (const step of steps) print(line(step))
  print(summary(steps, dryRun))
  if (address !== undefined && !dryRun) {
    const organizationId = organization.id
    await followCalendar(context.db, { organizationId, address, publication, leftOut }, now)
    print(WORDS.nowFollowed)
  }
  const refused = steps.filter(({ outcome }) => outcome === 'failed').length
  if (refused > 0)
    throw new CommandError(
      `${plural(refused, 'ligne refusée', 'lignes refusées')} sur ${steps.length}.`,
    )
}

/** So many rows are read in about a second. */
const SHORT = 100

/** A source with one of these schemes is an address; any other is a file. */
const IS_ADDRESS = /^(?:https?|webcals?):\/\//i

async function read(context: Context, source: string): Promise<ImportFile> {
  if (IS_ADDRESS.test(source)) {
    const url = source.replace(/^webcals?:/i, 'https:')
    const file = await context.remote.fetchCalendar(url)
    if (file.outcome === 'refused')
      throw new CommandError(`${source}: ${refusalText(file.reason, 'fr')}`)
    return { bytes: file.bytes, contentType: file.contentType }
  }
  const bytes = await readFile(source).catch(() => undefined)
  if (!bytes) throw new CommandError(`Le fichier ${source} ne peut pas être lu.`)
  if (bytes.length > IMPORT_BYTES) throw new CommandError(`Le fichier ${source} a plus de 5 Mo.`)
  return { bytes, filename: basename(source) }
}

const WORDS = messagesFor('fr').admin.import

function line({ row, outcome, note, title, startsAt, place, problems }: ImportStep): string {
  const when = startsAt?.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
  const why = [
    ...(note ? [WORDS.note[note]] : []),
    ...problems.map((problem) => importProblemMessage(problem)),
  ]
  return [`${row}`.padStart(4), WORDS.row[outcome], when, title, place, ...why]
    .filter(Boolean)
    .join(' · ')
}

function summary(steps: readonly ImportStep[], dryRun: boolean): string {
  const totals = Object.entries(WORDS.row).flatMap(([outcome, text]) => {
    const total = steps.filter((step) => step.outcome === outcome).length
    return total === 0 ? [] : [`${text.toLowerCase()}\u00a0: ${total}`]
  })
  return `${totals.join(', ') || 'rien à lire'}${dryRun ? ' (essai\u00a0: rien n’a changé)' : ''}`
}

const print = (text: string): boolean => process.stdout.write(`${text}\n`)
