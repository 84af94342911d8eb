import type { CafeContent } from '../../../domain/cafes/cafe.ts'
import type { ImportedCafe } from '../../../domain/cafes/import.ts'
import type { ImportSnapshot } from '../../../domain/cafes/import-snapshot.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { decideCafeFromBody } from '../../cafes/validation.ts'
import { bodyOf } from './import-body.ts'
import { snapshotOf } from './import-diff.ts'

/**
 * A past event is a row that is left aside and not a mistake, so the rule about new cafés is given a time before all of
 * them.
 */
const LONG_AGO = Temporal.Instant.from('2000-01-01T00:00:00Z')

/** Decides the content of a café from its row; `said` is what is compared with the next reading. */
export function decideRow(
  imported: ImportedCafe,
):
  | { content: CafeContent; said: ImportSnapshot; problems?: never }
  | { problems: Problem[]; content?: never; said?: never } {
  const decided = decideCafeFromBody(bodyOf(imported), { now: LONG_AGO })
  if (!decided.content) return { problems: decided.problems }
  const content = withStatus(decided.content, imported)
  return { content, said: snapshotOf(imported, content) }
}

/**
 * Applies the status of a row. A calendar may postpone or move a café; cancelling is another step, and a moved date
 * shows by itself.
 */
function withStatus(content: CafeContent, { status, statusNote }: ImportedCafe): CafeContent {
  if (status !== 'postponed' && status !== 'moved-online') return content
  return { ...content, status, statusNote }
}
