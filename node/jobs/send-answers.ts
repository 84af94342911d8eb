import { draftMail } from '../../ui/admin/mail-templates.ts'
import { messagesFor } from '../../ui/locales/messages.ts'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { nameOfSite } from '../routes/http/site.ts'
import { hasKnownEmail } from '../store/accounts/accounts.ts'
import {
  listUnsentAnswers,
  markInvitationAnswersSent,
} from '../store/agreements/invitation-answers.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { markAnswersSent } from '../store/directory/followings.ts'
import {
  listHiddenProfiles,
  listUnreportedHidden,
  markHiddenSent,
} from '../store/directory/hidden-elsewhere.ts'
import { listJoinings } from '../store/directory/joinings.ts'
import { listManagers } from '../store/networks/managers.ts'
import { findNetwork } from '../store/networks/networks.ts'
import { appendMail } from '../store/queues/mails.ts'
import { findPartText } from '../store/reports/hidden-parts.ts'
import { listAdministratorEmails } from '../store/structures/team-addresses.ts'

const texts = messagesFor('fr').admin.home.answers

const EXPIRES_HOURS = 7 * 24
/** The maximum number of lines of the mail; the rest is on the first page of the administration. */
const MOST_LINES = 20

/**
 * Sends one mail to each person about everything that was answered since the last one: to administrators what directories
 * answered, with their reasons; to them and to the managers of a network what structures answered to its invitations.
 */
export async function sendAnswers(context: Context): Promise<void> {
  const { db, config, now, wake } = context
  const siteName = await nameOfSite(context)
  await inTransaction(db, async (trx) => {
    const expiresAt = now().add({ hours: EXPIRES_HOURS })
    for (const [to, recipient] of config.mail ? await findRecipients(trx, now()) : []) {
      const said = { siteName, lines: cutLines(recipient.lines), isTeam: recipient.isTeam }
      const link = config.origin + (recipient.isTeam ? paths.admin : paths.dashboards)
      await appendMail(trx, { ...draftMail('answers', { ...said, link }), to, expiresAt }, now())
    }
    await markAnswersSent(trx, now())
    await markHiddenSent(trx, now())
    await markInvitationAnswersSent(trx, now())
  })
  wake()
}

/** What one person is told. `isTeam`: they have the administration's home, and not only the dashboard of a network. */
type Recipient = { lines: string[]; isTeam: boolean }

/** Finds who is told what, by address. */
async function findRecipients(
  trx: Database,
  now: Temporal.Instant,
): Promise<Map<string, Recipient>> {
  const recipients = new Map<string, Recipient>()
  const notify = (emails: readonly string[], lines: readonly string[], isTeam: boolean) => {
    for (const email of lines.length > 0 ? emails : []) {
      const before = recipients.get(email) ?? { lines: [], isTeam: false }
      const all = [...new Set([...before.lines, ...lines])]
      recipients.set(email, { lines: all, isTeam: isTeam || before.isTeam })
    }
  }
  notify(await listAdministratorEmails(trx), await directoryLines(trx, now), true)
  const answers = Map.groupBy(await listUnsentAnswers(trx), ({ networkUri }) => networkUri)
  for (const [uri, ofNetwork] of answers) {
    const network = await findNetwork(trx, { uri })
    if (!network) continue
    const lines = ofNetwork.map(({ structure, isYes }) =>
      texts.invitation(structure, network.name, isYes),
    )
    const { organizationId } = network
    if (organizationId) notify(await listAdministratorEmails(trx, organizationId), lines, true)
    const managers = (await listManagers(trx, network.id)).filter(hasKnownEmail)
    notify(
      managers.map(({ email }) => email),
      lines,
      false,
    )
  }
  return recipients
}

function cutLines(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST_LINES)
  const left = lines.length - shown.length
  return [...shown, ...(left > 0 ? [texts.more(left)] : [])].join('\n\n')
}

async function directoryLines(trx: Database, now: Temporal.Instant): Promise<string[]> {
  const joinings = (await listJoinings(trx)).filter(({ isAnswerUnread }) => isAnswerUnread)
  const hidden = await listUnreportedHidden(trx, now)
  const profiles = await listHiddenProfiles(trx, { isUnsent: true })
  return [
    ...joinings.map(({ state, name, reason }) =>
      state === 'accepted' ? texts.accepted(name) : texts.refused(name, reason ?? ''),
    ),
    ...(await Promise.all(
      hidden.map(async (one) =>
        texts.hidden(texts.ofCafe(one, await findPartText(trx, one)), one.directory, one.reason),
      ),
    )),
    ...profiles.map((one) => texts.hidden(texts.ofOther(one), one.directory, one.reason)),
  ]
}
