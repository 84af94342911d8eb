import type { PropsWithChildren } from 'hono/jsx'
import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { clock, shortDate } from '../../node/domain/values/date-text.ts'
import { FieldError } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, problemMessage } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { REASON_MAX, type Shown, type WrongReason } from './dashboard-props.ts'

type ActProps = PropsWithChildren<{
  action: string
  csrf: string
  /** What the button is about, for screen readers, where the page has several. */
  about?: string
  label: string
  fields?: { readonly [name: string]: string }
  wrong: WrongReason | undefined
  t: Messages
}>

export const wrongReason = ({ reason, isNothing }: WrongReason, t: Messages): string =>
  isNothing
    ? t.referentDashboard.reports.nothing
    : reason === ''
      ? t.referentDashboard.reasonMissing
      : problemMessage({ field: 'reason', code: 'too_long', detail: String(REASON_MAX) }, t.lang)

/** Returns the id of the field in which a referent gives the reason for one act of the page. */
export const idOfReason = (key: string): string => `raison-${key.replaceAll(/[^\w-]/g, '-')}`

/** A form for one act, which requires a reason. POST: `csrf`, `reason`, and what `fields` and the children hold. */
export function Act({ action, csrf, about, label, fields, wrong, t, children }: ActProps) {
  const key = `${action} ${Object.values(fields ?? {}).join(' ')}`.trim()
  const id = idOfReason(key)
  const message = wrong?.form === key ? wrongReason(wrong, t) : undefined
  const which = about && <span class="unseen">{`\u00a0: ${about}`}</span>
  return (
    <PostForm csrf={csrf} action={action} class="act" novalidate>
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
      <label for={id}>
        {t.referentDashboard.reason}
        {which}
      </label>
      <input
        id={id}
        name="reason"
        type="text"
        value={message && wrong?.reason}
        aria-invalid={message ? 'true' : undefined}
        aria-describedby={message ? `${id}-erreur` : undefined}
      />
      <button type="submit" class="button quiet small">
        {label}
        {which}
      </button>
      <FieldError id={`${id}-erreur`} message={message} />
    </PostForm>
  )
}

