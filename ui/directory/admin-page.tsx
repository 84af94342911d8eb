import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import type { Following } from '../../node/domain/federation/following.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { ReachedLimit } from '../../node/domain/limits/reading-budget.ts'
import { relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { ActionButton, type FieldMessage } from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor, refusalText } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import {
  BlockSection,
  type DirectoryForms,
  FollowSection,
  type Invitation,
  InvitationSection,
  JoinSection,
} from './admin-forms.tsx'
import {
  type CountedPeer,
  PeerTable,
  ReadingStopped,
  ReceivedCafes,
  Undelivered,
  type UndeliveredHost,
} from './admin-tables.tsx'
import { type RecoveryProps, RecoveryRequests } from './recovery-requests.tsx'

/** `name`: the actor's own name, otherwise its host. */
type NamedFollowing = Following & { name: string }

/**
 * The page about the network. Forms, each with `csrf`: `join.address`, `join.invitation`, `join.message` ·
 * `follow.address` · `invitation.label` · `block.domain`, `block.reason` · `host` (deliveries to try again). Actions on
 * a row have its id in the address.
 */
export type DirectoryPageProps = AdminProps & {
  now: Temporal.Instant
  /** The sites that ask to be in this directory. */
  requests: DomainPage<Peer>
  /** What referents think of them; `territory` is its name. */
  advice: readonly { peerId: string; name: string; territory: string; reason: string }[]
  /** Members that lost their data, and ask for the servers of their followers. */
  recoveries?: RecoveryProps['requests'] | undefined
  /** The sites that the team refused, the latest first. */
  refused: Peer[]
  /** The sites that are in the directory, or were. */
  members: CountedPeer[]
  /** Since when most other servers fail at the same time, which means that the failure is ours. */
  cutOffSince?: Temporal.Instant | undefined
  /** The actors that we follow: directories that we asked to join (`isJoin`), and others. */
  followings: NamedFollowing[]
  /** The limit that was reached, by actor, for servers whose reading stopped for today. */
  stopped?: ReadonlyMap<string, ReachedLimit> | undefined
  /** Received cafés that are hidden until the team decides. */
  received: DomainPage<Cafe>
  undelivered: UndeliveredHost[]
  /** Only for a directory. */
  invitations: Invitation[]
  /** The code that was just made; it is shown in this answer only. */
  newInvitation?: string | undefined
  blocks: { domain: string; reason: string }[]
  /** The values and the messages of the form that was refused. */
  values?: DirectoryForms['values'] | undefined
  messages?: FieldMessage[] | undefined
}

