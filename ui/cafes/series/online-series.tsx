import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Recurrence } from '../../../node/domain/series/recurrence.ts'
import { Drawn } from '../../components/drawn.tsx'
import { Link } from '../../components/link.tsx'
import { UserText } from '../../components/user-text.tsx'
import { AROUND_A_SCREEN } from '../../drawings/around-a-screen.ts'
import type { Messages } from '../../locales/messages.ts'
import { paths } from '../../paths.ts'
import { withinSentenceText } from '../state.ts'
import { Rhythm } from './next-dates.tsx'

/** The next date of the series that a site holds online itself. */
export type OnlineSeries = {
  cafe: Cafe
  href: string
  recurrence: Recurrence
  seriesHref: string
}

/** The place of that series on the first page of a directory. */
export const OnlinePart = ({ online, t }: { online: OnlineSeries; t: Messages }) => (
  <section class="home-part is-yours" aria-labelledby="en-ligne">
    <Drawn drawing={AROUND_A_SCREEN} />
    <div>
      <Rhythm recurrence={online.recurrence} t={t} />
      <h2 id="en-ligne">
        <UserText cafe={online.cafe} t={t}>
          {online.cafe.title}
        </UserText>
      </h2>
      <p>
        <Link href={online.href}>
          {t.start.nextOnline}
          {withinSentenceText(online.cafe, t)}
        </Link>
      </p>
      <p>{t.start.onlineText}</p>
    </div>
    <Link class="button" href={paths.start}>
      {t.start.menu}
    </Link>
  </section>
)
