import { draftMail } from '../../ui/admin/mail-templates.ts'
import { messagesFor } from '../../ui/locales/messages.ts'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { nameOfSite } from '../routes/http/site.ts'
import { inTransaction } from '../store/database/database.ts'
import { markAnswersSent } from '../store/directory/followings.ts'
import {
  listHiddenProfiles,
  listUnreportedHidden,
  markHiddenSent,
} from '../store/directory/hidden-elsewhere.ts'
import { listJoinings } from '../store/directory/joinings.ts'
import { appendMail } from '../store/queues/mails.ts'
import { listAdministratorEmails } from '../store/structures/team-addresses.ts'

const EXPIRES_HOURS = 7 * 24
/** The maximum number of lines of the mail; the rest is on the first page of the administration. */
const MOST_LINES = 20

/**
 * Sends one mail to each administrator about everything that directories have answered since the last one, with their
 * reasons.
 */
export async function sendDirectoryAnswers(context: Context): Promise<void> {
  const { db, config, now, wake } = context
  const texts = messagesFor('fr').admin.home.answers
  const joinings = (await listJoinings(db)).filter(({ isAnswerUnread }) => isAnswerUnread)
  const hidden = await listUnreportedHidden(db, now())
  const profiles = await listHiddenProfiles(db, { isUnsent: true })
  const lines = [
    ...joinings.map(({ state, name, reason }) =>
      state === 'accepted' ? texts.accepted(name) : texts.refused(name, reason ?? ''),
    ),
    ...hidden.map(({ title, directory, reason }) =>
      texts.hidden(texts.cafe(title), directory, reason),
    ),
    ...profiles.map(({ facilitatorId, name, directory, reason }) =>
      texts.hidden(
        facilitatorId === undefined ? texts.everything : texts.profile(name),
        directory,
        reason,
      ),
    ),
  ]
  if (lines.length === 0) return
  const left = lines.splice(MOST_LINES).length
  if (left > 0) lines.push(texts.more(left))
  const siteName = await nameOfSite(context)
  const link = config.origin + paths.admin
  const mail = draftMail('directory-answers', { siteName, lines: lines.join('\n\n'), link })
  await inTransaction(db, async (trx) => {
    const expiresAt = now().add({ hours: EXPIRES_HOURS })
    for (const to of config.mail ? await listAdministratorEmails(trx) : [])
      await appendMail(trx, { ...mail, to, expiresAt }, now())
    await markAnswersSent(trx, now())
    await markHiddenSent(trx, now())
  })
  wake()
}
