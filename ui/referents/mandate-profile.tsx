import { Form, Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Consent } from './consent-text.tsx'
import { HiddenCode } from './mandate-code.tsx'

/** A profile that names the mandate, and the text to agree to when the mandate shall name it too. */
type Claimant = { uri: string; href: string; name: string; consent: string }

/** POST on the page of the mandate: `answer` (`lier` or `delier`), and with `lier` `profile`. */
export type MandateProfileProps = {
  /** The mandate's address, which the person enters in their profile. */
  address: string
  claimants: readonly Claimant[]
  /** The address of the profile that the mandate names. */
  tied: string | undefined
  /** Whether the last answer could not be carried out. */
  isGone: boolean
}

/**
 * The form that ties a profile to a mandate. Both sides have to name each other: the person answers here with the
 * mandate's link, and in their profile.
 */
export function MandateProfile({
  token,
  profile: { address, claimants, tied, isGone },
  code,
  t,
}: {
  token: string
  profile: MandateProfileProps
  /** The person's code, by a link that was handed over. */
  code: string | undefined
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
          <Answer {...{ token, code }} answer="delier" label={texts.untie} isQuiet />
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
          <Answer {...{ token, code }} answer="lier" profile={uri} label={texts.tie} />
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
  code,
}: {
  token: string
  code: string | undefined
  answer: 'lier' | 'delier'
  profile?: string
  label: string
  isQuiet?: boolean
}) => (
  <Form method="post" action={paths.mandate(token)}>
    <input type="hidden" name="answer" value={answer} />
    <HiddenCode code={code} />
    {profile !== undefined && <input type="hidden" name="profile" value={profile} />}
    <p>
      <button type="submit" class={isQuiet ? 'button quiet' : 'button'}>
        {label}
      </button>
    </p>
  </Form>
)
