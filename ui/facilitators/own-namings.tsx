import type { Naming } from '../../node/domain/facilitators/naming.ts'
import { shortDate } from '../../node/domain/values/date-text.ts'
import { Form } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST `…/cafes`: `answer` (`yes`, `no`, `always`, `ask`, `mail`, `no-mail`), and `cafe` for the first two. */
export type OwnNamingsProps = {
  token: string
  namings: readonly Naming[]
  isAlways: boolean
  /** Whether they are mailed when a café names them; undefined where no mail is sent. */
  isMailed?: boolean | undefined
  t: Messages
}

/** Shows the cafés of the place that name the person, each with its two answers. */
export function OwnNamings({ token, namings, isAlways, isMailed, t }: OwnNamingsProps) {
  const texts = t.facilitator.own.named
  const action = paths.ownProfile(token, 'cafes')
  if (namings.length === 0 && !isAlways && isMailed !== false) return null
  return (
    <>
      <h2 id="cafes">{texts.title}</h2>
      <p>{texts.lead}</p>
      <div class="stack">
        {namings.map(({ cafeId, title, startsAt, timezone, place, answer }) => (
          <Form method="post" action={action} class="panel">
            <p>
              <strong>
                <UserText t={t}>{title}</UserText>
              </strong>
              <span class="line">{shortDate(startsAt.toZonedDateTimeISO(timezone), t.lang)}</span>
              {place !== undefined && (
                <span class="line">
                  <UserText t={t}>{place}</UserText>
                </span>
              )}
            </p>
            <p>{answer ? texts.said[answer] : texts.waits}</p>
            <input type="hidden" name="cafe" value={cafeId} />
            <p class="buttons">
              {answer !== 'yes' && <Answer value="yes">{texts.yes}</Answer>}
              {answer !== 'no' && <Answer value="no">{texts.no}</Answer>}
            </p>
          </Form>
        ))}
        <Form method="post" action={action}>
          {isAlways && <p>{texts.isAlways}</p>}
          {isMailed === false && <p>{texts.isNotMailed}</p>}
          <p class="buttons">
            <Answer value={isAlways ? 'ask' : 'always'}>
              {isAlways ? texts.ask : texts.always}
            </Answer>
            {isMailed !== undefined && (
              <Answer value={isMailed ? 'no-mail' : 'mail'}>
                {isMailed ? texts.noMail : texts.mail}
              </Answer>
            )}
          </p>
        </Form>
      </div>
    </>
  )
}

const Answer = ({ value, children }: { value: string; children: string }) => (
  <button type="submit" class="button quiet" name="answer" value={value}>
    {children}
  </button>
)
