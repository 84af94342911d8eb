import { ADVICE, type Advice } from '../../node/domain/federation/software.ts'
import type { Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/**
 * A table of what to follow from each program, and what it then shows; programs with the same advice share a row.
 *
 * @param isShared - Whether the account shares the events of other sites, instead of publishing its own.
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

/** What to follow of a site that is a single place. */
const OF_ONE_PLACE = {
  account: 'account',
  place: 'account',
  'trusted-place': 'trusted-account',
  server: 'server',
} as const

type ShownAdvice = Omit<Advice, 'follow'> & { follow: Advice['follow'] | 'trusted-account' }

/**
 * Returns the advice for the kind of account. The site of a single structure has one account, that of the structure; a
 * shared event appears as a post in every program.
 */
function adviceFor(advice: Advice, isShared: boolean): ShownAdvice {
  if (!isShared) return { ...advice, follow: OF_ONE_PLACE[advice.follow] }
  const isPost = advice.follow === 'account' && advice.see === 'event'
  return isPost ? { ...advice, see: 'post' } : advice
}