export function Joining({ joining, advice, joiningMay, session, wrong, t }: Shown) {
  const texts = t.referentDashboard
  if (joining.length === 0) return null
  const decision = joiningMay === 'admit' ? 'accepter' : 'recommander'
  return (
    <>
      <h3>{texts.joining}</h3>
      <p>{texts.joiningLead[joiningMay]}</p>
      <ul class="plain acts">
        {joining.map(({ id, name, origin, invitation }) => {
          const action = paths.territoryAct(session.territory.code, `lieux/${id}/${decision}`)
          return (
            <li>
              {name}
              {advice.has(id) && <p class="fine">{texts.advised(advice.get(id) ?? '')}</p>}
              <details class="more-fields" open={wrong?.form === action}>
                <summary>
                  {t.admission.examine}
                  <span class="unseen">{t.admin.network.on(name)}</span>
                </summary>
                <p>
                  <UserText t={t}>{invitation ?? t.admin.network.noWords}</UserText>
                </p>
                <p>
                  <Link href={`${origin}/`}>{new URL(origin).host}</Link>
                </p>
                <Act
                  action={action}
                  csrf={session.csrf}
                  about={name}
                  label={joiningLabel(joiningMay, advice.has(id), t)}
                  wrong={wrong}
                  t={t}
                />
              </details>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** Recommends a site by its address. POST: `csrf`, `address`, `reason`. */
export function Recommend({ session, wrong, t }: Shown) {
  const texts = t.referentDashboard
  const action = paths.territoryAct(session.territory.code, 'recommander')
  return (
    <details class="more-fields" open={wrong?.form === action}>
      <summary>{texts.recommend}</summary>
      <p>{texts.recommendLead}</p>
      <Act action={action} csrf={session.csrf} label={texts.act.recommend} wrong={wrong} t={t}>
        <label for="adresse">{texts.recommendAddress}</label>
        <input id="adresse" name="address" type="url" required />
      </Act>
    </details>
  )
}

function joiningLabel(
  joiningMay: Shown['joiningMay'],
  isAdvised: boolean,
  { referentDashboard: { act } }: Messages,
): string {
  if (joiningMay === 'admit') return act.admit
  return isAdvised ? act.recommendAgain : act.recommend
}

export function Duplicates({ duplicates, session, wrong, t }: Shown) {
  const texts = t.referentDashboard
  if (duplicates.length === 0) return null
  return (
    <>
      <h3>{texts.duplicates}</h3>
      <p>{texts.duplicatesLead}</p>
      <ul class="plain acts">
        {duplicates.map(({ one, other }) => (
          <li>
            <Link href={paths.cafe(one.id)}>{one.title}</Link>
            <p class="fine">
              {texts.duplicateOne(organizerNameOf(one))}
              <br />
              <Link href={paths.cafe(other.id)}>
                {texts.duplicateOther(other.title, organizerNameOf(other))}
              </Link>
            </p>
            <Act
              action={paths.territoryAct(session.territory.code, 'doublons')}
              csrf={session.csrf}
              about={one.title}
              label={texts.act.apart}
              fields={{ one: one.id, other: other.id }}
              wrong={wrong}
              t={t}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

export const CafeName = ({ cafe, t }: { cafe: Cafe; t: Messages }) => (
  <>
    {(cafe.status === 'cancelled' || cafe.status === 'postponed') && t.cafe.state[cafe.status]}
    {cafe.title}
  </>
)

type CafesProps = Omit<Shown, 'cafes'> & {
  cafes: Cafe[]
  decision: 'montrer' | 'cacher'
  heading?: string
  lead?: string
}

export function CafeActs({ cafes, decision, heading, lead, session, wrong, t }: CafesProps) {
  const texts = t.referentDashboard
  if (cafes.length === 0) return null
  return (
    <>
      {heading && <h3>{heading}</h3>}
      {lead && <p>{lead}</p>}
      <ul class="plain acts">
        {cafes.map((cafe) => (
          <li>
            <Link href={decision === 'cacher' ? paths.cafe(cafe.id) : cafe.url}>
              <CafeName cafe={cafe} t={t} />
            </Link>
            {cafe.openTo === 'reserved' && <span class="tag">{t.cafe.reserved}</span>}
            <br />
            <small>{whenAndWhere(cafe, t)}</small>
            {cafe.peerId && (
              <Folded
                isFolded={decision === 'cacher' && !wrong?.form.includes(cafe.id)}
                label={texts.act.hide}
                about={cafe.title}
              >
                {decision === 'cacher' && <p class="fine">{texts.hideTold}</p>}
                <Act
                  action={paths.territoryAct(
                    session.territory.code,
                    `cafes/${cafe.id}/${decision}`,
                  )}
                  csrf={session.csrf}
                  about={cafe.title}
                  label={decision === 'cacher' ? texts.act.hide : texts.act.show}
                  wrong={wrong}
                  t={t}
                />
              </Folded>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

type FoldedProps = PropsWithChildren<{ isFolded: boolean; label: string; about: string }>

/** Folds actions that are rarely used. */
export const Folded = ({ isFolded, label, about, children }: FoldedProps) =>
  isFolded ? (
    <details>
      <summary>
        {label}
        {about !== '' && <span class="unseen">{`\u00a0: ${about}`}</span>}
      </summary>
      {children}
    </details>
  ) : (
    children
  )

/**
 * Returns in one line when a café begins, at its place, where it is, and who organises it; what is not known is left
 * out.
 */
export function whenAndWhere(cafe: Cafe, { lang }: Messages): string {
  const start = startsAtPlace(cafe)
  const parts = [
    shortDate(start, lang),
    clock(start, lang),
    cafe.venue?.commune,
    organizerNameOf(cafe),
  ]
  return parts.filter(Boolean).join(', ')
}
