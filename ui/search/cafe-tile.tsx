import { startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { clock, knownDay, zoneName } from '../../node/domain/values/date-text.ts'
import { CafeLink, type ListedCafe, placeOf, tagsOf } from '../cafes/card.tsx'
import { UnreachableNotice } from '../cafes/freshness.tsx'
import { stateOf } from '../cafes/state.ts'
import { Time } from '../components/time.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'

type Shared = { now: Temporal.Instant; t: Messages }

/** Lists the next cafés on a home page, each with its date. */
export const CafeTiles = ({ cafes, ...shared }: Shared & { cafes: readonly ListedCafe[] }) => (
  <ul class="tiles">
    {cafes.map((item) => (
      <li>
        <CafeTile {...item} {...shared} />
      </li>
    ))}
  </ul>
)

function CafeTile({ cafe, href, source, now, t }: ListedCafe & Shared) {
  const state = stateOf(cafe, now)
  const start = startsAtPlace(cafe)
  const isAbroad = cafe.timezone !== 'Europe/Paris'
  return (
    <article class="tile">
      <h3>
        <CafeLink cafe={cafe} href={href} state={state} t={t} />
      </h3>
      <p class="when">
        <Time
          at={start}
          text={`${sentenceCase(knownDay(start, now, t.lang))} · ${clock(start, t.lang)}`}
        />
        {isAbroad && <small> {zoneName(cafe.timezone, t.lang)}</small>}
      </p>
      <p class="place">{placeOf(cafe, t)}</p>
      <p class="how">{tagsOf(cafe, state, t).join(' · ')}</p>
      <UnreachableNotice source={source} now={now} t={t} />
    </article>
  )
}
