import { Hono, type Context as HonoContext, type Next } from 'hono'
import {
  ConfirmActionPage,
  type ConfirmActionPageProps,
} from '../../../ui/admin/confirm-action-page.tsx'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { messagesOf } from '../../../ui/components/fields.tsx'
import { toFormValues } from '../../../ui/forms/description.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import {
  AdminNetworkPage,
  type AdminNetworkPageProps,
  MEMBER_STATE_NAMES,
} from '../../../ui/networks/admin-network.tsx'
import { NETWORK_FIELDS } from '../../../ui/networks/fields.tsx'
import { MEMBERSHIP_PATHS, paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { subjectOf } from '../../domain/agreements/agreement.ts'
import { decideDeletion } from '../../domain/cafes/edit.ts'
import { listArrivalGroups } from '../../domain/federation/arrivals.ts'
import { type Network, parseNetwork } from '../../domain/structures/network.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { insertLinkTo } from '../../store/accounts/links.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { countAgreements, findAgreementPage } from '../../store/agreements/agreements.ts'
import { listUnreadAnswers, markAnswersRead } from '../../store/agreements/invitation-answers.ts'
import { saveOwnStatement } from '../../store/agreements/statements.ts'
import { hasUnsettledWords } from '../../store/backup/unsent-edits.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { addManager, listManagers, removeManager } from '../../store/networks/managers.ts'
import { findNetwork, findNetworkEnd, OWN_NETWORK } from '../../store/networks/networks.ts'
import { appendMail } from '../../store/queues/mails.ts'
import {
  answerDeletedOf,
  type EditedForm,
  editedFormOf,
  editHistoryPage,
  findLastEdit,
  saveEditedForm,
} from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { agreementRoutes } from '../agreements/agreement-pages.tsx'
import { withFlash } from '../http/flash.ts'
import { readFields, textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import { findSite } from '../http/site.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { refusalOf } from '../workspaces/refusals.ts'
import { listMemberArrivals, refuseMembers } from './bulk-members.ts'

const MANAGERS_MAX = 20
const PAGE_SIZE = 50

const valuesOfNetwork = (network: Network) => toFormValues(NETWORK_FIELDS, network)

const editedNetwork = ({ id, slug }: Network): EditedForm => ({
  ...{ subject: { type: 'network', id }, action: paths.adminNetwork(slug) },
  page: paths.adminNetworks,
  ...editedFormOf(NETWORK_FIELDS, (t) => t.structureNetworks.admin.fields),
})

/** The page of a network of ours: its members, those who ask to be, and its managers. */
export const ownNetworkRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:slug', (c) => showNetwork(context, c))
    .on('POST', ['/:slug', '/:slug/*'], (c, next) => refuseEnded(context, c, next))
    .post('/:slug', (c) => saveNetwork(context, c))
    .post('/:slug/plusieurs', async (c) => refuseMembers(context, c, await ownNetwork(context, c)))
    .get('/:slug/historique', (c) => showHistory(context, c))
    .route('/:slug', memberships(context))
    .post('/:slug/responsables', (c) => giveManager(context, c))
    .post('/:slug/reponses-lues', (c) => readAnswers(context, c))
    .get('/:slug/responsables/:id/retirer', (c) => askRemoval(context, c))
    .post('/:slug/responsables/:id/retirer', (c) => dropManager(context, c))
    .get('/:slug/fermer', (c) => askEnd(context, c))
    .post('/:slug/fermer', (c) => end(context, c))

type Asked = HonoContext<WebEnv>

const showNetwork = async (context: Context, c: Asked) =>
  showPage(context, c, await shownNetwork(context, c))

async function saveNetwork(context: Context, c: Asked) {
  const network = await ownNetwork(context, c)
  const saved = await saveEditedForm(c, context, editedNetwork(network), {
    ...{ noun: OWN_NETWORK, valuesOf: valuesOfNetwork },
    decide: (before) => decideForm(context, c, before),
  })
  return saved instanceof Response ? saved : done(context, c, network, 'saved')
}

const showHistory = async (context: Context, c: Asked) =>
  editHistoryPage(c, context, editedNetwork(await ownNetwork(context, c)))

async function giveManager(context: Context, c: Asked) {
  const { db, config } = context
  const network = await shownNetwork(context, c)
  const { wrong } = wordsOf(c)
  const email = textOf(c.var.form, 'email')
  const managers = await listManagers(db, network.id)
  const isKnown = managers.some((one) => one.email === email.toLowerCase())
  const message = !isEmail(email)
    ? wrong.email
    : managers.length >= MANAGERS_MAX && !isKnown
      ? wrong.tooMany
      : undefined
  if (message)
    return showPage(context, c, network, {
      values: { email },
      messages: [{ name: 'email', message }],
    })
  const token = await inTransaction(db, (trx) => giveAccess(context, c, { trx, network, email }))
  if (token === undefined)
    return done(context, c, network, config.mail ? 'accessMailed' : 'accessGiven')
  // The link is shown in this answer alone: no address leads to it again.
  return showPage(context, c, network, { newLink: config.origin + paths.firstPassword(token) })
}

async function readAnswers(context: Context, c: Asked) {
  const network = await ownNetwork(context, c)
  await markAnswersRead(context.db, network.uri, context.now())
  return done(context, c, network)
}

async function askRemoval(context: Context, c: Asked) {
  const network = await shownNetwork(context, c)
  const managers = await listManagers(context.db, network.id)
  const manager = managers.find(({ accountId }) => accountId === c.req.param('id'))
  if (!manager) throw new DomainError('not_found', 'networks.manager_gone')
  return ask(context, c, network, {
    question: 'removeManager',
    name: manager.name || manager.email,
    action: paths.removeManager(network.slug, manager.accountId),
  })
}

async function dropManager(context: Context, c: Asked) {
  const network = await shownNetwork(context, c)
  await removeManager(context.db, { networkId: network.id, accountId: c.req.param('id') ?? '' })
  return done(context, c, network)
}

async function askEnd(context: Context, c: Asked) {
  return endPage(context, c, await ownNetwork(context, c))
}

const endPage = (context: Context, c: Asked, network: Network, meanwhile?: Shown['meanwhile']) =>
  ask(context, c, network, {
    ...{ question: 'endNetwork', name: network.name, action: paths.endNetwork(network.slug) },
    ...{ fields: { [VERSION]: OWN_NETWORK.versionOf(network) }, meanwhile },
  })

async function end(context: Context, c: Asked) {
  const network = await ownNetwork(context, c)
  const edit = { id: network.id, by: authorOf(c.var.admin), seen: textOf(c.var.form, VERSION) }
  const decided = { ...edit, decide: decideDeletion }
  const saved = await saveEdit(context.db, OWN_NETWORK, decided, context.now())
  if (saved.outcome === 'stale') {
    const last = await findLastEdit(context, editedNetwork(network), languageOf(c))
    return endPage(context, c, saved.value, { edit: last })
  }
  context.wake()
  return c.redirect(withFlash(paths.adminNetworks, 'done'), 303)
}

/** Gives back what was typed about a network of ours that a colleague closed while the page was open. */
async function refuseEnded(context: Context, c: Asked, next: Next) {
  const ended = await findNetworkEnd(context.db, c.req.param('slug') ?? '')
  const isOwn = ended?.organizationId === c.var.admin.organization.id
  return (isOwn && (await answerDeletedOf(c, context, editedNetwork(ended)))) || next()
}

/** Finds a network of this person's structure, which is also the authorization. */
async function ownNetwork({ db }: Context, c: Asked): Promise<Network> {
  const slug = c.req.param('slug') ?? ''
  const network = await findNetwork(db, { slug })
  if (network?.organizationId !== c.var.admin.organization.id) throw refusalOf('network')
  return network
}

/** Finds a network of ours; at a directory any network, since its team gives access to it. */
async function shownNetwork(context: Context, c: Asked): Promise<Network> {
  const { db } = context
  const other = context.isDirectory
    ? await findNetwork(db, { slug: c.req.param('slug') ?? '' })
    : undefined
  return other?.peerId ? other : ownNetwork(context, c)
}

async function showPage(
  context: Context,
  c: Asked,
  network: Network,
  shown: Partial<AdminNetworkPageProps> = {},
) {
  const { db, config } = context
  const isOurs = network.peerId === undefined
  const party = { kind: 'member-of', objectUri: network.uri } as const
  const counts = {
    asked: await countAgreements(db, party, 'asked'),
    'in-force': await countAgreements(db, party, 'in-force'),
    invited: await countAgreements(db, party, 'invited'),
    ended: await countAgreements(db, party, 'ended'),
  }
  const answers = isOurs ? await listUnreadAnswers(db, network.uri) : []
  const usual = counts.asked > 0 ? 'asked' : 'in-force'
  const { page, ...query } = readListQuery(c, MEMBER_STATE_NAMES, usual)
  const found = await findAgreementPage(db, party, { ...query, page, size: PAGE_SIZE })
  const isAsked = isOurs && query.state === 'asked'
  const groups = isAsked ? listArrivalGroups(await listMemberArrivals(db, network)) : []
  return c.html(
    <AdminNetworkPage
      {...(await adminPropsFor(context, c))}
      network={network}
      {...{ isOurs, answers }}
      areWordsHeld={isOurs && (await hasUnsettledWords(db))}
      {...{ query, counts, found, groups }}
      mailWorks={config.mail !== undefined}
      managers={await listManagers(db, network.id)}
      {...shown}
      values={{ ...withShown(valuesOfNetwork(network)), ...shown.values }}
    />,
    shown.messages ? 422 : 200,
  )
}

const wordsOf = (c: Asked) => messagesFor(languageOf(c)).structureNetworks.admin

function done(context: Context, c: Asked, network: Network, flash: FlashKey = 'done') {
  context.wake()
  return c.redirect(withFlash(paths.adminNetwork(network.slug), flash), 303)
}

type Shown = Pick<ConfirmActionPageProps, 'action' | 'fields' | 'meanwhile'>
type Question = Shown & { question: 'endNetwork' | 'removeManager'; name: string }

/** Asks before the network is closed, or a manager loses access. */
async function ask(
  context: Context,
  c: Asked,
  { slug }: Network,
  { question: asked, name, ...shown }: Question,
) {
  const { title, ...question } = wordsOf(c).question[asked]
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.adminNetwork(slug)}
      question={() => ({ ...question, title: title(name) })}
      {...shown}
    />,
    shown.meanwhile ? 409 : 200,
  )
}

