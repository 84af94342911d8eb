import { ALERT_CONDITIONS, type AlertAsked } from '../../node/domain/territories/alert.ts'
import { SubmitButton } from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type AlertPanelProps = {
  /** What the alert is about, as the page's own search or territory; without a place the form asks for one. */
  about: AlertAsked
  /** The place in words, such as `Ille-et-Vilaine (35)`; undefined where the form asks for it. */
  place?: string | undefined
  /** The further conditions of the search, in words. */
  words?: readonly string[] | undefined
  mailWorks?: boolean | undefined
  /** The account that announces the cafés, for a site that sends no mail. */
  feed?: string | undefined
  t: Messages
}

/** The panel that offers an alert, wherever somebody looks for cafés: one field, and « Où ? » where nothing says it. */
export const AlertPanel = ({
  about,
  place,
  words = [],
  mailWorks = true,
  feed,
  t,
}: AlertPanelProps) => (
  <section class="panel" aria-labelledby="prevenez-moi">
    <h2 id="prevenez-moi">{isWeekly(about) ? t.alert.letter.title : t.alert.title}</h2>
    {mailWorks ? (
      <>
        <p>{leadOf(about, place, t)}</p>
        {words.length > 0 && <p>{t.alert.limitedTo(words.join(', '))}</p>}
        <Form method="post" action={paths.alerts} novalidate>
          <Remembered values={about} />
          {about.rythme && <input type="hidden" name="rythme" value={about.rythme} />}
          {about.territoire && <input type="hidden" name="territoire" value={about.territoire} />}
          {about.ou ? (
            <>
              <input type="hidden" name="ou" value={about.ou} />
              <input type="hidden" name="rayon" value={about.rayon} />
            </>
          ) : (
            !about.territoire &&
            !isWeekly(about) && <Question name="ou" type="text" autocomplete="postal-code" t={t} />
          )}
          <Question name="email" type="email" autocomplete="email" t={t} />
          <SubmitButton>{isWeekly(about) ? t.alert.letter.submit : t.alert.submit}</SubmitButton>
        </Form>
      </>
    ) : (
      <>
        <p>{t.alert.otherWay}</p>
        <p>
          <Link href={feed ? paths.followFeed(feed) : paths.followPage}>
            {t.alert.followInstead}
          </Link>
        </p>
      </>
    )}
  </section>
)

const isWeekly = ({ rythme }: AlertAsked): boolean => rythme === 'weekly'

function leadOf(about: AlertAsked, place: string | undefined, t: Messages): string {
  if (isWeekly(about)) return t.alert.letter.lead(place ?? t.alert.letter.everywhere)
  return place ? t.alert.here(place) : t.alert.lead
}

type QuestionProps = { name: 'ou' | 'email'; type: string; autocomplete: string; t: Messages }

function Question({ name, type, autocomplete, t }: QuestionProps) {
  // The search form of the same page has a field of the same name.
  const id = `alerte-${name}`
  const { label, hint } = {
    ou: { label: t.alert.where, hint: t.alert.whereHint },
    email: { label: t.alert.email, hint: t.alert.emailHint },
  }[name]
  return (
    <div class="field">
      <label for={id}>
        {label}
        <span class="hint" id={`${id}-aide`}>
          {hint}
        </span>
      </label>
      <input {...{ id, name, type, autocomplete }} aria-describedby={`${id}-aide`} required />
    </div>
  )
}

/** The conditions of a search that go along with the form. */
export const Remembered = ({ values }: { values: AlertAsked }) => (
  <>
    {ALERT_CONDITIONS.map((name) => {
      const value = values[name]
      return value ? <input type="hidden" name={name} value={value} /> : null
    })}
  </>
)
