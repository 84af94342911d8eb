import { deleteLinks, findLink, insertLink, listOpenLinks } from '../accounts/links.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { logMandateAct } from './mandate-acts.ts'

/**
 * The code of a mandate: where no mail leaves, it stands for the mailbox. It is shown once, on the page of the link that
 * the team handed over, and only its hash is kept; whoever has the link alone agrees to nothing.
 */

/** Finds when the code of a mandate was made; undefined where it has none. */
export async function findCodeMadeAt(
  db: Database,
  id: string,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const [made] = await listOpenLinks(db, { purpose: 'mandate-code', subject: id }, now)
  return made?.at
}

/** A second click within so many seconds gets another code, since the browser shows only the last answer. */
const SECOND_CLICK = 30

/**
 * Makes the code of a proposal, once: who lost it is proposed again.
 * @returns The code; undefined where one was made before, or the proposal was answered.
 */
export const insertMandateCode = (
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
): Promise<string | undefined> =>
  inTransaction(db, async (trx) => {
    const mandate = await trx
      .selectFrom('referent')
      .select('territory')
      .where('id', '=', id)
      .where('state', '=', 'proposed')
      .$if(isPostgres(trx), (qb) => qb.forUpdate())
      .executeTakeFirst()
    const madeAt = await findCodeMadeAt(trx, id, now)
    if (!mandate || (madeAt && now.since(madeAt).total('seconds') > SECOND_CLICK)) return undefined
    await deleteLinks(trx, { purpose: 'mandate-code', subject: id })
    const by = { kind: 'handed', name: '' } as const
    await logMandateAct(trx, { act: 'mandate-code-made', by, mandate }, now)
    return insertLink(trx, { purpose: 'mandate-code', subject: id, isFilledIn: true }, now)
  })

/** Returns whether this is the code of the mandate. */
export async function isMandateCode(
  db: Database,
  { id, code }: { id: string; code: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const link = await findLink(db, { token: code, purpose: 'mandate-code' }, now)
  return !('dead' in link) && link.subject === id
}
