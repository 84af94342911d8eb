import { Hono } from 'hono'
import { AdminPage, type AdminPageProps } from '../../../ui/cafes/admin-home.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import { countAdministrators } from '../../store/accounts/team.ts'
import { findLastAnnounced, listOwnCafes } from '../../store/cafes/cafes.ts'
import { listSuspected } from '../../store/cafes/duplicate-pairs.ts'
import { countHeldCafes } from '../../store/cafes/moderated-cafes.ts'
import { listFollowings } from '../../store/directory/followings.ts'
import { listPeers } from '../../store/directory/peers.ts'
import { findCutOffSince } from '../../store/directory/unreachable-peers.ts'
import { listOwnFacilitators } from '../../store/facilitators/own-profiles.ts'
import { countAccounts } from '../../store/feeds/followers.ts'
import { countAwaited } from '../../store/networks/members.ts'
import { listFailedDeliveries } from '../../store/queues/failed-deliveries.ts'
import { countFailingMails } from '../../store/queues/mails.ts'
import { countProposals } from '../../store/referents/mandates.ts'
import { countTroubledCalendars } from '../cafes/calendar-states.ts'
import { adminSession, type WebEnv } from '../http/access.ts'
import { readFlash } from '../http/flash.ts'
import { languageOf } from '../http/language.ts'
import { findLegalGaps } from '../http/legal-minimum.ts'
import { findOnboardingSteps } from '../http/onboarding-state.ts'
import { structureUriOf } from '../http/organizer.ts'
import { listOtherWorkspaces } from '../http/other-workspaces.ts'
import { findSite } from '../http/site.ts'

const LONG_AGO = Temporal.Instant.from('2000-01-01T00:00:00Z')

/** What waits, and one's cafés. */
export const adminHomeRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', async (c) => {
    const { db } = context
    const { admin } = c.var
    const now = context.now()
    const withPast = c.req.query('passes') !== undefined
    const since = withPast ? LONG_AGO : now
    const cafes = await listOwnCafes(db, { organizationId: admin.organization.id, since })
    const peers = await listPeers(db)
    const isAdministrator = admin.role === 'administrator'
    const steps = await findOnboardingSteps(context, admin.organization.id)
    return c.html(
      <AdminPage
        site={await findSite(context, c)}
        session={adminSession(admin)}
        cafes={cafes}
        last={await findLastAnnounced(db, admin.organization.id)}
        waits={{
          ...(isAdministrator
            ? await findNetworkWaits(context, peers, admin.organization.id)
            : NO_NETWORK_WAITS),
          calendars: await countTroubledCalendars(db, admin.organization.id, now),
          drafts: cafes.filter(({ publication }) => publication === 'draft').length,
        }}
        followers={await countAccounts(db)}
        network={await findNetwork(context, peers)}
        missing={await findLegalGaps(context)}
        onboarding={isAdministrator ? progressOf(steps) : undefined}
        alone={isAdministrator && (await countAdministrators(db, admin.organization.id)) === 1}
        pastHref={withPast ? undefined : `${paths.admin}?passes=1`}
        workspaces={
          await listOtherWorkspaces(context, {
            accountId: admin.account.id,
            from: 'team',
            lang: languageOf(c),
          })
        }
        now={now}
        flash={readFlash(c)}
      />,
    )
  })

/** The network and the mails are an administrator's business: others cannot answer. */
const NO_NETWORK_WAITS = {
  ...{ requests: 0, failing: 0, hidden: 0, undelivered: 0, mails: 0 },
  ...{ duplicates: 0, proposals: 0, people: 0, networks: 0 },
  ...{ mailWorks: true, isCutOff: false },
}

const findNetworkWaits = async (
  { db, config, now, isDirectory }: Context,
  peers: readonly Peer[],
  organizationId: string,
) => ({
  requests: peers.filter(({ membership }) => membership === 'requested').length,
  failing: peers.filter(isFailing).length,
  hidden: await countHeldCafes(db, now()),
  duplicates: isDirectory ? (await listSuspected(db, now())).length : 0,
  proposals: isDirectory ? await countProposals(db) : 0,
  people: (await listOwnFacilitators(db, organizationId)).filter(
    ({ facilitator }) => facilitator.approvedAt === undefined,
  ).length,
  networks: await countAwaited(db, {
    organizationId,
    structureUri: structureUriOf(config.origin),
  }),
  undelivered: (await listFailedDeliveries(db, { organizationId, now: now() })).length,
  mailWorks: config.mail !== undefined,
  mails: await countFailingMails(db, { mailWorks: config.mail !== undefined }, now()),
  isCutOff: (await findCutOffSince(db)) !== undefined,
})

/** Undefined once nothing of the first run is left to do. */
function progressOf(
  steps: Awaited<ReturnType<typeof findOnboardingSteps>>,
): AdminPageProps['onboarding'] {
  const done = steps.filter(({ state }) => state !== 'todo').length
  return done === steps.length ? undefined : { done, total: steps.length }
}

const isFailing = ({ membership, failingSince }: Peer): boolean =>
  membership === 'member' && failingSince !== undefined

async function findNetwork(
  { db, isDirectory }: Context,
  peers: readonly Peer[],
): Promise<AdminPageProps['network']> {
  const members = peers.filter(({ membership }) => membership === 'member').length
  const joins = (await listFollowings(db)).filter(({ isJoin }) => isJoin)
  if (isDirectory) return { members }
  const accepted = joins.find(({ state }) => state === 'accepted')
  return { directory: (accepted ?? joins.at(-1))?.state ?? 'none' }
}
