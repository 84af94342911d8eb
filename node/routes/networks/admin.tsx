import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor, problemMessage, refusalText } from '../../../ui/locales/messages.ts'
import { AdminNetworksPage, type AdminNetworksPageProps } from '../../../ui/networks/admin-list.tsx'
import { OWN_MEMBERSHIP_ACTIONS, type OwnMembershipAction, paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { readFollowAddress } from '../../domain/federation/follow-address.ts'
import { type MembershipState, parseNetwork } from '../../domain/structures/network.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  countMemberships,
  findMembership,
  listMembershipsOf,
  type Membership,
} from '../../store/networks/members.ts'
import { saveOwnStatement } from '../../store/networks/membership.ts'
import { requestMembership } from '../../store/networks/network-requests.ts'
import { declareNetwork, findKnownNetwork, listNetworks } from '../../store/networks/networks.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf, webAddressOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { assertAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { structureUriOf } from '../workspaces/organizer.ts'
import { ownNetworkRoutes } from './admin-network.tsx'
import { askAboutNetwork, type NetworkQuestion } from './confirm-pages.tsx'
import { listDirectoryPages } from './directory-pages.ts'

const ACTIONS: Record<
  OwnMembershipAction,
  { in: MembershipState; isYes: boolean; question: NetworkQuestion }
> = {
  accepter: { in: 'invited', isYes: true, question: 'accept' },
  refuser: { in: 'invited', isYes: false, question: 'refuse' },
  retirer: { in: 'asked', isYes: false, question: 'withdraw' },
  quitter: { in: 'member', isYes: false, question: 'leave' },
}

/** The maximum number of networks that are shown; the others are in the public list. */
const OTHERS_SHOWN = 100

/** The networks to which our structure belongs, those to which it could, and those that are ours. */
export function adminStructureNetworkRoutes(context: Context) {
  const { db, config, now } = context
  const structureUri = structureUriOf(config.origin)
  const actorUri = `${config.origin}/actors/instance`

  async function page(c: HonoContext<WebEnv>, shown: Partial<AdminNetworksPageProps> = {}) {
    const organizationId = c.var.admin.organization.id
    const memberships = await listMembershipsOf(db, structureUri)
    const own = await listNetworks(db, { organizationId })
    return c.html(
      <AdminNetworksPage
        {...(await adminPropsFor(context, c))}
        memberships={await Promise.all(memberships.map(toShown))}
        own={
          await Promise.all(
            own.map(async (network) => ({
              ...network,
              waiting: await countMemberships(db, { networkUri: network.uri, state: 'asked' }),
            })),
          )
        }
        others={
          context.isDirectory
            ? await listNetworks(db, { isOfOthers: true, limit: OTHERS_SHOWN })
            : []
        }
        directories={await listDirectoryPages(db)}
        {...shown}
      />,
      shown.messages ? 422 : 200,
    )
  }

  async function toShown({ networkUri, state, endedBy }: Membership) {
    const network = await findKnownNetwork(db, networkUri)
    const name = network?.name ?? networkUri
    const texts = {
      member: 'member',
      asked: 'askedByMe',
      invited: 'invitedMe',
      ended: endedBy === 'network' ? 'endedByNetwork' : 'endedByStructure',
    } as const
    const actions = OWN_MEMBERSHIP_ACTIONS.filter((action) => ACTIONS[action].in === state)
    return { uri: networkUri, name, state: texts[state], actions }
  }

  const refused = (c: HonoContext<WebEnv>, message: string) =>
    page(c, {
      values: { adresse: c.req.query('adresse') ?? '' },
      messages: [{ name: 'adresse', message }],
    })

  const wordsOf = (c: HonoContext<WebEnv>) => messagesFor(languageOf(c)).structureNetworks.admin

  const done = (c: HonoContext<WebEnv>, flash: 'done' | 'requested') => {
    context.wake()
    return c.redirect(withFlash(paths.adminNetworks, flash), 303)
  }

  /**
   * Finds a membership in a state in which this can be said, so that a late click does not undo what has changed in
   * between.
   */
  async function membershipFor(networkUri: string, action: OwnMembershipAction) {
    const found = await findMembership(db, { networkUri, structureUri })
    if (found?.state !== ACTIONS[action].in)
      throw new DomainError('not_found', 'networks.list_changed_meanwhile')
    const network = await findKnownNetwork(db, networkUri)
    return { networkUri, network, name: network?.name ?? networkUri }
  }

  return new Hono<WebEnv>()
    .use(async (c, next) => {
      assertAdministrator(c.var.admin)
      await next()
    })
    .get('/', (c) => page(c))
    .get('/demander', async (c) => {
      const { wrong } = wordsOf(c)
      const typed = (c.req.query('adresse') ?? '').trim()
      const address = readFollowAddress(typed)?.address
      if (typed === '') return refused(c, wrong.required)
      if (!address) return refused(c, refusalText('networks.no_such_network', languageOf(c)))
      const answer = await context.remote.findNetwork(address)
      if (answer.outcome === 'refused') return refused(c, refusalText(answer.reason, languageOf(c)))
      const { uri, name, presentation } = answer.network
      const known = await findMembership(db, { networkUri: uri, structureUri })
      if (known?.state === 'member') return refused(c, wrong.member)
      return askAboutNetwork(c, context, {
        question: 'ask',
        name,
        action: paths.askNetwork,
        fields: { uri },
        about: presentation,
        isGood: true,
      })
    })
    .post('/demander', async (c) => {
      const answer = await context.remote.findNetwork(textOf(c.var.form, 'uri'))
      if (answer.outcome === 'refused') return refused(c, refusalText(answer.reason, languageOf(c)))
      await requestMembership(db, { network: answer.network, structureUri }, now())
      return done(c, 'requested')
    })
    .get('/appartenance/:action{accepter|refuser|retirer|quitter}', async (c) => {
      const action = c.req.param('action') as OwnMembershipAction
      const { networkUri, network, name } = await membershipFor(c.req.query('reseau') ?? '', action)
      return askAboutNetwork(c, context, {
        question: ACTIONS[action].question,
        name,
        action: paths.ownMembership(action),
        fields: { reseau: networkUri },
        isGood: ACTIONS[action].isYes,
        about: ACTIONS[action].isYes ? network?.presentation : undefined,
      })
    })
    .post('/appartenance/:action{accepter|refuser|retirer|quitter}', async (c) => {
      const action = c.req.param('action') as OwnMembershipAction
      const { networkUri } = await membershipFor(textOf(c.var.form, 'reseau'), action)
      const said = {
        networkUri,
        structureUri,
        side: 'structure',
        isYes: ACTIONS[action].isYes,
      } as const
      await saveOwnStatement(db, said, now())
      return done(c, 'done')
    })
    .post('/nouveau', async (c) => {
      const { form, admin } = c.var
      const parsed = parseNetwork({
        name: textOf(form, 'name'),
        presentation: textOf(form, 'presentation'),
        website: webAddressOf(form, 'website'),
      })
      if ('problems' in parsed)
        return page(c, {
          values: valuesOf(form),
          messages: parsed.problems.map((problem) => ({
            name: problem.field,
            message: problemMessage(problem, languageOf(c)),
          })),
        })
      const home = { organizationId: admin.organization.id, origin: config.origin, actorUri }
      const { slug } = await declareNetwork(db, { description: parsed.network, home }, now())
      context.wake()
      return c.redirect(withFlash(paths.adminNetwork(slug), 'done'), 303)
    })
    .route('/reseaux', ownNetworkRoutes(context))
}
