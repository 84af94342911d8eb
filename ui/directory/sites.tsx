import type { ArrivalGroup } from '../../node/domain/federation/arrivals.ts'
import { deliveryFailureOf } from '../../node/domain/federation/delivery.ts'
import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import type { Peer, SiteState } from '../../node/domain/federation/peer.ts'
import type { ReachedLimit } from '../../node/domain/limits/reading-budget.ts'
import { relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import { type Bulk, BulkBar, Tick } from '../admin/bulk.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { ActionButton } from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The value of `etat` in the address, for each state. */
export const SITE_STATE_NAMES: Record<SiteState, string> = {
  requested: 'a-examiner',
  members: 'membres',
  silent: 'ne-repondent-plus',
  left: 'partis',
  refused: 'refuses',
  blocked: 'bloques',
}

/** A site, where it is, how many cafés to come are known of it, and which limit of reading it has reached today. */
export type ListedSite = Peer & {
  isBlocked: boolean
  toCome: number
  commune: string | undefined
  departement: string | undefined
  stoppedBy: ReachedLimit | undefined
}

export type SitesProps = {
  query: Omit<ListQuery<SiteState>, 'page'>
  counts: Record<SiteState, number>
  found: ListPage<ListedSite>
  /** In place of `found`, where the requests are listed. */
  requests: DomainPage<Peer> | undefined
  /** The requests of strangers by where they come from, and by day. */
  groups: readonly ArrivalGroup[]
  /** What referents think of the requests; `territory` is its name. */
  advice: readonly { peerId: string; name: string; territory: string; reason: string }[]
}

type Shared = { csrf: string; now: Temporal.Instant; t: Messages }

/** Lists the sites of a directory, each with its state and what to do next; those that ask to be in it by domain. */
export function Sites(props: SitesProps & Shared) {
  const { query, counts, found, requests, csrf, now, t } = props
  const { col, ...network } = t.admin.network
  const texts = network.sites
  const none =
    { requested: network.noRequest, members: network.noMember }[query.state as 'members'] ??
    texts.none
  return (
    <List
      path={paths.network}
      states={{ names: SITE_STATE_NAMES, labels: texts.state, counts }}
      texts={{ ...texts, none }}
      columns={[
        [col.site, (site) => <SiteName site={site} />],
        [col.state, (site) => <SiteStanding site={site} now={now} t={t} />],
        [col.cafes, (site) => texts.toCome(site.toCome)],
        [
          col.seen,
          (site) => (site.lastSeenAt ? relativePast(site.lastSeenAt, now, t.lang) : network.never),
        ],
        [col.actions, (site) => <NextAction site={site} csrf={csrf} t={t} />],
      ]}
      isCompact
      bulk={bulkOf(props)}
      {...{ query, found, t }}
    >
      {requests && (
        <div class="many">
          <BulkBar bulk={requestsBulk(props)} t={t} />
          <Requests {...props} page={requests} />
        </div>
      )}
    </List>
  )
}

/** What can be done to several members; those that ask are refused with one reason (`requestsBulk`). */
function bulkOf({ query, csrf, t }: SitesProps & Shared): Bulk<ListedSite> | undefined {
  if (query.state !== 'members' && query.state !== 'silent') return undefined
  const { retry, end } = t.admin.bulk.sites
  return {
    ...{ path: paths.manySites, csrf },
    acts: [
      ['reessayer', retry],
      ['arreter', end],
    ],
    itemOf,
  }
}

const requestsBulk = ({ groups, csrf, t }: SitesProps & Shared): Bulk<Peer> => ({
  ...{ path: paths.manySites, csrf, groups },
  acts: [['refuser', t.admin.bulk.sites.refuse]],
  itemOf,
})

const itemOf = ({ id, membership: version, name }: Peer) => ({ id, version, name })

const SiteName = ({ site }: { site: ListedSite }) => (
  <>
    <Link href={paths.admission(site.id)}>{site.name}</Link>
    <span class="line fine">
      <span class={site.commune && 'host'}>
        {site.host}
        {site.commune && ' · '}
      </span>
      {[site.commune, site.departement].filter(Boolean).join(', ')}
    </span>
  </>
)

type StandingProps = Omit<Shared, 'csrf'> & { site: ListedSite }

function SiteStanding({ site, now, t }: StandingProps) {
  const texts = t.admin.network
  if (site.isBlocked) return <span class="standing is-off">{texts.sites.blocked}</span>
  if (site.membership === 'member') return <MemberStanding {...{ site, now, t }} />
  return (
    <span class={site.membership === 'refused' ? 'standing is-off' : 'standing is-waiting'}>
      {texts.membership[site.membership]}
    </span>
  )
}

/** Says whether a member answers; one that has failed for less than three days is still a member in order. */
function MemberStanding({ site, now, t }: StandingProps) {
  const texts = t.admin.network
  const { silentSince, failingSince, hiddenSince, backfilledAt, stoppedBy } = site
  const failing = failingSince && texts.failing(sincePast(failingSince, now, t.lang))
  return (
    <>
      <span class={silentSince ? 'standing is-off' : 'standing'}>
        {(silentSince && failing) ?? texts.membership.member}
      </span>
      {failing && (
        <span class="line fine">
          {!silentSince && `${failing}. `}
          {hiddenSince ? texts.hiddenPeer : texts.failure[deliveryFailureOf(site.lastError)]}
        </span>
      )}
      {!failing && !backfilledAt && !stoppedBy && (
        <span class="line fine">{texts.backfilling}</span>
      )}
      {stoppedBy && <ReadingStopped by={stoppedBy} t={t} />}
    </>
  )
}

/** Says why the reading of a server stopped for today. */
export const ReadingStopped = ({ by, t }: { by: ReachedLimit; t: Messages }) => {
  const texts = t.admin.network
  return <span class="line warn">{texts.readingStopped(texts.readingLimit[by])}</span>
}

/** What is done next with a site; everything else is on its page. */
function NextAction({ site, csrf, t }: { site: ListedSite; csrf: string; t: Messages }) {
  const texts = t.admin.network
  const about = <span class="unseen">{texts.on(site.name)}</span>
  if (site.membership === 'member' && site.failingSince)
    return (
      <ActionButton action={paths.peerAction(site.id, 'reessayer')} csrf={csrf} quiet>
        {texts.retry}
        {about}
      </ActionButton>
    )
  return (
    <Link
      class="button quiet small"
      href={site.isBlocked ? paths.blocks : paths.admission(site.id)}
    >
      {site.isBlocked ? t.admin.blocks.end : texts.sites.open}
      {about}
    </Link>
  )
}

type RequestsProps = SitesProps & Shared & { page: DomainPage<Peer> }

/** Lists the requests by domain, so that a domain that sends thousands is beside the others and not before them. */
const Requests = ({ page, advice, query, now, t }: RequestsProps) => {
  const texts = t.admin.network
  return (
    <ByDomain
      page={page}
      path={paths.network}
      query={{ etat: SITE_STATE_NAMES.requested, ...(query.words && { q: query.words }) }}
      parameter="page"
      id="demandes"
      t={t}
    >
      {(peer) => (
        <>
          <div class="ticked">
            <div class="tick">
              <Tick item={itemOf(peer)} t={t} />
            </div>
            <p>
              <strong>{peer.name}</strong> <OuterLink href={peer.origin}>{peer.host}</OuterLink>
              {peer.requestedAt && (
                <small> {texts.askedOn(relativePast(peer.requestedAt, now, t.lang))}</small>
              )}
            </p>
          </div>
          <p>{peer.invitation ?? texts.noWords}</p>
          {advice
            .filter(({ peerId }) => peerId === peer.id)
            .map(({ name, territory, reason }) => (
              <p>
                <strong>{t.referentAdmin.adviceOf(name, territory)}</strong> {reason}
              </p>
            ))}
          <div class="buttons">
            <Link class="button small" href={paths.admission(peer.id)}>
              {t.admission.examine}
              <span class="unseen">{texts.on(peer.name)}</span>
            </Link>
          </div>
        </>
      )}
    </ByDomain>
  )
}
