import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { ArrivalGroup } from '../../node/domain/federation/arrivals.ts'
import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import type { Following } from '../../node/domain/federation/following.ts'
import type { ReachedLimit } from '../../node/domain/limits/reading-budget.ts'
import { relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import { ActionButton, type FieldMessage } from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor, refusalText } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import {
  type DirectoryForms,
  FollowSection,
  type Invitation,
  InvitationSection,
  JoinSection,
} from './admin-forms.tsx'
import { ReceivedCafes, Undelivered, type UndeliveredHost } from './admin-tables.tsx'
import { type RecoveryProps, RecoveryRequests } from './recovery-requests.tsx'
import { ReadingStopped, Sites, type SitesProps } from './sites.tsx'

/**
 * `name`: the actor's own name, otherwise its host. `stoppedBy`: the limit of reading that it has reached today.
 */
type NamedFollowing = Following & { name: string; stoppedBy?: ReachedLimit | undefined }

/**
 * The page about the network. Forms, each with `csrf`: `join.address`, `join.invitation`, `join.message` ·
 * `follow.address` · `invitation.label` · `host` (deliveries to try again). Actions on
 * a row have its id in the address.
 */
export type DirectoryPageProps = AdminProps & {
  now: Temporal.Instant
  sites: SitesProps
  /** Members that lost their data, and ask for the servers of their followers. */
  recoveries?: RecoveryProps['requests'] | undefined
  /** Since when most other servers fail at the same time, which means that the failure is ours. */
  cutOffSince?: Temporal.Instant | undefined
  /** The directories that we asked to join. */
  joinings: NamedFollowing[]
  /** The hosts of those to which a first request has not left yet. */
  unsent?: readonly string[] | undefined
  /** The others that we follow, without the sites of the list. */
  followings: NamedFollowing[]
  /** Received cafés that are hidden until the team decides. */
  received: DomainPage<Cafe>
  /** Those of `received` that can be set aside at once, by where they come from. */
  receivedGroups: readonly ArrivalGroup[]
  undelivered: UndeliveredHost[]
  /** Only for a directory. */
  invitations: Invitation[]
  /** The code that was just made; it is shown in this answer only. */
  newInvitation?: string | undefined
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
      heading={
        isDirectory && hasSites(props.sites)
          ? texts.sites.title(props.sites.counts.members)
          : undefined
      }
      buttons={
        isDirectory && (
          <>
            <Link class="button quiet" href="#inviter">
              {texts.sites.invite}
            </Link>
            <Link class="button quiet" href={paths.hiddenObjects}>
              {texts.hidden.title}
            </Link>
          </>
        )
      }
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
      {received.groups.length > 0 && (
        <ReceivedCafes page={received} groups={props.receivedGroups} csrf={session.csrf} t={t} />
      )}
      {undelivered.length > 0 && (
        <Undelivered hosts={undelivered} csrf={session.csrf} now={now} t={t} />
      )}
      {(isDirectory || hasSites(props.sites)) && (
        <Sites {...props.sites} {...{ csrf: session.csrf, now, t }} />
      )}
      {!isDirectory && (
        <section aria-labelledby="annuaires">
          <h2 id="annuaires">{texts.directories}</h2>
          <Followings {...props} list={props.joinings} t={t} isJoin />
          <JoinSection forms={forms} />
        </section>
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
        <Followings {...props} list={props.followings} t={t} isJoin={false} />
        <FollowSection forms={forms} />
      </section>
      <p>
        <Link href={paths.stamps}>{t.admin.stamps.title}</Link>
      </p>
      <p>
        <Link href={paths.blocks}>{t.admin.blocks.title}</Link>
      </p>
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
})

/** Returns whether any other site is or was in the list, as it may be at a place that others ask to follow. */
const hasSites = ({ counts }: SitesProps): boolean => Object.values(counts).some(Boolean)

type FollowingsProps = DirectoryPageProps & {
  list: readonly NamedFollowing[]
  isJoin: boolean
  t: Messages
}

function Followings({ list, unsent = [], session, now, t, isJoin }: FollowingsProps) {
  const { col, ...texts } = t.admin.network
  if (list.length === 0 && isJoin && unsent.length > 0)
    return unsent.map((name) => <p>{texts.joinUnsent(name)}</p>)
  return (
    <Rows
      rows={list}
      none={isJoin ? texts.noDirectory : texts.noOther}
      columns={[
        [
          col.site,
          ({ name, address }) => (
            <>
              {name}
              <span class="line fine">{addressTexts(address)}</span>
            </>
          ),
        ],
        [col.state, (following) => <FollowingState {...{ following, now, isJoin, t }} />],
        [
          col.actions,
          ({ id, state, address }) => (
            <div class="buttons">
              {state !== 'accepted' && (
                <ActionButton action={paths.retryFollowing(id)} csrf={session.csrf} quiet>
                  {texts.retry}
                  <span class="unseen">{texts.on(address)}</span>
                </ActionButton>
              )}
              <Link class="button quiet small" href={paths.stopFollowing(id)}>
                {isJoin ? texts.leave : texts.stop}
                <span class="unseen">{texts.on(address)}</span>
              </Link>
            </div>
          ),
        ],
      ]}
      t={t}
    />
  )
}

type FollowingStateProps = Pick<FollowingsProps, 'now' | 'isJoin' | 't'> & {
  following: NamedFollowing
}

/** Says where a request to follow or to join stands, since when, and why it was refused or failed. */
const FollowingState = ({ following, now, isJoin, t }: FollowingStateProps) => {
  const texts = t.admin.network
  const { state, createdAt, stoppedBy, reason, error } = following
  return (
    <div>
      <span class={`tag is-${state}`}>{(isJoin ? texts.joining : texts.followed)[state]}</span>
      <small> {texts.askedOn(relativePast(createdAt, now, t.lang))}</small>
      {stoppedBy && <ReadingStopped by={stoppedBy} t={t} />}
      {state === 'refused' && (
        <span class="line fine">
          <UserText t={t}>{t.admin.home.reasonGiven(reason ?? '')}</UserText>
        </span>
      )}
      {error && (
        <span class="line fine">
          {t.admin.form.inField(texts.lastError)}
          {refusalText(error, t.lang)}
        </span>
      )}
    </div>
  )
}

/** Returns the host of a site; a handle is returned unchanged. */
const addressTexts = (address: string): string =>
  URL.canParse(address) && /^https?:/.test(address) ? new URL(address).host : address