function memberships(context: Context) {
  const { db, now } = context
  return agreementRoutes(context, {
    ...{ kind: 'member-of', side: 'object', addresses: MEMBERSHIP_PATHS.object },
    fields: { other: 'structure', offered: 'structure' },
    texts: (t) => t.structureNetworks.admin.object,
    findOurs: async (c) => {
      const network = await ownNetwork(context, c)
      return { network, uri: network.uri, page: paths.adminNetwork(network.slug) }
    },
    findOther: async (agreement) => subjectOf(agreement),
    lookUp: async (address, { uri: objectUri }) => {
      const answer = await context.remote.findStructure(address)
      if (answer.outcome === 'refused') return answer
      const { uri: subjectUri, name: subjectName } = answer
      const stated = { kind: 'member-of', subjectUri, objectUri, subjectName } as const
      const save = () => saveOwnStatement(db, { ...stated, side: 'object', isYes: true }, now())
      return { outcome: 'found', uri: subjectUri, name: subjectName, save }
    },
    wrong: ({ structureNetworks: { admin } }) => ({
      required: admin.wrong.structureRequired,
      unknown: 'networks.no_such_structure',
      inForce: admin.wrong.member,
    }),
    changed: 'networks.changed_meanwhile',
    showWrong: (c, { network }, message) => {
      const isPosted = c.req.method === 'POST'
      const adresse = isPosted ? textOf(c.var.form, 'structure') : (c.req.query('adresse') ?? '')
      return showPage(context, c, network, {
        values: { adresse },
        messages: [{ name: 'adresse', message }],
      })
    },
  })
}