export function DirectoryPage(props: DirectoryPageProps) {
  const { site, session, now, flash, received, undelivered } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.network
  const isDirectory = site.kind === 'hub'
  const forms: DirectoryForms = {
    csrf: session.csrf,
    values: props.values ?? {},
    messages: props.messages ?? [],
    t,
  }
  return (
    <AdminPage
      title={texts.title[site.kind]}
      form={{ ...forms, labels: labelsOf(t), hints: {} }}
      lead={isDirectory ? texts.leadHub : texts.leadNode}
      {...{ site, session, flash }}
      current={paths.network}
    >
      {props.cutOffSince && (
        <p class="notice">
          <strong>{texts.cutOff(sincePast(props.cutOffSince, now, t.lang), isDirectory)}</strong>
        </p>
      )}
      {props.recoveries && props.recoveries.length > 0 && (
        <RecoveryRequests requests={props.recoveries} {...{ csrf: session.csrf, now, t }} />
      )}
      {(isDirectory || props.requests.groups.length > 0) && <Requests {...props} t={t} />}
      {props.refused.length > 0 && <Refused {...props} t={t} />}
      {(isDirectory || props.members.length > 0) && <Members {...props} t={t} />}
      {!isDirectory && (
        <section aria-labelledby="annuaires">
          <h2 id="annuaires">{texts.directories}</h2>
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
        <h2 id="autres">{texts.others}</h2>
        <Followings {...props} t={t} isJoin={false} />
        <FollowSection forms={forms} />
      </section>
      <BlockSection forms={forms} blocks={props.blocks} />
    </AdminPage>
  )
}

/** Returns the labels of all fields that the list of errors may name. */
const labelsOf = ({ admin: { network: texts } }: Messages) => ({
  'join.address': texts.joinAddress,
  'join.invitation': texts.joinCode,
  'join.message': texts.joinMessage,
  'follow.address': texts.followAddress,
  'invitation.label': texts.invitationFor,
  'block.domain': texts.blockDomain,
})

type SectionProps = DirectoryPageProps & { t: Messages }

function Requests({ requests, advice, session, now, t }: SectionProps) {
  const texts = t.admin.network
  return (
    <section aria-labelledby="demandes">
      <h2 id="demandes">{texts.requests}</h2>
      {requests.groups.length === 0 ? (
        <p>{texts.noRequest}</p>
      ) : (
        <ByDomain page={requests} path={paths.network} parameter="demandes" id="demandes" t={t}>
          {(peer) => (
            <>
              <p>
                <strong>{peer.name}</strong> <OuterLink href={peer.origin}>{peer.host}</OuterLink>
                {peer.requestedAt && (
                  <small> {texts.askedOn(relativePast(peer.requestedAt, now, t.lang))}</small>
                )}
              </p>
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
                <ActionButton
                  action={paths.peerAction(peer.id, 'accepter')}
                  csrf={session.csrf}
                  quiet
                >
                  {texts.accept}
                  <span class="unseen">{texts.on(peer.name)}</span>
                </ActionButton>
              </div>
            </>
          )}
        </ByDomain>
      )}
    </section>
  )
}

/** How many refused sites are shown; an older refusal is rarely taken back. */
const REFUSED_SHOWN = 20

/** Lists the refused sites; each can be accepted on its page. */
const Refused = ({ refused, now, t }: SectionProps) => (
  <section aria-labelledby="refuses">
    <h2 id="refuses">{t.admission.refused}</h2>
    <ul>
      {refused.slice(0, REFUSED_SHOWN).map(({ id, name, requestedAt }) => (
        <li>
          <Link href={paths.admission(id)}>{name}</Link>
          {requestedAt && (
            <small> {t.admin.network.askedOn(relativePast(requestedAt, now, t.lang))}</small>
          )}
        </li>
      ))}
    </ul>
    {refused.length > REFUSED_SHOWN && (
      <p>{t.admission.refusedMore(refused.length - REFUSED_SHOWN)}</p>
    )}
  </section>
)

const Members = ({ members, session, now, t }: SectionProps) => (
  <section aria-labelledby="membres">
    <h2 id="membres">{t.admin.network.members}</h2>
    {members.length === 0 ? (
      <p>{t.admin.network.noMember}</p>
    ) : (
      <PeerTable peers={members} csrf={session.csrf} now={now} t={t} />
    )}
  </section>
)

/** Returns the followings that are not members: those are in the table of members. */
const others = ({ followings, members }: SectionProps): NamedFollowing[] => {
  const known = new Set(members.map(({ actorUri }) => actorUri))
  return followings.filter(({ isJoin, targetUri }) => !isJoin && !known.has(targetUri ?? ''))
}

function Followings(props: SectionProps & { isJoin: boolean }) {
  const { session, now, t, isJoin } = props
  const texts = t.admin.network
  const shown = isJoin ? props.followings.filter((following) => following.isJoin) : others(props)
  if (shown.length === 0) return <p>{isJoin ? texts.noDirectory : texts.noOther}</p>
  const states = isJoin ? texts.joining : texts.followed
  const stoppedBy = (uri: string | undefined) => (uri ? props.stopped?.get(uri) : undefined)
  return (
    <ul class="requests">
      {shown.map((following) => {
        const by = stoppedBy(following.targetUri)
        return (
          <li class="panel">
            <p>
              <strong>{following.name}</strong>{' '}
              <span class={`tag is-${following.state}`}>{states[following.state]}</span>
              <small> {texts.askedOn(relativePast(following.createdAt, now, t.lang))}</small>
              <span class="line">{addressTexts(following.address)}</span>
            </p>
            {by && (
              <p>
                <ReadingStopped by={by} t={t} />
              </p>
            )}
            {following.state === 'refused' && (
              <p class="fine">
                <UserText t={t}>{t.admin.home.reasonGiven(following.reason ?? '')}</UserText>
              </p>
            )}
            {following.error && (
              <p class="fine">
                {t.admin.form.inField(texts.lastError)}
                {refusalText(following.error, t.lang)}
              </p>
            )}
            <div class="buttons">
              {following.state !== 'accepted' && (
                <ActionButton action={paths.retryFollowing(following.id)} csrf={session.csrf} quiet>
                  {texts.retry}
                  <span class="unseen">{texts.on(following.address)}</span>
                </ActionButton>
              )}
              <Link class="button quiet small" href={paths.stopFollowing(following.id)}>
                {isJoin ? texts.leave : texts.stop}
                <span class="unseen">{texts.on(following.address)}</span>
              </Link>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** Returns the host of a site; a handle is returned unchanged. */
const addressTexts = (address: string): string =>
  URL.canParse(address) && /^https?:/.test(address) ? new URL(address).host : address
