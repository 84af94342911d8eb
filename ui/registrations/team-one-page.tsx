import type { Child } from 'hono/jsx'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import { momentText } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { UnsavedTexts } from '../admin/unsaved-texts.tsx'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SelectField,
  SubmitButton,
  TextArea,
} from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths, telHref } from '../paths.ts'
import { type ListedRegistration, needsText, sourceText, stateText } from './team-page.tsx'

/** The most that a team may write to a person why their registration is cancelled. */
export const CANCEL_REASON_MAX = 500

/**
 * POST on the same address: `csrf`, `version`, and `act`: `confirm`, `decline`, `seats` with `places`, `move` with
 * `date`, or `cancel` with `reason`.
 */
export type TeamRegistrationPageProps = AdminProps & {
  cafe: Cafe
  one: ListedRegistration
  /** What it was when the page was made. */
  version: string
  /** The other dates of the series to which one can register. */
  dates: readonly Cafe[]
  /** Whether the café is to come, so that seats can still be shared out. */
  isOpen: boolean
  values: FormValues
  messages: FieldMessage[]
}

/** Shows a registration to the team of its café, and what can be done about it. */
export function TeamRegistrationPage(props: TeamRegistrationPageProps) {
  const { site, session, flash, cafe, one } = props
  const t = messagesFor(site.lang)
  const texts = t.registrationTeam.one
  const form: FormState = {
    ...{ values: { places: String(one.seats), ...props.values }, messages: props.messages, t },
    labels: { act: '', places: texts.seats, date: texts.date, reason: texts.reason },
    hints: {},
  }
  const isOver = one.state === 'cancelled' || one.state === 'lapsed'
  return (
    <AdminPage
      title={texts.title(one.name)}
      lead={
        <UserText t={t}>{t.registrationTeam.lead(cafe.title, whenText(cafe, t.lang))}</UserText>
      }
      {...{ site, session, flash, form }}
      back={{ href: paths.registrations(cafe.id), label: t.registrationTeam.back }}
      narrow
    >
      <Facts {...props} t={t} />
      {isOver || !props.isOpen ? (
        <>
          <p>{texts.closed}</p>
          <UnsavedTexts typed={[props.values.reason ?? []].flat().filter(Boolean)} t={t} />
        </>
      ) : (
        <>
          <Confirm {...props} t={t} />
          <Act {...props} act="seats" heading={texts.seats} lead={texts.changeTold}>
            <InputField form={form} name="places" type="number" min={1} short />
            <SubmitButton quiet>{texts.change}</SubmitButton>
          </Act>
          <Move {...{ ...props, form, t }} />
          <Act
            {...props}
            act="cancel"
            heading={texts.cancel}
            lead={one.email === undefined ? texts.cancelLeadCall : texts.cancelLead}
          >
            <TextArea form={form} name="reason" rows={3} max={CANCEL_REASON_MAX} />
            <SubmitButton danger>{texts.cancel}</SubmitButton>
          </Act>
        </>
      )}
    </AdminPage>
  )
}

type PartProps = TeamRegistrationPageProps & { t: Messages }

function Facts({ one, cafe, t }: PartProps) {
  const texts = t.registrationTeam
  const source = [sourceText(one, t), ...(one.isByAdult ? [texts.byAdult] : [])].filter(Boolean)
  const rows: [string, Child][] = [
    [texts.seats, one.seats],
    [texts.state, stateText(one, cafe, t)],
    ...(one.needs.length > 0 ? [[texts.needs, needsText(one.needs, t)] as [string, Child]] : []),
    ...(one.email ? [[texts.contact, one.email] as [string, Child]] : []),
    ...(one.phone
      ? [[texts.contact, <Link href={telHref(one.phone)}>{one.phone}</Link>] as [string, Child]]
      : []),
    ...(one.handle ? [[texts.account, one.handle] as [string, Child]] : []),
    [texts.asked, [momentText(one.createdAt, t.lang, cafe.timezone), ...source].join(', ')],
  ]
  return (
    <dl class="facts-list">
      {rows.map(([label, value]) => (
        <>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  )
}

function Confirm(props: PartProps) {
  const { one, t } = props
  const texts = t.registrationTeam.one
  if (one.state !== 'unproven' && one.state !== 'offered' && one.state !== 'waiting') return null
  const lead =
    one.state === 'waiting'
      ? texts.confirmLead.waiting(one.waitingRank ?? 1)
      : texts.confirmLead[one.state]
  return (
    <>
      <Act {...props} act="confirm" heading={texts.confirm} lead={lead}>
        <SubmitButton>{texts.confirm}</SubmitButton>
      </Act>
      {one.state === 'offered' && (
        <Act {...props} act="decline" heading={texts.decline}>
          <SubmitButton quiet>{texts.decline}</SubmitButton>
        </Act>
      )}
    </>
  )
}

function Move(props: PartProps & { form: FormState }) {
  const { dates, one, form, t } = props
  const texts = t.registrationTeam.one
  if (dates.length === 0 || one.state === 'unproven') return null
  return (
    <Act {...props} act="move" heading={texts.move} lead={texts.moveLead}>
      <SelectField
        form={form}
        name="date"
        empty={texts.choose}
        groups={[
          {
            label: texts.date,
            choices: dates.map((cafe) => [
              cafe.id,
              texts.dateOf(whenText(cafe, t.lang), cafe.registration.seatsLeft),
            ]),
          },
        ]}
      />
      <SubmitButton quiet>{texts.moveSubmit}</SubmitButton>
    </Act>
  )
}

type ActProps = TeamRegistrationPageProps & {
  act: string
  heading: string
  lead?: string
  children: Child
}

const Act = ({ cafe, one, version, session, act, heading, lead, children }: ActProps) => (
  <PanelForm
    id={`act-${act}`}
    heading={heading}
    lead={lead}
    action={paths.teamRegistration(cafe.id, one.id)}
    csrf={session.csrf}
  >
    <input type="hidden" name="version" value={version} />
    <input type="hidden" name="act" value={act} />
    {children}
  </PanelForm>
)