/**
 * Gives a person access to a network. Returns the token of a link for the team to hand over, where no mail is sent
 * and nobody has used the account yet; otherwise the person gets a mail, if the site sends any, whose link nobody
 * else sees.
 */
async function giveAccess(
  context: Context,
  c: Asked,
  { trx, network, email }: { trx: Database; network: Network; email: string },
): Promise<string | undefined> {
  const { now, config } = context
  const { accountId, isNew } = await addManager(trx, { networkId: network.id, email }, now())
  const expiresAt = now().add({ minutes: LINK_MINUTES['first-password'] })
  if (config.mail) {
    const link = config.origin + paths.signIn
    const said = { siteName: (await findSite(context, c)).name, network: network.name }
    const mail = isNew
      ? draftMail('network-invitation', said)
      : draftMail('network-access', { ...said, link })
    await appendMail(trx, { to: email, ...mail, about: accountId, expiresAt }, now())
    return undefined
  }
  if (!isNew) return undefined
  return insertLinkTo(trx, { purpose: 'first-password', subject: accountId, expiresAt }, now())
}

function decideForm(context: Context, c: Asked, network: Network) {
  const { form } = c.var
  const parsed = parseNetwork(readFields(form, NETWORK_FIELDS))
  if ('network' in parsed) return { ...network, ...parsed.network }
  return showPage(context, c, network, {
    values: valuesOf(form),
    messages: messagesOf(parsed.problems, messagesFor(languageOf(c))),
  })
}
