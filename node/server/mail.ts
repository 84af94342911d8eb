import type { Transporter } from 'nodemailer'
import type { MailSettings } from '../config.ts'
import { isLoopbackHost } from '../domain/values/host.ts'

type OutgoingMail = {
  to: string
  subject: string
  /** The text without markup. */
  text: string
  /** The same text for readers that show HTML. */
  html?: string
  /** An iCalendar stream, by which the reader's calendar adds a café, or changes the entry that it has. */
  calendar?: string | undefined
  /** `<id@host>`, the same at every attempt, so that somebody who receives it twice can tell. */
  messageId: string
  /** The name of the sender. */
  sender: string
  /** The headers of RFC 2369 and RFC 8058, with which a mail reader shows a button to unsubscribe. */
  headers?: Readonly<Record<string, string>> | undefined
  /** One address, where an answer is for somebody else than the site. */
  replyTo?: string | undefined
}

type Posted =
  | { outcome: 'sent' /** What the relay answered. */; answer: string }
  /** `final` means that this address will never accept it (RFC 5321 §4.2.1, 5yz); otherwise another try is useful. */
  | { outcome: 'failed'; final: boolean; error: string }

export type Mailer = {
  post: (mail: OutgoingMail) => Promise<Posted>
  /** Connects to the relay and signs in; undefined when it would accept a mail, otherwise why not. */
  check: () => Promise<string | undefined>
}

const SECONDS = 1000

/** Makes a mailer that sends mails to the relay of the settings, with one connection for each. */
export function createMailer(settings: MailSettings): Mailer {
  let transport: Promise<Transporter> | undefined
  const connect = () => {
    transport ??= createTransport(settings)
    return transport
  }
  return {
    async check() {
      try {
        await (await connect()).verify()
        return undefined
      } catch (error) {
        return reasonOf(error).error
      }
    },
    async post({ to, calendar, messageId, sender, headers, replyTo, ...said }) {
      try {
        const { response } = await (await connect()).sendMail({
          from: { name: sender, address: settings.from },
          // It is an object, since a text would be read as a list of addresses.
          to: { name: '', address: to },
          ...(replyTo && { replyTo: { name: '', address: replyTo } }),
          ...said,
          messageId,
          ...(calendar && { attachments: [toAttachment(calendar)] }),
          // The header tells automatic responders not to answer (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        })
        return { outcome: 'sent', answer: String(response) }
      } catch (error) {
        return { outcome: 'failed', ...reasonOf(error) }
      }
    },
  }
}

/** The method is that of the stream (RFC 6047 §2.4); as an attachment it replaces the text in no mail reader. */
const toAttachment = (content: string) => ({
  ...{ filename: 'cafe.ics', content },
  contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
})

/** Makes the connection; the library is loaded with the first mail. */
async function createTransport(settings: MailSettings): Promise<Transporter> {
  const nodemailer = await import('nodemailer')
  return nodemailer.createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    // A password never crosses a network unencrypted.
    requireTLS: settings.login !== undefined && !isLoopbackHost(settings.host),
    ...(settings.login && { auth: settings.login }),
    connectionTimeout: 10 * SECONDS,
    greetingTimeout: 10 * SECONDS,
    socketTimeout: 20 * SECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/**
 * Returns why a mail failed. It is final only when the recipient or the content is refused: a wrong password is the
 * operator's to correct.
 */
function reasonOf(error: unknown): { final: boolean; error: string } {
  if (!(error instanceof Error)) return { final: false, error: String(error) }
  const { code, responseCode = 0 } = error as Error & { code?: string; responseCode?: number }
  const refused = code === 'EENVELOPE' || code === 'EMESSAGE'
  return { final: refused && responseCode >= 500, error: error.message }
}
