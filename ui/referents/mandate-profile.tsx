import { Form, Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Consent } from './consent-text.tsx'

/** A profile that says that the mandate is its person's, and the words to agree to with it. */
type Claimant = { uri: string; href: string; name: string; consent: string }

/** POST on the page of the mandate: `answer`, `lier` or `delier`, and with the first `profile`. */
export type MandateProfileProps = {
  /** The mandate's address, for the page of the profile. */
  address: string
  claimants: readonly Claimant[]
  /** The address of the profile that the mandate names. */
  tied: string | undefined
  /** What was just answered could not be done. */
  isGone: boolean
}

/** Which profile a mandate names: the person says so here, where they hold the mandate's link, and there. */
export function MandateProfile({
  token,
  profile: { address, claimants, tied, isGone },
  t,
}: {
  token: string
  profile: MandateProfileProps
  t: Messages
}) {
  const texts = t.referent.profile
  return (
    <section aria-labelledby="profil">
      <h2 id="profil">{texts.title}</h2>
      {isGone && (
        <p class="error" role="alert">
          {texts.gone}
        </p>
      )}
      {tied === undefined ? (
        <>
          <p>{texts.lead}</p>
          <p>
            <code class="address">{address}</code>
          </p>
        </>
      ) : (
        <>
          <p>
            {texts.tied} <Link href={tied}>{tied}</Link>
          </p>
          <Answer token={token} answer="delier" label={texts.untie} isQuiet />
        </>
      )}
      {claimants.map(({ uri, href, name, consent }) => (
        <div class="panel">
          <p>
            <strong>
              <UserText t={t}>{name}</UserText>
            </strong>
            <br />
            <Link href={href}>{href}</Link>
          </p>
          <p>{texts.claims}</p>
          <Consent text={consent} />
          <Answer token={token} answer="lier" profile={uri} label={texts.tie} />
        </div>
      ))}
    </section>
  )
}

const Answer = ({
  token,
  answer,
  profile,
  label,
  isQuiet,
}: {
  token: string
  answer: 'lier' | 'delier'
  profile?: string
  label: string
  isQuiet?: boolean
}) => (
  <Form method="post" action={paths.mandate(token)}>
    <input type="hidden" name="answer" value={answer} />
    {profile !== undefined && <input type="hidden" name="profile" value={profile} />}
    <p>
      <button type="submit" class={isQuiet ? 'button quiet' : 'button'}>
        {label}
      </button>
    </p>
  </Form>
)
