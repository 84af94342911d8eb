import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { type DeliveryFailure, deliveryFailureOf } from '../../node/domain/federation/delivery.ts'
import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { ReachedLimit } from '../../node/domain/limits/reading-budget.ts'
import { clock, longDate, relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import { placeOf } from '../cafes/card.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import { CardTable } from '../components/card-table.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { ActionButton } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { type PeerAction, paths } from '../paths.ts'

type Shared = { csrf: string; t: Messages }

/** A server, how many cafés are known of it, and which limit of reading it has reached today. */
export type CountedPeer = Peer & { cafeCount: number; stoppedBy?: ReachedLimit | undefined }

type PeerTableProps = Shared & { peers: CountedPeer[]; now: Temporal.Instant }

/** Lists the members, each with its state, the time it was last heard of, and the possible actions. */
export function PeerTable({ peers, csrf, now, t }: PeerTableProps) {
  const texts = t.admin.network
  const { col } = texts
  return (
    <CardTable
      rows={peers}
      columns={[
        [
          col.site,
          (peer) => (
            <>
              <Link href={paths.admission(peer.id)}>{peer.name}</Link>
              <OuterLink class="line fine" href={peer.origin}>
                {peer.host}
              </OuterLink>
            </>
          ),
        ],
        [col.state, (peer) => <PeerState peer={peer} now={now} t={t} />],
        [
          col.seen,
          (peer) => (peer.lastSeenAt ? relativePast(peer.lastSeenAt, now, t.lang) : texts.never),
        ],
        [col.cafes, (peer) => peer.cafeCount],
        [col.actions, (peer) => <PeerActions peer={peer} csrf={csrf} t={t} />],
      ]}
    />
  )
}

/** Says why the reading of a server stopped for today. */
export const ReadingStopped = ({ by, t }: { by: ReachedLimit; t: Messages }) => {
  const texts = t.admin.network
  return <span class="line warn">{texts.readingStopped(texts.readingLimit[by])}</span>
}

function PeerState({ peer, now, t }: { peer: CountedPeer; now: Temporal.Instant; t: Messages }) {
  const texts = t.admin.network
  const isReading = peer.membership === 'member' && !peer.backfilledAt && !peer.stoppedBy
  return (
    <>
      <span class={`tag is-${peer.membership}`}>{texts.membership[peer.membership]}</span>
      {isReading && <span class="line fine">{texts.backfilling}</span>}
      {peer.stoppedBy && <ReadingStopped by={peer.stoppedBy} t={t} />}
      {peer.failingSince && (
        <span class="line warn">{texts.failing(sincePast(peer.failingSince, now, t.lang))}</span>
      )}
      {peer.hiddenSince && <span class="line warn">{texts.hiddenPeer}</span>}
      {peer.failingSince && (
        <span class="line fine">{texts.failure[deliveryFailureOf(peer.lastError)]}</span>
      )}
    </>
  )
}

function PeerActions({ peer, csrf, t }: Shared & { peer: Peer }) {
  const texts = t.admin.network
  const asked: [PeerAction, string][] = [
    ...(peer.membership === 'member'
      ? [['arreter', texts.dismissMember] satisfies [PeerAction, string]]
      : []),
    ['bloquer', texts.block],
  ]
  return (
    <div class="buttons">
      {peer.failingSince && (
        <ActionButton action={paths.peerAction(peer.id, 'reessayer')} csrf={csrf} quiet>
          {texts.retry}
          <span class="unseen">{texts.on(peer.name)}</span>
        </ActionButton>
      )}
      {asked.map(([action, label]) => (
        <Link class="button quiet small" href={paths.peerAction(peer.id, action)}>
          {label}
          <span class="unseen">{texts.on(peer.name)}</span>
        </Link>
      ))}
    </div>
  )
}

/** Lists cafés that have a price or come from a site that is not a member: they are hidden, with the reason. */
export const ReceivedCafes = ({ page, csrf, t }: Shared & { page: DomainPage<Cafe> }) => {
  const texts = t.admin.network
  return (
    <section aria-labelledby="recus">
      <h2 id="recus">{texts.received}</h2>
      <p>{texts.receivedLead}</p>
      <ByDomain page={page} path={paths.network} parameter="recus" id="recus" t={t}>
        {(cafe) => {
          const start = startsAtPlace(cafe)
          return (
            <>
              <p>
                <OuterLink href={cafe.url}>
                  <UserText cafe={cafe} t={t}>
                    {cafe.title}
                  </UserText>
                </OuterLink>
                <span class="line">
                  {sentenceCase(longDate(start, t.lang))}, {clock(start, t.lang)},{' '}
                  {placeOf(cafe, t)}
                </span>
              </p>
              <p class="fine">
                {organizerNameOf(cafe)}. {cafe.hiddenReason && heldReason(cafe.hiddenReason, t)}
              </p>
              <div class="buttons">
                <ActionButton action={paths.decideCafe(cafe.id, 'montrer')} csrf={csrf}>
                  {texts.show}
                  <span class="unseen">{texts.on(cafe.title)}</span>
                </ActionButton>
                <Link class="button quiet small" href={paths.decideCafe(cafe.id, 'ecarter')}>
                  {texts.dismiss}
                  <span class="unseen">{texts.on(cafe.title)}</span>
                </Link>
              </div>
            </>
          )
        }}
      </ByDomain>
    </section>
  )
}

const heldReason = (reason: string, t: Messages): string =>
  t.admin.network.heldReason[reason === 'price' ? 'price' : 'foreign']

/** A server that does not have our latest changes, after all attempts of delivery. */
export type UndeliveredHost = {
  host: string
  total: number
  titles: string[]
  failure: DeliveryFailure
  since: Temporal.Instant
}

/** How many titles are shown; the total is stated. */
const TITLES = 5

type UndeliveredProps = Shared & { hosts: UndeliveredHost[]; now: Temporal.Instant }

export const Undelivered = ({ hosts, csrf, now, t }: UndeliveredProps) => {
  const texts = t.admin.network
  return (
    <section aria-labelledby="envois">
      <h2 id="envois">{texts.undelivered}</h2>
      <p>{texts.undeliveredLead}</p>
      <ul class="requests">
        {hosts.map(({ host, total, titles, failure, since }) => (
          <li class="panel">
            <p>
              <strong>{host}</strong> {texts.undeliveredCount(total)}{' '}
              {sincePast(since, now, t.lang)}
            </p>
            {titles.length > 0 && <p>{titles.slice(0, TITLES).join(' · ')}</p>}
            <p class="fine">{texts.failure[failure]}</p>
            <PostForm csrf={csrf} action={paths.retryDeliveries} class="inline">
              <input type="hidden" name="host" value={host} />
              <button type="submit" class="button quiet small">
                {texts.retry}
                <span class="unseen">{texts.on(host)}</span>
              </button>
            </PostForm>
          </li>
        ))}
      </ul>
    </section>
  )
}
