import { Hono, type Context as HonoContext } from 'hono'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { ContactReferentPage } from '../../../ui/referents/contact-page.tsx'
import { ReferentsPage } from '../../../ui/referents/list-page.tsx'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { departementsOf, listInhabited } from '../../geo/territory-family.ts'
import { inTransaction } from '../../store/database/database.ts'
import { uuidV7 } from '../../store/database/uuid.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { listInOffice } from '../../store/referents/referents.ts'
import { listTeamEmails } from '../../store/structures/team-addresses.ts'
import { readContact } from '../http/contact-form.ts'
import { assertSameOrigin, limitBody, readForm, valuesOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createReaderLimit, createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { describeFrance } from '../search/france-map.ts'
import { findAnswering } from '../territories/referents.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { accessLinkRoutes } from './access-link.tsx'
import { referentLinkRoutes } from './links.tsx'
import { createCodeReader } from './mandate-code.ts'
import { notMyMandateRoutes } from './not-my-mandate.tsx'

/** A message that could not be sent in three days is given up, and its author is told. */
const MAIL_HOURS = 72

/** The page of who answers for which territory, with a way to write to them that shows no address. */
export function referentRoutes(context: Context) {
  const own: Own = {
    ...context,
    byNetwork: createVisitorLimit(context.db, limitOf('messages to referents')),
    mayWriteTo: createReaderLimit(context.db, limitOf('messages to a territory')),
    mayWriteToTeam: createReaderLimit(context.db, limitOf('messages to the team')),
  }
  const withCode = { ...context, readCode: createCodeReader(context) }
  return new Hono<WebEnv>()
    .get(paths.referents, (c) => showReferents(own, c))
    .get('/referents/ecrire/:code', (c) => showContact(own, c))
    .post('/referents/ecrire/:code', limitBody(), (c) => takeMessage(own, c))
    .route('/', referentLinkRoutes(withCode))
    .route('/', accessLinkRoutes(withCode))
    .route('/', notMyMandateRoutes(context))
}

type Own = Context & {
  byNetwork: ReturnType<typeof createVisitorLimit>
  mayWriteTo: ReturnType<typeof createReaderLimit>
  mayWriteToTeam: ReturnType<typeof createReaderLimit>
}
type Asked = HonoContext<WebEnv>

async function showReferents(context: Own, c: Asked) {
  const { db, now } = context
  const inOffice = await listInOffice(db, now())
  return c.html(
    <ReferentsPage
      site={await findSite(context, c)}
      map={await describeFrance({ towns: [] })}
      departements={byDepartement(inOffice)}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

async function showContact(context: Own, c: Asked) {
  const territory = findTerritory(c.req.param('code') ?? '')
  return territory ? contactPage(context, c, territory, {}) : c.notFound()
}

async function takeMessage(context: Own, c: Asked) {
  const { config, byNetwork, mayWriteTo, mayWriteToTeam } = context
  c.header('Cache-Control', 'no-store')
  assertSameOrigin(c, config)
  const territory = findTerritory(c.req.param('code') ?? '')
  if (!territory) return c.notFound()
  const values = valuesOf(await readForm(c))
  if (!config.mail) return contactPage(context, c, territory, { values })
  const site = await findSite(context, c)
  const texts = messagesFor(site.lang).referent.contact
  const { said, messages } = readContact(values, site.lang)
  if (messages.length > 0) return contactPage(context, c, territory, { values, messages }, 422)
  const address = addressOf(c.env?.incoming, config)
  const refuse = (message: string) => {
    const refused = [{ name: 'contact.message', message }]
    return contactPage(context, c, territory, { values, messages: refused }, 429)
  }
  const wait = await byNetwork(address)
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    return refuse(texts.tooMany)
  }
  const answer = await findAnswering(context, territory.code)
  const to = answer?.referents.flatMap(({ email }) => email ?? []) ?? []
  // The limit counts for the readers, since the forms of thirty-five thousand communes lead to the same few.
  const mayWrite =
    answer && to.length > 0
      ? await mayWriteTo(answer.territory.code, address)
      : await mayWriteToTeam('team', address)
  if (!mayWrite) return refuse(texts.full)
  await appendMessage(context, { to, said, territory, siteName: site.name })
  context.wake()
  return contactPage(context, c, territory, { isSent: true })
}

/** Queues a message to the referents of a territory or, where there are none, to the team. */
async function appendMessage(
  { db, now }: Own,
  {
    to,
    said,
    territory,
    siteName,
  }: {
    to: readonly string[]
    said: ReturnType<typeof readContact>['said']
    territory: Territory
    siteName: string
  },
): Promise<void> {
  const mail = draftMail('referent-message', {
    ...said,
    siteName,
    territory: labelOfTerritory(territory),
  })
  const expiresAt = now().add({ hours: MAIL_HOURS })
  // All copies of one message have this subject: its author is told when none of them could be delivered.
  const about = uuidV7(now())
  await inTransaction(db, async (trx) => {
    for (const each of to.length > 0 ? to : await listTeamEmails(trx))
      await appendMail(trx, { to: each, ...mail, about, replyTo: said.email, expiresAt }, now())
  })
}

async function contactPage(
  context: Own,
  c: Asked,
  territory: Territory,
  shown: { values?: FormValues; messages?: FieldMessage[]; isSent?: boolean },
  status: 200 | 422 | 429 = 200,
) {
  const { config } = context
  const answer = await findAnswering(context, territory.code)
  return c.html(
    <ContactReferentPage
      site={await findSite(context, c)}
      territory={{ code: territory.code, label: labelOfTerritory(territory) }}
      to={answer?.referents.map(({ name }) => name) ?? []}
      values={shown.values ?? {}}
      messages={shown.messages ?? []}
      isSent={shown.isSent ?? false}
      mailWorks={config.mail !== undefined}
    />,
    status,
  )
}

const WIDEST_FIRST = ['region', 'departement', 'epci', 'commune']

/** Lists every inhabited département by name, with the referents of itself, of its région and of parts of it. */
function byDepartement(inOffice: readonly Referent[]) {
  const placed = inOffice.flatMap((referent) => {
    const territory = findTerritory(referent.territory)
    return territory ? [{ referent, territory }] : []
  })
  placed.sort(
    (one, other) =>
      WIDEST_FIRST.indexOf(one.territory.kind) - WIDEST_FIRST.indexOf(other.territory.kind),
  )
  const departements = listInhabited().flatMap((region) => region.departements)
  return departements
    .map(({ code, name }) => {
      const here = placed.filter(({ territory }) =>
        departementsOf(territory).some((one) => one.code === code),
      )
      return {
        code,
        name,
        isFilled: here.some(({ territory }) => territory.code === code),
        referents: here.map(({ referent, territory }) => ({
          name: referent.name,
          territory: {
            href: paths.territory(territory.code),
            label: labelOfTerritory(territory),
          },
        })),
      }
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'))
}
