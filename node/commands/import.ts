import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { problemMessage } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../domain/errors.ts'
import {
  applyImport,
  type ImportOutcome,
  type ImportStep,
  previewImport,
} from '../routes/cafe-import.ts'
import { type ImportFile, readImportFile } from '../routes/import-file.ts'
import { ensureOrganization } from './sign-in-link.ts'

/** Reads a calendar or a table and says, row by row, what it does with it. A row that fails makes the exit code 1. */
export async function importFile(
  context: Context,
  { source, dryRun }: { source: string; dryRun: boolean },
): Promise<void> {
  const organization = await ensureOrganization(context)
  const now = context.now()
  const preview = readImportFile(await read(context, source), now)
  const job = { db: context.db, config: context.config, organization, rows: preview.rows, now }
  const steps = dryRun ? await previewImport(job) : await applyImport(job)
  for (const warning of preview.warnings) print(`  ${problemMessage(warning, 'fr')}`)
  for (const step of steps) print(line(step))
  print(summary(steps, dryRun))
  if (steps.some((step) => step.outcome === 'failed')) process.exitCode = 1
}

async function read(context: Context, source: string): Promise<ImportFile> {
  if (/^(https?|webcals?):\/\//i.test(source)) {
    const file = await context.network.fetchCalendar(source)
    if (file.outcome === 'refused') throw new DomainError('invalid', `${source}: ${file.reason}`)
    return { bytes: file.bytes, contentType: file.contentType }
  }
  try {
    return { bytes: await readFile(source), filename: basename(source) }
  } catch {
    throw new DomainError('not_found', `the file ${source} cannot be read`)
  }
}

const WORDS: Record<ImportOutcome, string> = {
  created: 'annoncé',
  updated: 'modifié',
  unchanged: 'inchangé',
  cancelled: 'annulé',
  past: 'passé, laissé de côté',
  failed: 'refusé',
}

function line({ row, outcome, title, startsAt, place, problems }: ImportStep): string {
  const when = startsAt ? startsAt.toPlainDateTime().toString({ smallestUnit: 'minute' }) : ''
  const why = problems.map((problem) => `${problem.field} : ${problemMessage(problem, 'fr')}`)
  return [`${row}`.padStart(4), WORDS[outcome], when, title, place, ...why]
    .filter(Boolean)
    .join(' · ')
}

function summary(steps: readonly ImportStep[], dryRun: boolean): string {
  const totals = Object.entries(WORDS).flatMap(([outcome, words]) => {
    const total = steps.filter((step) => step.outcome === outcome).length
    return total === 0 ? [] : [`${total} ${words}`]
  })
  return `${totals.join(', ') || 'rien à lire'}${dryRun ? ' (essai : rien n’a changé)' : ''}`
}

const print = (text: string): boolean => process.stdout.write(`${text}\n`)
