import { Hono, type Context as HonoContext } from 'hono'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { listActive } from '../../../ui/search/active-criteria.ts'
import { NO_SEARCH, type SearchValues } from '../../../ui/search/values.ts'
import {
  AlertLinkPage,
  AlertPage,
  type AlertPageProps,
} from '../../../ui/territories/alert-pages.tsx'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { ALERT_RADIUS, ALERT_RHYTHMS } from '../../domain/territories/alert.ts'
import { isEmail } from '../../domain/values/contact.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { ALERT_DAYS } from '../../domain/values/retention.ts'
import { findTerritory } from '../../geo/territories.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { ALERT_REQUEST_MAIL, requestAlert } from '../../store/territories/alerts.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { findSearchNames } from '../search/search-names.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { readAlertArea } from './alert-area.ts'
import { alertLinkRoutes } from './alert-links.tsx'
import { readAlertConditions, toAlertSearch, withoutMessages } from './alert-search.ts'

const TEXT_MAX = 200

type Values = AlertPageProps['values']
type Shown = Partial<Pick<AlertPageProps, 'messages' | 'towns'>> & { conditions?: SearchValues }

/** « Prévenez-moi » : a mail when a café is announced there, once the address is confirmed. */
export function alertRoutes(context: Context) {
  const own: Own = {
    ...context,
    byNetwork: createVisitorLimit(context.db, limitOf('alerts')),
  }
  return new Hono<WebEnv>()
    .get(paths.alerts, (c) =>
      page(
        own,
        c,
        readValues((name) => c.req.query(name) ?? ''),
        { conditions: readAlertConditions((name) => c.req.query(name) ?? '') },
      ),
    )
    .post(paths.alerts, limitBody(), (c) => takeRequest(own, c))
    .route('/', alertLinkRoutes(context))
}

type Own = Context & {
  byNetwork: ReturnType<typeof createVisitorLimit>
}
type Asked = HonoContext<WebEnv>

async function takeRequest(context: Own, c: Asked) {
  const { config, byNetwork, db, now } = context
  c.header('Cache-Control', 'no-store')
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const values = readValues((name) => textOf(form, name))
  if (!config.mail) return page(context, c, values)
  const site = await findSite(context, c)
  const texts = messagesFor(site.lang).alert
  const conditions = readAlertConditions((name) => textOf(form, name))
  const read = readAlertArea(values, site.lang)
  const wrong = isEmail(toEmail(values.email)) ? [] : [{ name: 'email', message: texts.emailWrong }]
  if (!('area' in read)) {
    const { messages = [], towns } = read
    return page(context, c, values, { conditions, messages: [...messages, ...wrong], towns }, 422)
  }
  if (wrong.length > 0) return page(context, c, values, { conditions, messages: wrong }, 422)
  const wait = await byNetwork(addressOf(c.env?.incoming, config))
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    const messages = [{ name: 'email', message: texts.tooMany }]
    return page(context, c, values, { conditions, messages }, 429)
  }
  const placeWith = async (shown: SearchValues) =>
    [read.place, ...(await wordsOf(context, shown, 'fr'))].join(', ')
  const place = await placeWith(conditions)
  const isWeekly = values.rythme === 'weekly'
  const said = {
    siteName: site.name,
    place: await placeWith(withoutMessages(conditions)),
    isWeekly,
  }
  await inTransaction(db, async (trx) => {
    const search = toAlertSearch(conditions)
    const asked = { email: values.email, area: read.area, search, place, rhythm: values.rythme }
    const alert = await requestAlert(trx, asked, now())
    if (!alert) return
    const expiresAt = now().add({ hours: ALERT_DAYS.unconfirmed * 24 })
    await appendMail(
      trx,
      { ...draftMail(ALERT_REQUEST_MAIL, said), to: alert.email, expiresAt, alertId: alert.id },
      now(),
    )
  })
  context.wake()
  // The answer does not depend on whether anybody has that address, nor on whether it asked before.
  return c.html(<AlertLinkPage site={site} state="sent" />)
}

async function page(
  context: Own,
  c: Asked,
  values: Values,
  { conditions = NO_SEARCH, messages = [], towns }: Shown = {},
  status: 200 | 422 | 429 = 200,
) {
  const { config } = context
  const territory = findTerritory(values.territoire)
  const site = await findSite(context, c)
  return c.html(
    <AlertPage
      site={site}
      values={{ ...values, territoire: territory?.code ?? '' }}
      place={territory && labelOfTerritory(territory)}
      conditions={conditions}
      words={await wordsOf(context, conditions, site.lang)}
      messages={messages}
      towns={towns}
      mailWorks={config.mail !== undefined}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
    status,
  )
}

/** Returns the remembered conditions of a search in words, without its place. */
async function wordsOf({ db }: Own, conditions: SearchValues, lang: Lang): Promise<string[]> {
  const names = await findSearchNames(db, conditions, undefined)
  return listActive(conditions, names, messagesFor(lang)).map(({ label }) => label)
}

const readValues = (text: (name: keyof Values) => string): Values => {
  const read = (name: keyof Values) => text(name).trim().slice(0, TEXT_MAX)
  // A cut address would be somebody else's, so one that is too long is refused.
  return {
    email: text('email').trim(),
    ou: read('ou'),
    rayon: read('rayon') || String(ALERT_RADIUS),
    rythme: ALERT_RHYTHMS.find((one) => one === read('rythme')) ?? 'new',
    territoire: read('territoire'),
  }
}
