import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { ArrivalGroup } from '../../node/domain/federation/arrivals.ts'
import type { DeliveryFailure } from '../../node/domain/federation/delivery.ts'
import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import { clock, longDate, sincePast } from '../../node/domain/values/date-text.ts'
import { BulkBar, Tick } from '../admin/bulk.tsx'
import { Rows } from '../admin/list.tsx'
import { placeOf } from '../cafes/card.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { ActionButton } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

type Shared = { csrf: string; t: Messages }

type ReceivedProps = Shared & { page: DomainPage<Cafe>; groups: readonly ArrivalGroup[] }

/** The id of their form, beside that of the sites. */
const FORM = 'ecarter-plusieurs'

const dismissalFor = (t: Messages) => [['ecarter', t.admin.bulk.held.dismiss]] as const

/** Lists cafés that have a price or come from a site that is not a member: they are hidden, with the reason. */
export const ReceivedCafes = ({ page, groups, csrf, t }: ReceivedProps) => {
  const texts = t.admin.network
  const bulk = { path: paths.manyHeldCafes, csrf, groups, acts: dismissalFor(t), form: FORM }
  return (
    <section aria-labelledby="recus">
      <h2 id="recus">{texts.received}</h2>
      <p>{texts.receivedLead}</p>
      <div class="many">
        <BulkBar bulk={bulk} t={t} />
        <ByDomain page={page} path={paths.network} parameter="recus" id="recus" t={t}>
          {(cafe) => {
            const start = startsAtPlace(cafe)
            return (
              <>
                <div class="ticked">
                  <div class="tick">
                    <Tick item={{ id: cafe.id, name: cafe.title }} form={FORM} t={t} />
                  </div>
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
                </div>
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
      </div>
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
  const { col, ...texts } = t.admin.network
  return (
    <Rows
      section={{ id: 'envois', heading: texts.undelivered, lead: texts.undeliveredLead }}
      rows={hosts}
      columns={[
        [col.site, ({ host }) => host],
        [
          col.state,
          ({ total, titles, failure, since }) => (
            <div>
              {texts.undeliveredCount(total)} {sincePast(since, now, t.lang)}
              {titles.length > 0 && <span class="line">{titles.slice(0, TITLES).join(' · ')}</span>}
              <span class="line fine">{texts.failure[failure]}</span>
            </div>
          ),
        ],
        [
          col.actions,
          ({ host }) => (
            <PostForm csrf={csrf} action={paths.retryDeliveries} class="inline">
              <input type="hidden" name="host" value={host} />
              <button type="submit" class="button quiet small">
                {texts.retry}
                <span class="unseen">{texts.on(host)}</span>
              </button>
            </PostForm>
          ),
        ],
      ]}
      t={t}
    />
  )
}
