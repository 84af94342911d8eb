import { Hono, type Context as HonoContext } from 'hono'
import { messagesOf } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { AdminNetworksPage, type AdminNetworksPageProps } from '../../../ui/networks/admin-list.tsx'
import { NETWORK_FIELDS } from '../../../ui/networks/fields.tsx'
import { MEMBERSHIP_PATHS, paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { parseNetwork } from '../../domain/structures/network.ts'
import { countAgreements, listAgreements } from '../../store/agreements/agreements.ts'
import { requestMembership } from '../../store/networks/memberships.ts'
import { declareNetwork, findKnownNetwork, listNetworks } from '../../store/networks/networks.ts'
import { agreementRoutes } from '../agreements/agreement-pages.tsx'
import { withFlash } from '../http/flash.ts'
import { readFields, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { structureUriOf } from '../workspaces/organizer.ts'
import { ownNetworkRoutes } from './admin-network.tsx'
import { listDirectoryPages } from './directory-pages.ts'

/** The maximum number of networks that are shown; the others are in the public list. */
const OTHERS_SHOWN = 100

/** The networks to which our structure belongs, those to which it could, and those that are ours. */
export const adminStructureNetworkRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => page(context, c))
    .route('/', memberships(context))
    .post('/nouveau', (c) => declare(context, c))
    .route('/reseaux', ownNetworkRoutes(context))

type Asked = HonoContext<WebEnv>

async function declare(context: Context, c: Asked) {
  const { config, db, now } = context
  const { form, admin } = c.var
  const parsed = parseNetwork(readFields(form, NETWORK_FIELDS))
  if ('problems' in parsed)
    return page(context, c, {
      values: valuesOf(form),
      messages: messagesOf(parsed.problems, messagesFor(languageOf(c))),
    })
  const home = {
    organizationId: admin.organization.id,
    origin: config.origin,
    actorUri: `${config.origin}/actors/instance`,
  }
  const { slug } = await declareNetwork(
    db,
    { description: parsed.network, home, by: authorOf(admin) },
    now(),
  )
  context.wake()
  return c.redirect(withFlash(paths.adminNetwork(slug), 'done'), 303)
}

async function page(context: Context, c: Asked, shown: Partial<AdminNetworksPageProps> = {}) {
  const { db } = context
  const organizationId = c.var.admin.organization.id
  const memberships = await listOwnMemberships(context)
  const own = await listNetworks(db, { organizationId })
  return c.html(
    <AdminNetworksPage
      {...(await adminPropsFor(context, c))}
      memberships={memberships}
      own={
        await Promise.all(
          own.map(async (network) => ({
            ...network,
            waiting: await countAgreements(
              db,
              { kind: 'member-of', objectUri: network.uri },
              'asked',
            ),
          })),
        )
      }
      others={
        context.isDirectory ? await listNetworks(db, { isOfOthers: true, limit: OTHERS_SHOWN }) : []
      }
      directories={await listDirectoryPages(db)}
      {...shown}
    />,
    shown.messages ? 422 : 200,
  )
}

/** Lists all networks with which our structure has something to do, with the name of each. */
async function listOwnMemberships({ db, config }: Context) {
  const { items } = await listAgreements(
    db,
    { kind: 'member-of', subjectUri: structureUriOf(config.origin) },
    { limit: Number.POSITIVE_INFINITY },
  )
  return Promise.all(
    items.map(async ({ objectUri: uri, ...agreement }) => {
      const { name = uri } = (await findKnownNetwork(db, uri)) ?? {}
      return { ...agreement, uri, name }
    }),
  )
}

function memberships(context: Context) {
  const { config, db, now } = context
  return agreementRoutes(context, {
    ...{ kind: 'member-of', side: 'subject', addresses: MEMBERSHIP_PATHS.subject },
    fields: { other: 'reseau', offered: 'uri' },
    texts: (t) => t.structureNetworks.admin.subject,
    findOurs: async () => ({ uri: structureUriOf(config.origin), page: paths.adminNetworks }),
    findOther: async ({ objectUri }) => {
      const network = await findKnownNetwork(db, objectUri)
      return { name: network?.name ?? objectUri, about: network?.presentation }
    },
    lookUp: async (address, { uri: structureUri }) => {
      const answer = await context.remote.findNetwork(address)
      if (answer.outcome === 'refused') return answer
      const { network } = answer
      const save = () => requestMembership(db, { network, structureUri }, now())
      return { ...network, outcome: 'found', about: network.presentation, save }
    },
    wrong: ({ structureNetworks: { admin } }) => ({
      required: admin.wrong.required,
      unknown: 'networks.no_such_network',
      inForce: admin.wrong.member,
    }),
    changed: 'networks.list_changed_meanwhile',
    showWrong: (c, _, message) =>
      page(context, c, {
        values: { adresse: c.req.query('adresse') ?? '' },
        messages: [{ name: 'adresse', message }],
      }),
  })
}
