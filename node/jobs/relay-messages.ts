import type { Context } from '../context.ts'
import { relayMessage } from '../routes/contact-form.ts'
import { deleteContactMessage, listMessagesToOwn } from '../store/contact-messages.ts'
import { findFirstOrganization } from '../store/organizations.ts'

/** What directories handed on for our people becomes a mail to them; one that is too much for the day is dropped. */
export async function relayMessages({ db, config, now }: Context): Promise<void> {
  const waiting = await listMessagesToOwn(db)
  if (waiting.length === 0) return
  const siteName = (await findFirstOrganization(db))?.name ?? new URL(config.origin).host
  for (const { id, facilitatorId, name, email, text } of waiting)
    await db.transaction().execute(async (trx) => {
      await relayMessage(trx, { facilitatorId, name, email, message: text, siteName }, now())
      await deleteContactMessage(trx, id)
    })
}
