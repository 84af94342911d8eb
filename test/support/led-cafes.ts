import type { Context } from '../../node/context.ts'
import { inTransaction } from '../../node/store/database/database.ts'
import { setCafeFacilitators } from '../../node/store/facilitators/cafe-facilitators.ts'
import { saveNamingAnswer } from '../../node/store/facilitators/namings.ts'

/** Names these people as leading a café, and lets each of them say yes. */
export async function setLedBy(
  { db, now, wake }: Pick<Context, 'db' | 'now' | 'wake'>,
  cafeId: string | undefined,
  facilitatorIds: readonly string[],
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const id = cafeId ?? ''
    await setCafeFacilitators(trx, { cafeId: id, facilitatorIds }, now())
    for (const each of facilitatorIds)
      await saveNamingAnswer(trx, each, { cafeId: id, answer: 'yes' }, now())
  })
  wake()
}
