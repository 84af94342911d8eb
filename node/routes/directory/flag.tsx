import { Hono, type Context as HonoContext } from 'hono'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { FlagPage, type FlagPageProps } from '../../../ui/directory/flag-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { inTransaction } from '../../store/database/database.ts'
import { uuidV7 } from '../../store/database/uuid.ts'
import { readSegment } from '../../store/directory/hidden-objects.ts'
import { findFacilitatorPage } from '../../store/facilitators/visible-profiles.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { findPublicCafe } from '../../store/search/search.ts'
import { findStructure } from '../../store/structures/structures.ts'
import { listTeamEmails } from '../../store/structures/team-addresses.ts'
import { readContact } from '../http/contact-form.ts'
import { assertSameOrigin, limitBody, readForm, valuesOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createReaderLimit, createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/** A flag that could not be mailed in three days is given up, and its author is told. */
const MAIL_HOURS = 72
/** The pages that can be flagged: a café, a person, a structure. */
const PAGES = /^\/(cafes|animation|structures)\/([^/]{1,300})$/

type Asked = HonoContext<WebEnv>

/** « Signaler »: anybody writes to the team of the directory about one of its pages. */
export function flagRoutes(context: Context) {
  const { db, config, now } = context
  const byNetwork = createVisitorLimit(db, limitOf('messages to referents'))
  const mayWriteToTeam = createReaderLimit(db, limitOf('messages to the team'))

  async function findAbout(c: Asked): Promise<FlagPageProps['about'] | undefined> {
    const address = c.req.query('objet') ?? ''
    if (!URL.canParse(address)) return undefined
    const { origin, pathname } = new URL(address)
    const [, kind, segment = ''] = PAGES.exec(pathname) ?? []
    if (origin !== config.origin || kind === undefined) return undefined
    const href = origin + pathname
    return { href, name: (await findPublicName(kind, readSegment(segment))) ?? href }
  }

  /** Finds the name that the page itself shows to everybody; undefined where it shows nothing. */
  async function findPublicName(kind: string, id: string): Promise<string | undefined> {
    if (kind === 'cafes') return (await findPublicCafe(db, { id }))?.title
    if (kind === 'structures') return (await findStructure(db, { id }))?.name
    const person = await findFacilitatorPage(db, id, now())
    return person === 'erased' ? undefined : person?.name
  }

  async function page(
    c: Asked,
    about: FlagPageProps['about'],
    shown: Partial<FlagPageProps> = {},
    status: 200 | 422 | 429 = 200,
  ) {
    const site = await findSite(context, c)
    const empty = { values: {}, messages: [], mailWorks: config.mail !== undefined }
    return c.html(<FlagPage {...{ site, about }} {...empty} {...shown} />, status)
  }

  async function take(c: Asked) {
    c.header('Cache-Control', 'no-store')
    assertSameOrigin(c, config)
    const about = await findAbout(c)
    if (!about) return c.notFound()
    const values = valuesOf(await readForm(c))
    if (!config.mail) return page(c, about, { values })
    const { lang, name: siteName } = await findSite(context, c)
    const texts = messagesFor(lang).referent.contact
    const { said, messages } = readContact(values, lang)
    if (messages.length > 0) return page(c, about, { values, messages }, 422)
    const address = addressOf(c.env?.incoming, config)
    const wait = await byNetwork(address)
    const refusal = wait !== undefined ? texts.tooMany : undefined
    if (wait !== undefined) c.header('Retry-After', String(wait))
    const full = refusal ?? ((await mayWriteToTeam('team', address)) ? undefined : texts.full)
    if (full !== undefined)
      return page(c, about, { values, messages: [{ name: 'contact.message', message: full }] }, 429)
    const mail = draftMail('flag', {
      ...{ siteName, about: about.name, page: about.href },
      ...{ name: said.name, message: said.message },
      hide: config.origin + paths.hideObject(about.href),
    })
    const sent = { about: uuidV7(now()), replyTo: said.email }
    const expiresAt = now().add({ hours: MAIL_HOURS })
    await inTransaction(db, async (trx) => {
      for (const to of await listTeamEmails(trx))
        await appendMail(trx, { to, ...mail, ...sent, expiresAt }, now())
    })
    context.wake()
    return page(c, about, { isSent: true })
  }

  return new Hono<WebEnv>()
    .get('/signaler', async (c) => {
      const about = await findAbout(c)
      return about ? page(c, about) : c.notFound()
    })
    .post('/signaler', limitBody(), take)
}
