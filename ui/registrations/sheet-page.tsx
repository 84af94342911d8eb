import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText, whereText } from '../../node/domain/cafes/cafe-text.ts'
import type { Side } from '../../node/domain/registrations/registration.ts'
import { type SideTotals, seatsOf } from '../../node/domain/registrations/totals.ts'
import { momentText, plainDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type ListedRegistration, needsText } from './team-page.tsx'

export type SheetPageProps = AdminProps & {
  cafe: Cafe
  /** Those who come, in the order of their names. */
  coming: readonly ListedRegistration[]
  /** The side that the sheet is for. */
  side: Side
  totals: readonly SideTotals[]
  eraseOn: Temporal.PlainDate
  now: Temporal.Instant
}

/** The list of those who come, to print on A4: large, with what they need, without address or telephone number. */
export function SheetPage(props: SheetPageProps) {
  const { site, session, cafe } = props
  const t = messagesFor(site.lang)
  const texts = t.registrationTeam.sheet
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      back={{ href: paths.registrations(cafe.id), label: t.registrationTeam.back }}
    >
      <p class="unprinted">
        <button type="button" class="button" data-print hidden>
          {texts.print}
        </button>{' '}
        {texts.howTo}
      </p>
      <Sheet {...props} t={t} />
    </AdminPage>
  )
}

type PartProps = SheetPageProps & { t: Messages }

function Sheet(props: PartProps) {
  const { cafe, coming, t, eraseOn, now, totals, side } = props
  const texts = t.registrationTeam.sheet
  const online = totals.find((one) => one.side === 'online' && side === 'onsite')
  return (
    <article class="sheet">
      <h2>{texts.heading}</h2>
      <p>
        <strong>
          <UserText cafe={cafe} t={t}>
            {cafe.title}
          </UserText>
        </strong>
        <span class="line">
          <UserText t={t}>{`${whenText(cafe, t.lang)} · ${whereText(cafe)}`}</UserText>
        </span>
      </p>
      <Sums {...props} />
      {coming.length === 0 ? <p>{texts.none}</p> : <Roll coming={coming} t={t} />}
      <p>
        <strong>{texts.walkIns}</strong>
      </p>
      <Boxes count={13} />
      <p>
        {texts.firstTime} <span class="to-fill" />
      </p>
      {online && online.taken > 0 && <p>{texts.online(online.taken)}</p>}
      <p class="fine">
        {texts.printed(momentText(now, t.lang, cafe.timezone))}{' '}
        {texts.erased(plainDate(eraseOn, t.lang))}
      </p>
    </article>
  )
}

function Sums({ coming, totals, side, t }: PartProps) {
  const texts = t.registrationTeam.sheet
  const capacity = totals.find((one) => one.side === side)?.capacity
  const needs = coming.reduce((sum, one) => sum + one.needs.length, 0)
  return (
    <dl class="sheet-sums">
      <Sum number={String(coming.length)} label={texts.registrations(coming.length)} />
      <Sum number={String(seatsOf(coming))} label={texts.taken(capacity)} />
      <Sum number={String(needs)} label={texts.needsToPlan} />
      <Sum number="……" label={texts.present} />
    </dl>
  )
}

const Sum = ({ number, label }: { number: string; label: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{number}</dd>
  </div>
)

const Roll = ({ coming, t }: { coming: readonly ListedRegistration[]; t: Messages }) => (
  <table class="roll">
    <thead>
      <tr>
        <th scope="col">{t.registrationTeam.sheet.here}</th>
        <th scope="col">{t.registrationTeam.sheet.name}</th>
        <th scope="col">{t.registrationTeam.sheet.needs}</th>
      </tr>
    </thead>
    <tbody>
      {coming.map((one) => (
        <tr>
          <td>
            <Boxes count={one.seats} t={t} />
          </td>
          <th scope="row">
            <UserText t={t}>{one.name}</UserText>
          </th>
          <td>{needsText(one.needs, t)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Boxes to tick on paper, one for each seat. */
const Boxes = ({ count, t }: { count: number; t?: Messages }) => (
  <span class="boxes-to-tick">
    {t && <span class="unseen">{t.registrationTeam.seatsOf(count)}</span>}
    {Array.from({ length: count }, () => (
      <span class="box" />
    ))}
  </span>
)
