import { writeMail } from '../../node/routes/accounts/write-mail.ts'
import { listMails } from '../../node/store/queues/team-mails.ts'
import type { Mail } from '../../node/store/schema/queues.ts'
import type { WebServer } from './server.ts'

type Reached = Pick<WebServer, 'context'>

/** Writes every mail as it would be sent now, with links made for it; the oldest first. */
export async function writtenMails({ context }: Reached) {
  const { db } = context
  const mails = (await listMails(db, 1000)).filter(({ sentAt }) => sentAt === undefined)
  const written = mails.map((mail) => write({ context }, mail))
  return (await Promise.all(written)).reverse()
}

async function write({ context }: Reached, mail: Mail) {
  const words = await writeMail(context, mail, 'mailbox')
  return { ...mail, subject: words?.subject ?? '', text: words?.text ?? '' }
}
