import { Hono, type Context as HonoContext } from 'hono'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { messagesFor, problemMessage, refusalText } from '../../../ui/locales/messages.ts'
import {
  AdminNetworkPage,
  type AdminNetworkPageProps,
  type MemberList,
} from '../../../ui/networks/admin-network.tsx'
import { type NetworkMemberAction, paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { readFollowAddress } from '../../domain/federation/follow-address.ts'
import {
  type MembershipState,
  type Network,
  parseNetwork,
} from '../../domain/structures/network.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { insertLinkTo } from '../../store/accounts/links.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { addManager, listManagers, removeManager } from '../../store/networks/managers.ts'
import { findMembership, listMemberships } from '../../store/networks/members.ts'
import { saveOwnStatement } from '../../store/networks/membership.ts'
import {
  endNetwork,
  findNetwork,
  listNetworks,
  updateNetwork,
} from '../../store/networks/networks.ts'
import { appendMail } from '../../store/queues/mails.ts'
import {
  appendEdit,
  type EditedForm,
  editHistoryPage,
  reconcileWithOthers,
  simpleWords,
} from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf, webAddressOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { askAboutNetwork, type NetworkQuestion } from './confirm-pages.tsx'

const MANAGERS_MAX = 20

const ACTIONS: Record<
  NetworkMemberAction,
  { in: MembershipState; isYes: boolean; question: NetworkQuestion }
> = {
  accueillir: { in: 'asked', isYes: true, question: 'acceptStructure' },
  refuser: { in: 'asked', isYes: false, question: 'refuseStructure' },
  annuler: { in: 'invited', isYes: false, question: 'cancelInvitation' },
  retirer: { in: 'member', isYes: false, question: 'endStructure' },
}

const STATES = {
  asked: 'demandes',
  member: 'membres',
  invited: 'invitations',
  ended: 'termine',
} as const

const valuesOfNetwork = ({ name, presentation, website = '' }: Network) => ({
  ...{ name, presentation, website },
})

const editedNetwork = ({ id, slug }: Network): EditedForm => ({
  ...{ subject: { type: 'network', id }, action: paths.adminNetwork(slug) },
  page: paths.adminNetworks,
  findWords: (lang) => simpleWords(messagesFor(lang).structureNetworks.admin.fields),
})

/** The page of a network of ours: its members, those who ask to be, and its managers. */
export function ownNetworkRoutes(context: Context) {
  const { db, config, now } = context

  /** Finds a network of this person's structure, which is also the authorization. */
  async function ownNetwork(c: HonoContext<WebEnv>): Promise<Network> {
    const slug = c.req.param('slug') ?? ''
    const own = await listNetworks(db, { organizationId: c.var.admin.organization.id })
    const network = own.find((one) => one.slug === slug)
    if (!network) throw new DomainError('not_found', 'networks.not_yours')
    return network
  }

  /** Finds a network of ours; at a directory any network, since its team gives access to it. */
  async function shownNetwork(c: HonoContext<WebEnv>): Promise<Network> {
    const other = context.isDirectory
      ? await findNetwork(db, { slug: c.req.param('slug') ?? '' })
      : undefined
    return other?.peerId ? other : ownNetwork(c)
  }

  async function page(
    c: HonoContext<WebEnv>,
    network: Network,
    shown: Partial<AdminNetworkPageProps> = {},
  ) {
    const t = messagesFor(languageOf(c))
    const list = async (state: MembershipState): Promise<MemberList> => {
      const after = c.req.query(STATES[state])
      const { items, next } = await listMemberships(db, network.uri, { state, after })
      const { states } = t.structureNetworks.admin
      return {
        items: items.map(({ structureUri, structureName, endedBy }) => ({
          uri: structureUri,
          name: structureName || new URL(structureUri).host,
          note:
            state === 'ended'
              ? states[endedBy === 'network' ? 'endedByNetwork' : 'endedByStructure']
              : undefined,
        })),
        nextHref:
          next &&
          `${paths.adminNetwork(network.slug)}?${new URLSearchParams({ [STATES[state]]: next })}#${STATES[state]}`,
      }
    }
    return c.html(
      <AdminNetworkPage
        {...(await adminPropsFor(context, c))}
        network={network}
        isOurs={network.peerId === undefined}
        asked={await list('asked')}
        members={await list('member')}
        invited={await list('invited')}
        ended={await list('ended')}
        mailWorks={config.mail !== undefined}
        managers={await listManagers(db, network.id)}
        {...shown}
        values={{ ...withShown(valuesOfNetwork(network)), ...shown.values }}
      />,
      shown.messages ? 422 : 200,
    )
  }

  const refused = (c: HonoContext<WebEnv>, network: Network, message: string) =>
    page(c, network, {
      values: {
        adresse:
          c.req.method === 'POST'
            ? textOf(c.var.form, 'structure')
            : (c.req.query('adresse') ?? ''),
      },
      messages: [{ name: 'adresse', message }],
    })
  const wordsOf = (c: HonoContext<WebEnv>) => messagesFor(languageOf(c)).structureNetworks.admin

  const done = (c: HonoContext<WebEnv>, network: Network, flash: FlashKey = 'done') => {
    context.wake()
    return c.redirect(withFlash(paths.adminNetwork(network.slug), flash), 303)
  }

  async function memberFor(network: Network, structureUri: string, action: NetworkMemberAction) {
    const found = await findMembership(db, { networkUri: network.uri, structureUri })
    if (found?.state !== ACTIONS[action].in)
      throw new DomainError('not_found', 'networks.changed_meanwhile')
    return found
  }

  /**
   * Gives a person access to a network. Returns the token of a link for the team to hand over, where no mail is sent
   * and nobody has used the account yet; otherwise the person gets a mail, if the site sends any, whose link nobody
   * else sees.
   */
  async function giveAccess(
    trx: Database,
    c: HonoContext<WebEnv>,
    network: Network,
    email: string,
  ): Promise<string | undefined> {
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

  return new Hono<WebEnv>()
    .get('/:slug', async (c) => page(c, await shownNetwork(c)))
    .post('/:slug', async (c) => {
      const network = await ownNetwork(c)
      const { form } = c.var
      const before = valuesOfNetwork(network)
      const edited = editedNetwork(network)
      const conflict = await reconcileWithOthers(c, context, edited, { current: before })
      if (conflict) return conflict
      const parsed = parseNetwork({
        name: textOf(form, 'name'),
        presentation: textOf(form, 'presentation'),
        website: webAddressOf(form, 'website'),
      })
      if ('problems' in parsed)
        return page(c, network, {
          values: valuesOf(form),
          messages: parsed.problems.map((problem) => ({
            name: problem.field,
            message: problemMessage(problem, languageOf(c)),
          })),
        })
      await updateNetwork(db, { uri: network.uri, description: parsed.network }, now())
      const after = valuesOfNetwork(await ownNetwork(c))
      await appendEdit(context, c.var, { subject: edited.subject, before, after })
      return done(c, network, 'saved')
    })
    .get('/:slug/historique', async (c) =>
      editHistoryPage(c, context, editedNetwork(await ownNetwork(c))),
    )
    .get('/:slug/inviter', async (c) => {
      const network = await ownNetwork(c)
      const { wrong } = wordsOf(c)
      const typed = (c.req.query('adresse') ?? '').trim()
      const address = readFollowAddress(typed)?.address
      if (typed === '') return refused(c, network, wrong.structureRequired)
      if (!address)
        return refused(c, network, refusalText('networks.no_such_structure', languageOf(c)))
      const answer = await context.remote.findStructure(address)
      if (answer.outcome === 'refused')
        return refused(c, network, refusalText(answer.reason, languageOf(c)))
      const { uri, name } = answer
      const known = await findMembership(db, { networkUri: network.uri, structureUri: uri })
      if (known?.state === 'member') return refused(c, network, wrong.member)
      return askAboutNetwork(c, context, {
        question: 'invite',
        name,
        action: paths.inviteStructure(network.slug),
        fields: { structure: uri },
        from: paths.adminNetwork(network.slug),
        isGood: true,
      })
    })
    .post('/:slug/inviter', async (c) => {
      const network = await ownNetwork(c)
      const answer = await context.remote.findStructure(textOf(c.var.form, 'structure'))
      if (answer.outcome === 'refused')
        return refused(c, network, refusalText(answer.reason, languageOf(c)))
      await saveOwnStatement(
        db,
        {
          networkUri: network.uri,
          structureUri: answer.uri,
          structureName: answer.name,
          side: 'network',
          isYes: true,
        },
        now(),
      )
      return done(c, network, 'requested')
    })
    .get('/:slug/structures/:action{accueillir|refuser|annuler|retirer}', async (c) => {
      const network = await ownNetwork(c)
      const action = c.req.param('action') as NetworkMemberAction
      const member = await memberFor(network, c.req.query('structure') ?? '', action)
      return askAboutNetwork(c, context, {
        question: ACTIONS[action].question,
        name: member.structureName || new URL(member.structureUri).host,
        action: paths.networkMember(network.slug, action),
        fields: { structure: member.structureUri },
        from: paths.adminNetwork(network.slug),
        isGood: ACTIONS[action].isYes,
      })
    })
    .post('/:slug/structures/:action{accueillir|refuser|annuler|retirer}', async (c) => {
      const network = await ownNetwork(c)
      const action = c.req.param('action') as NetworkMemberAction
      const { networkUri, structureUri } = await memberFor(
        network,
        textOf(c.var.form, 'structure'),
        action,
      )
      const said = {
        networkUri,
        structureUri,
        side: 'network',
        isYes: ACTIONS[action].isYes,
      } as const
      await saveOwnStatement(db, said, now())
      return done(c, network)
    })
    .post('/:slug/responsables', async (c) => {
      const network = await shownNetwork(c)
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
        return page(c, network, { values: { email }, messages: [{ name: 'email', message }] })
      const token = await inTransaction(db, (trx) => giveAccess(trx, c, network, email))
      if (token === undefined) return done(c, network, config.mail ? 'accessMailed' : 'accessGiven')
      // The link is shown in this answer alone: no address leads to it again.
      return page(c, network, { newLink: config.origin + paths.firstPassword(token) })
    })
    .get('/:slug/responsables/:id/retirer', async (c) => {
      const network = await shownNetwork(c)
      const managers = await listManagers(db, network.id)
      const manager = managers.find(({ accountId }) => accountId === c.req.param('id'))
      if (!manager) throw new DomainError('not_found', 'networks.manager_gone')
      return askAboutNetwork(c, context, {
        question: 'removeManager',
        name: manager.name || manager.email,
        action: paths.removeManager(network.slug, manager.accountId),
        from: paths.adminNetwork(network.slug),
      })
    })
    .post('/:slug/responsables/:id/retirer', async (c) => {
      const network = await shownNetwork(c)
      await removeManager(db, { networkId: network.id, accountId: c.req.param('id') })
      return done(c, network)
    })
    .get('/:slug/fermer', async (c) => {
      const network = await ownNetwork(c)
      return askAboutNetwork(c, context, {
        question: 'endNetwork',
        name: network.name,
        action: paths.endNetwork(network.slug),
        from: paths.adminNetwork(network.slug),
      })
    })
    .post('/:slug/fermer', async (c) => {
      const network = await ownNetwork(c)
      await endNetwork(db, network.uri, now())
      context.wake()
      return c.redirect(withFlash(paths.adminNetworks, 'done'), 303)
    })
}
