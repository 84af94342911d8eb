import { sendMails } from '../../node/jobs/send-mails.ts'
import { createMailer } from '../../node/server/mail.ts'
import { announce, signInByLink } from './admin.ts'
import { type Fields, openBrowser } from './browser.ts'
import { readable } from './readable.ts'
import { headerOf, partOfMail, startRelay, textOfMail } from './relay.ts'
import { startWeb } from './server.ts'

/** A site with a relay, its team, and a visitor who registers at its cafés. */
export async function startRegistering() {
  const relay = await startRelay()
  const server = await startWeb({ smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  const visitor = openBrowser(server.origin)
  const admin = await signInByLink(server)

  /** Announces a café with so many seats, and returns its id. */
  const aCafe = (seats: number, title = `Café de ${seats}`, some: Fields = {}) =>
    announce(admin, {
      title,
      'registration.mode': 'local',
      'registration.capacity': String(seats),
      ...some,
    })

  /** Sends the mails that wait; returns to whom, about what, with which link, and the café for a calendar. */
  async function deliver() {
    const { mail } = server.context.config
    if (!mail) throw new Error('no mail')
    relay.taken.length = 0
    await sendMails(server.context, createMailer(mail))
    return relay.taken.map(({ to, raw }) => {
      const text = readable(textOfMail(raw))
      const link = /\/inscriptions\/[\w-]{43}/.exec(text)?.[0] ?? ''
      const calendar = partOfMail(raw, 'text/calendar')
      return {
        ...{ to: to.join(), subject: subjectOf(raw), text, link, calendar },
        html: partOfMail(raw, 'text/html') ?? '',
      }
    })
  }

  /** Fills in the form of a café as a person would, in more than two seconds. */
  async function ask(cafe: string, fields: Record<string, string>, from = '203.0.113.1') {
    const page = await visitor.get(`/cafes/${cafe}/inscription`)
    server.advance({ seconds: 5 })
    const signature = /name="signature" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    return visitor.post(
      `/cafes/${cafe}/inscription`,
      { prenom: 'Amina', places: '1', age: 'oui', signature, ...fields },
      { 'x-forwarded-for': from },
    )
  }

  /** Registers a person by mail, who proves the address; returns their link. */
  async function register(cafe: string, courriel: string, fields: Record<string, string> = {}) {
    await ask(cafe, { courriel, ...fields }, `203.0.113.${next()}`)
    const link = (await deliver()).find(({ to }) => to === courriel)?.link ?? ''
    await visitor.post(link, {})
    return link
  }

  /** Lists what is stored of those who registered at a café, in the order in which they asked. */
  const registrationsOf = (cafe: string) =>
    server.context.db
      .selectFrom('registration')
      .selectAll()
      .where('cafe_id', '=', cafe)
      .orderBy('rank')
      .execute()

  const addresses = { last: 10 }
  const next = () => {
    addresses.last += 1
    return addresses.last
  }

  return {
    ...{ relay, server, visitor, admin, aCafe, deliver, ask, register },
    registrationsOf,
    stop: async () => {
      await server.stop()
      await relay.stop()
    },
  }
}

/** Returns the subject of a mail, whose words may be encoded (RFC 2047, Q). */
const subjectOf = (raw: string): string =>
  readable(
    Buffer.from(
      (headerOf(raw, 'subject') ?? '')
        .replace(/\?=\s+=\?UTF-8\?Q\?/gi, '')
        .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, words: string) =>
          words
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
              String.fromCharCode(Number.parseInt(hex, 16)),
            ),
        ),
      'latin1',
    ).toString('utf8'),
  )
