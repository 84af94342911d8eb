import { randomUUID } from 'node:crypto'
import type { Config, MailSettings } from '../../config.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { cleanText } from '../../formats/text/clean-text.ts'
import { createMailer, type Mailer } from '../../server/mail.ts'
import { describeFault, LONGEST } from '../../server/network-fault.ts'
import { CommandError } from '../command-error.ts'
import { type Finding, toFault } from './finding.ts'
import { checkSender } from './sender-findings.ts'

/**
 * Checks the relay up to signing in and what the domain of the sender says in DNS. A mail is sent only where the operator
 * names its recipient.
 * @throws CommandError where `recipient` is no address.
 */
export async function checkMail(
  { mail, origin }: Pick<Config, 'mail' | 'origin'>,
  recipient: string | undefined,
): Promise<Finding[]> {
  if (recipient !== undefined && !isEmail(recipient))
    throw new CommandError(`--mail prend une adresse électronique, et non « ${recipient} »`)
  if (!mail) return [notSet(recipient)]
  const mailer = createMailer(mail)
  const error = await mailer.check()
  const relay: Finding =
    error === undefined
      ? { is: 'right', words: `Courriel : ${mail.host} répond et accepte ce compte.` }
      : toFault(
          `Courriel : ${mail.host} ne prend pas les messages (${describeFault(error)}).`,
          'Vérifiez le nom, le port, le compte et le mot de passe dans CAFE_IA_SMTP_URL.',
        )
  const sent =
    recipient !== undefined && error === undefined
      ? [await sendTest(mailer, mail, { recipient, origin })]
      : []
  return [relay, ...(await checkSender(mail)), ...sent]
}

const notSet = (recipient: string | undefined): Finding =>
  recipient === undefined
    ? {
        is: 'unknown',
        words:
          'Courriel : pas configuré. Les liens de connexion se donnent en main propre, et l’administration montre chaque message qui serait parti.',
      }
    : toFault(
        'Courriel : pas configuré, donc aucun message d’essai n’est parti.',
        'Écrivez CAFE_IA_SMTP_URL et CAFE_IA_MAIL_FROM dans .env : docs/settings.md',
      )

async function sendTest(
  mailer: Mailer,
  { host }: MailSettings,
  { recipient, origin }: { recipient: string; origin: string },
): Promise<Finding> {
  const site = new URL(origin).hostname
  const posted = await mailer.post({
    to: recipient,
    subject: `Message d’essai de ${site}`,
    text: `Ce message d’essai vient de ${origin}. Qui tient ce site l’a demandé, par la commande « cafe-ia doctor --mail ».\n\nS’il est arrivé dans les indésirables, les autres courriels du site y vont aussi : ce que la commande dit de SPF, de DKIM et de DMARC est à corriger. Il n’y a rien à répondre.\n`,
    messageId: `<${randomUUID()}@${site}>`,
    sender: site,
  })
  return posted.outcome === 'sent'
    ? {
        is: 'right',
        words: `Message d’essai : ${host} l’a pris pour ${recipient}, et répond « ${cleanText(posted.answer, LONGEST)} ». Regardez s’il arrive, et où.`,
      }
    : toFault(
        `Message d’essai : ${host} ne l’a pas pris pour ${recipient} (${describeFault(posted.error)}).`,
        'La réponse du relais dit pourquoi : l’adresse, ou CAFE_IA_MAIL_FROM, qu’il n’admet pas pour ce compte.',
      )
}
