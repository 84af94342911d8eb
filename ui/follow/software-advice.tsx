import { ADVICE, type Advice } from '../../node/domain/federation/software.ts'
import type { Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/**
 * What to follow from each program, and what one then sees there; programs of which the same is true share a row.
 * @param isShared - The account tells of other places' cafés: it shares their events instead of sending its own.
 */
export function SoftwareAdvice({
  site,
  isShared,
  t,
}: {
  site: Site
  isShared: boolean
  t: Messages
}) {
  const texts = t.follow.page.software
  const rows = Map.groupBy(
    ADVICE.map((advice) => adviceFor(advice, isShared)),
    ({ follow, see }) => `${texts.follow[follow](new URL(site.origin).host)} ${texts.see[see]}`,
  )
  return (
    <>
      <h3>{texts.title}</h3>
      <dl class="details">
        {[...rows].map(([words, programs]) => (
          <div>
            <dt>{programs.map(({ label }) => label).join(', ')}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** A place's own account is that of the place; a shared event is a post wherever an account is followed. */
function adviceFor(advice: Advice, isShared: boolean): Advice {
  if (!isShared) return advice.follow === 'place' ? { ...advice, follow: 'account' } : advice
  const isPost = advice.follow === 'account' && advice.see === 'event'
  return isPost ? { ...advice, see: 'post' } : advice
}
