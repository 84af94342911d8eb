import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { FormValues } from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What follows a registration: a mail is on its way, or a code to keep. */
export type RegisteredPageProps = {
  site: Site
  cafe: Cafe
  code?: string
  /** Where the code serves. */
  address?: string
  isWaiting: boolean
  /** What was typed, with which the form is sent again where the mail does not arrive. */
  values: FormValues
  /** Whether the mail was asked for again. */
  isAgain?: boolean
}

export function RegisteredPage(props: RegisteredPageProps) {
  const { site, cafe, code, address = '', isWaiting } = props
  const { sent, code: texts, back } = messagesFor(site.lang).registration
  const shown = code
    ? { title: isWaiting ? texts.title.waiting : texts.title.confirmed, text: texts.lead }
    : { title: sent.title, text: props.isAgain ? sent.again : sent.lead }
  return (
    <NoticePage site={site} {...shown} isDone back={{ href: paths.cafe(cafe.id), label: back }}>
      {code ? (
        <>
          <p class="code-shown">
            <strong>{code}</strong>
          </p>
          <p>
            <Link href={paths.findRegistration}>{texts.where(address)}</Link>
          </p>
          {isWaiting && <p>{texts.waitingCall}</p>}
        </>
      ) : (
        <NotThere {...props} />
      )}
    </NoticePage>
  )
}

/** The fields of the form that are sent again. */
const FIELDS = [
  ...['prenom', 'places', 'dates', 'cote', 'courriel', 'telephone', 'question1', 'question2'],
  ...['besoins', 'age', 'parent', 'signature'],
]

/** What to do where no mail arrives: have it sent once more, or mend the address. */
function NotThere({ site, cafe, values, isAgain }: RegisteredPageProps) {
  const t = messagesFor(site.lang)
  const { sent } = t.registration
  return (
    <>
      <p>
        {sent.to} <UserText t={t}>{String(values.courriel ?? '')}</UserText>
      </p>
      <p>{sent.notThere}</p>
      <Form method="post" action={paths.registrationForm(cafe.id)} class="stack">
        {FIELDS.flatMap((name) =>
          [values[name] ?? []]
            .flat()
            .map((value) => <input type="hidden" name={name} value={value} />),
        )}
        <p>
          {!isAgain && (
            <button type="submit" name="encore" value="renvoyer" class="button quiet">
              {sent.sendAgain}
            </button>
          )}{' '}
          <button type="submit" name="encore" value="corriger" class="button quiet">
            {sent.mend}
          </button>
        </p>
      </Form>
    </>
  )
}
