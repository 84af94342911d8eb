import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import type { Following } from '../../node/domain/federation/following.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { ReachedLimit } from '../../node/domain/federation/reading-budget.ts'
import { relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import { DeskLayout, type FlashKey } from '../admin/layout.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import { OuterLink } from '../components/external-link.tsx'
import {
  ActionButton,
  ErrorSummary,
  type FieldMessage,
  titleOfForm,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { refusalIn } from '../locales/refusals.ts'
import { paths } from '../paths.ts'
import {
  BlockSection,
  FollowSection,
  type Invitation,
  InvitationSection,
  JoinSection,
  type NetworkForms,
} from './admin-forms.tsx'
import {
  type CountedPeer,
  PeerTable,
  ReadingStopped,
  ReceivedCafes,
  Undelivered,
  type UndeliveredHost,
} from './admin-tables.tsx'

/**
 * The network, from this server's side. Forms, each with `csrf`: `join.address`, `join.invitation` · `follow.address` ·
 * `invitation.label` · `block.domain`, `block.reason` · `host` (deliveries to try again). Actions on a row have its id in the address.
 */
export type NetworkPageProps = {
  site: Site
  session: DeskSession
  now: Temporal.Instant
  /** Those who ask to be in this directory. */
  requests: DomainPage<Peer>
  /** What referents think of them; `territory` in words. */
  advice: readonly { peerId: string; name: string; territory: string; reason: string }[]
  /** Those who are in it, or were. */
  members: CountedPeer[]
  /** Since when most others fail at once, which is a failure of ours. */
  cutOffSince?: Temporal.Instant | undefined
  /** Our own followings: directories that we asked to join (`isJoin`), and others. */
  followings: Following[]
  /** Of the actors of servers that are read no further today, which limit they have reached. */
  stopped?: ReadonlyMap<string, ReachedLimit> | undefined
  /** Cafés kept out of sight until somebody decides. */
  received: DomainPage<Cafe>
  undelivered: UndeliveredHost[]
  /** Only where others join us. */
  invitations: Invitation[]
  /** Just made, shown this once. */
  newInvitation?: string | undefined
  blocks: { domain: string; reason: string }[]
  /** What was typed in the form that was refused, and why. */
  values?: NetworkForms['values'] | undefined
  messages?: FieldMessage[] | undefined
  flash?: FlashKey | undefined
}

export function NetworkPage(props: NetworkPageProps) {
  const { site, session, now, flash, received, undelivered } = props
  const t = stringsFor(site.lang)
  const words = t.desk.network
  const isDirectory = site.kind === 'hub'
  const forms: NetworkForms = {
    csrf: session.csrf,
    values: props.values ?? {},
    messages: props.messages ?? [],
    t,
  }
  return (
    <DeskLayout
      title={titleOfForm({ messages: forms.messages, t }, words.title)}
      site={site}
      session={session}
      current={paths.network}
      flash={flash}
    >
      <h1>{words.title}</h1>
      <p class="lead">{isDirectory ? words.leadHub : words.leadNode}</p>
      {props.cutOffSince && (
        <p class="notice">
          <strong>{words.cutOff(sincePast(props.cutOffSince, now, t.lang), isDirectory)}</strong>
        </p>
      )}
      <ErrorSummary form={{ ...forms, labels: labelsOf(t), hints: {} }} />
      {(isDirectory || props.requests.groups.length > 0) && <Requests {...props} t={t} />}
      {(isDirectory || props.members.length > 0) && <Members {...props} t={t} />}
      {!isDirectory && (
        <section aria-labelledby="annuaires">
          <h2 id="annuaires">{words.directories}</h2>
          <Followings {...props} t={t} isJoin />
          <JoinSection forms={forms} />
        </section>
      )}
      {received.groups.length > 0 && <ReceivedCafes page={received} csrf={session.csrf} t={t} />}
      {undelivered.length > 0 && (
        <Undelivered hosts={undelivered} csrf={session.csrf} now={now} t={t} />
      )}
      {isDirectory && (
        <InvitationSection
          forms={forms}
          invitations={props.invitations}
          newCode={props.newInvitation}
          now={now}
        />
      )}
      <section aria-labelledby="autres">
        <h2 id="autres">{words.others}</h2>
        <Followings {...props} t={t} isJoin={false} />
        <FollowSection forms={forms} />
      </section>
      <BlockSection forms={forms} blocks={props.blocks} />
    </DeskLayout>
  )
}

/** Of every field that this page may have to correct. */
const labelsOf = ({ desk: { network: words } }: Strings) => ({
  'join.address': words.joinAddress,
  'join.invitation': words.joinCode,
  'follow.address': words.followAddress,
  'invitation.label': words.invitationFor,
  'block.domain': words.blockDomain,
})

type SectionProps = NetworkPageProps & { t: Strings }

function Requests({ requests, advice, session, now, t }: SectionProps) {
  const words = t.desk.network
  return (
    <section aria-labelledby="demandes">
      <h2 id="demandes">{words.requests}</h2>
      {requests.groups.length === 0 ? (
        <p>{words.noRequest}</p>
      ) : (
        <ByDomain page={requests} path={paths.network} parameter="demandes" id="demandes" t={t}>
          {(peer) => (
            <>
              <p>
                <strong>{peer.name}</strong> <OuterLink href={peer.origin}>{peer.host}</OuterLink>
                {peer.requestedAt && (
                  <small> {words.askedOn(relativePast(peer.requestedAt, now, t.lang))}</small>
                )}
              </p>
              <p>{peer.invitation ?? words.noWords}</p>
              {advice
                .filter(({ peerId }) => peerId === peer.id)
                .map(({ name, territory, reason }) => (
                  <p>
                    <strong>{t.referentDesk.adviceOf(name, territory)}</strong> {reason}
                  </p>
                ))}
              <div class="buttons">
                <ActionButton action={paths.peerAction(peer.id, 'accepter')} csrf={session.csrf}>
                  {words.accept}
                  <span class="unseen">{words.on(peer.name)}</span>
                </ActionButton>
                <ActionButton
                  action={paths.peerAction(peer.id, 'refuser')}
                  csrf={session.csrf}
                  quiet
                >
                  {words.refuse}
                  <span class="unseen">{words.on(peer.name)}</span>
                </ActionButton>
              </div>
            </>
          )}
        </ByDomain>
      )}
    </section>
  )
}

const Members = ({ members, session, now, t }: SectionProps) => (
  <section aria-labelledby="membres">
    <h2 id="membres">{t.desk.network.members}</h2>
    {members.length === 0 ? (
      <p>{t.desk.network.noMember}</p>
    ) : (
      <PeerTable peers={members} csrf={session.csrf} now={now} t={t} />
    )}
  </section>
)

/** A member is followed back as such, and stands in the table of members already. */
const others = ({ followings, members }: SectionProps): Following[] => {
  const known = new Set(members.map(({ actorUri }) => actorUri))
  return followings.filter(({ isJoin, targetUri }) => !isJoin && !known.has(targetUri ?? ''))
}

function Followings(props: SectionProps & { isJoin: boolean }) {
  const { session, now, t, isJoin } = props
  const words = t.desk.network
  const shown = isJoin ? props.followings.filter((following) => following.isJoin) : others(props)
  if (shown.length === 0) return <p>{isJoin ? words.noDirectory : words.noOther}</p>
  const states = isJoin ? words.joining : words.followed
  const stoppedBy = (uri: string | undefined) => (uri ? props.stopped?.get(uri) : undefined)
  return (
    <ul class="requests">
      {shown.map((following) => {
        const by = stoppedBy(following.targetUri)
        return (
          <li class="panel">
            <p>
              <strong>{addressWords(following.address)}</strong>{' '}
              <span class={`tag is-${following.state}`}>{states[following.state]}</span>
              <small> {words.askedOn(relativePast(following.createdAt, now, t.lang))}</small>
            </p>
            {by && (
              <p>
                <ReadingStopped by={by} t={t} />
              </p>
            )}
            {following.error && (
              <p class="fine">
                {t.desk.form.inField(words.lastError)}
                {refusalIn(t.lang, following.error)}
              </p>
            )}
            <div class="buttons">
              {following.state !== 'accepted' && (
                <ActionButton action={paths.retryFollowing(following.id)} csrf={session.csrf} quiet>
                  {words.retry}
                  <span class="unseen">{words.on(following.address)}</span>
                </ActionButton>
              )}
              <a class="button quiet small" href={paths.stopFollowing(following.id)}>
                {isJoin ? words.leave : words.stop}
                <span class="unseen">{words.on(following.address)}</span>
              </a>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** A site by its host, an account by its handle. */
const addressWords = (address: string): string =>
  URL.canParse(address) && /^https?:/.test(address) ? new URL(address).host : address
