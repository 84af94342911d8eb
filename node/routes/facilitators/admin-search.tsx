import { Hono, type Context as HonoContext } from 'hono'
import {
  AdminFacilitatorSearchPage,
  type AdminFacilitatorSearchProps,
} from '../../../ui/facilitators/admin-search.tsx'
import {
  type FacilitatorSearchValues,
  isFacilitatorSearch,
} from '../../../ui/facilitators/search-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { hasNetworkFields } from '../../domain/facilitators/facilitator.ts'
import type { FacilitatorAnswer } from '../../domain/facilitators/remote-search.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { inTransaction } from '../../store/database/database.ts'
import { insertContactMessage } from '../../store/facilitators/contact-messages.ts'
import { findFacilitatorByUri } from '../../store/facilitators/facilitators.ts'
import { listJoinedDirectories } from '../../store/facilitators/recipients.ts'
import { listFacilitators } from '../../store/facilitators/search.ts'
import { appendChange } from '../../store/queues/changes.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { MESSAGE_MAX, relayMessage } from '../http/contact-form.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { findSite } from '../http/site.ts'
import { labelOfCode } from '../http/territory-links.ts'
import { parameterOf } from '../search/query.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { readFacilitatorSearch, readFacilitatorValues } from './query.ts'

const MOST = 100
/** The name of the field for each person who was found. */
const FIELD = /^message\.\d{1,3}\.\d{1,3}$/

type Shown = Pick<AdminFacilitatorSearchProps, 'written' | 'messages' | 'values'>

/**
 * The search by which a structure looks for a person to lead a café. It shows what people show to structures, with a
 * way to write to them.
 */
export function adminFacilitatorSearchRoutes(context: Context) {
  const own: Own = {
    ...context,
    byAccount: createRateLimiter(context.db, limitOf('messages of a structure')),
  }
  return new Hono<WebEnv>()
    .get('/', (c) => page(own, c, { values: readFacilitatorValues(parameterOf(c)), messages: [] }))
    .post('/message', (c) => takeMessage(own, c))
}

type Own = Context & {
  byAccount: ReturnType<typeof createRateLimiter>
}
type Asked = HonoContext<WebEnv>

type Newsletter = { uri: string; via: string; name: string; email: string; message: string }

async function takeMessage(context: Own, c: Asked) {
  const { byAccount } = context
  const { admin, form } = c.var
  const values = readFacilitatorValues((name) => textOf(form, name))
  const texts = messagesFor((await findSite(context, c)).lang)
  const uri = textOf(form, 'personne')
  const field = textOf(form, 'champ')
  const message = FIELD.test(field) ? textOf(form, field) : ''
  const refuse = (text: string, status: 422 | 429) =>
    page(
      context,
      c,
      {
        values,
        written: { uri, field, values: valuesOf(form) },
        messages: [{ name: field, message: text }],
      },
      status,
    )
  if (message === '') return refuse(texts.facilitatorSearch.admin.empty, 422)
  if (message.length > MESSAGE_MAX)
    return refuse(texts.facilitatorSearch.admin.long(MESSAGE_MAX), 422)
  if (await spend(byAccount, admin.account.id))
    return refuse(texts.facilitatorSearch.write.full, 429)
  const { name, email } = admin.account
  const sender = { name: [name, admin.organization.name].filter(Boolean).join(', '), email }
  const isSent = await send(context, context, {
    uri,
    via: textOf(form, 'annuaire'),
    ...sender,
    message,
  })
  if (!isSent) return refuse(texts.facilitatorSearch.write.full, 429)
  context.wake()
  return c.redirect(withFlash(paths.findRemoteFacilitators, 'personWritten'), 303)
}

async function page(context: Own, c: Asked, shown: Shown, status: 200 | 422 | 429 = 200) {
  const { db } = context
  const { values } = shown
  const { query, place, problems, or } = readFacilitatorSearch(paths.findRemoteFacilitators, values)
  const answers =
    query && isFacilitatorSearch(values) ? await findAnswers(context, values) : undefined
  return c.html(
    <AdminFacilitatorSearchPage
      {...(await adminPropsFor(context, c))}
      {...shown}
      problems={problems}
      or={or}
      place={place}
      answers={answers?.map(({ directory, people }) => ({
        directory,
        people: people?.map((person) => ({ ...person, where: labelOfCode(person.territory) })),
      }))}
      hasDirectory={context.isDirectory || (await listJoinedDirectories(db)).length > 0}
    />,
    problems.length > 0 ? 422 : status,
  )
}

/**
 * Sends a message to a person: to one of ours at once; otherwise through the directory that was asked, or from here
 * where this is one.
 */
async function send(
  { db, now }: Own,
  { config }: Context,
  { uri, via, name, email, message }: Newsletter,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const known = await findFacilitatorByUri(trx, uri)
    if (known?.peerId === undefined && known) {
      const siteName = new URL(config.origin).host
      return relayMessage(trx, { facilitatorId: known.id, name, email, message, siteName }, now())
    }
    const directories = await listJoinedDirectories(trx)
    const directory = directories.find((one) => one.uri === via)?.uri
    if (!directory && !known) return false
    const said = {
      profileUri: uri,
      via: known ? undefined : directory,
      name,
      email,
      text: message,
    }
    const messageId = await insertContactMessage(trx, said, now())
    await appendChange(trx, { type: 'person-contacted', messageId }, now())
    return true
  })
}

/** Finds the answers: a directory searches its own people; a place asks the directories that it has joined. */
async function findAnswers(
  context: Context,
  values: FacilitatorSearchValues,
): Promise<FacilitatorAnswer[]> {
  if (!context.isDirectory) return context.remote.findRemoteFacilitators(toQuestion(values))
  const { query } = readFacilitatorSearch(paths.findRemoteFacilitators, values)
  const { facilitators } = await listFacilitators(context.db, {
    ...query,
    audience: 'network',
    now: context.now(),
    limit: MOST,
  })
  const people = facilitators.map((facilitator) => ({
    ...facilitator,
    km: facilitator.distanceKm,
    isForStructures: hasNetworkFields(facilitator),
  }))
  return [{ directory: { uri: '', name: '' }, people }]
}

/** Returns the search with the parameters of the API, which reads places in the same way. */
function toQuestion(values: FacilitatorSearchValues): Record<string, string> {
  const { query } = readFacilitatorSearch(paths.findRemoteFacilitators, values)
  const question = {
    near: values.ou,
    radius: values.ou === '' ? '' : values.rayon,
    territory: query?.territory?.code ?? '',
    theme: values.theme,
    format: values.format,
    language: values.langue,
    training: values.formation,
    q: values.q,
    limit: String(MOST),
  }
  return Object.fromEntries(Object.entries(question).filter(([, value]) => value !== ''))
}
