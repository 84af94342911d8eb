import type { ArrivalGroup } from '../../node/domain/federation/arrivals.ts'
import type { Stamp, StampState } from '../../node/domain/federation/stamp.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import type { Bulk } from '../admin/bulk.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { ActionButton } from '../components/fields.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The value of `etat` in the address, for each state. */
export const STAMP_STATE_NAMES: Record<StampState, string> = {
  asked: 'demandes',
  given: 'donnes',
  refused: 'refuses',
}

type Props = AdminProps & {
  query: Omit<ListQuery<StampState>, 'page'>
  counts: Record<StampState, number>
  found: ListPage<Stamp>
  /** What can be refused at once, by where it comes from and by day. */
  groups: readonly ArrivalGroup[]
  now: Temporal.Instant
}

/** The page of what other servers quote of ours, or list in their collections: each can be withdrawn. */
export function StampsPage({ site, session, flash, now, ...list }: Props) {
  const t = messagesFor(site.lang)
  const texts = t.admin.stamps
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      back={{ href: paths.network, label: t.admin.network.title[site.kind] }}
      {...{ site, session, flash }}
      current={paths.network}
    >
      <List
        path={paths.stamps}
        states={{ names: STAMP_STATE_NAMES, labels: texts.state, counts: list.counts }}
        texts={texts}
        columns={[
          [texts.who, (stamp) => <Address uri={stamp.requesterUri} />],
          [
            texts.what,
            (stamp) => (
              <>
                {texts.kind[stamp.kind]} <Address uri={stamp.targetUri} />
                <span class="line fine">
                  {texts.where} <Address uri={stamp.instrumentUri} />
                </span>
              </>
            ),
          ],
          [texts.when, (stamp) => relativePast(stamp.at, now, t.lang)],
          [texts.actions, (stamp) => <Actions stamp={stamp} csrf={session.csrf} texts={texts} />],
        ]}
        bulk={list.query.state === 'asked' ? bulkOf(list.groups, session.csrf, t) : undefined}
        {...{ query: list.query, found: list.found, t }}
      />
    </AdminPage>
  )
}

const bulkOf = (groups: readonly ArrivalGroup[], csrf: string, t: Messages): Bulk<Stamp> => ({
  ...{ path: paths.manyStamps, csrf, groups },
  acts: [['refuser', t.admin.stamps.refuse]],
  itemOf: ({ id, requesterUri }) => ({ id, name: requesterUri }),
})

const Address = ({ uri }: { uri: string }) => (
  <OuterLink href={uri} class="address">
    {uri}
  </OuterLink>
)

type ActionsProps = {
  stamp: Stamp
  csrf: string
  texts: ReturnType<typeof messagesFor>['admin']['stamps']
}

function Actions({ stamp: { id, state, requesterUri }, csrf, texts }: ActionsProps) {
  const about = <span class="unseen"> {requesterUri}</span>
  if (state === 'refused') return null
  return (
    <>
      {state === 'asked' && (
        <ActionButton action={paths.decideStamp(id, 'accepter')} csrf={csrf}>
          {texts.give}
          {about}
        </ActionButton>
      )}
      <ActionButton action={paths.decideStamp(id, 'refuser')} csrf={csrf} quiet>
        {state === 'asked' ? texts.refuse : texts.withdraw}
        {about}
      </ActionButton>
    </>
  )
}
