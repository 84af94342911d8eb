import {
  attendanceModeOf,
  type Cafe,
  endsAtPlace,
  startsAtPlace,
} from '../../node/domain/cafes/cafe.ts'
import { clock, clockRange, nearDay, zoneName } from '../../node/domain/values/date-text.ts'
import { distance } from '../../node/domain/values/number-text.ts'
import { ScreenIcon } from '../components/icons.tsx'
import { Time } from '../components/time.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { CafeLink, type ListedCafe, OthersLink, placeOf, tagsOf } from './card.tsx'
import { Freshness } from './freshness.tsx'
import { stateOf } from './state.ts'

type Shared = { level: 2 | 3 | 4; now: Temporal.Instant; t: Messages }

/**
 * Lists what a search found, in its order, each with its number on the map, its date, its place and its format.
 * Pictures are left out: thirty of them would make the page several times as large.
 */
export const NumberedCafes = ({
  cafes,
  first = 1,
  ...shared
}: Shared & { cafes: readonly ListedCafe[]; first?: number }) => (
  <ol class="numbered" start={first}>
    {cafes.map((item, at) => (
      <li id={`cafe-${first + at}`}>
        <NumberedCafe {...item} {...shared} number={first + at} />
      </li>
    ))}
  </ol>
)

type CardProps = ListedCafe & Shared & { number: number }

function NumberedCafe({ cafe, href, source, number, level, now, t, ...found }: CardProps) {
  const state = stateOf(cafe, now)
  const Tag = `h${level}` as 'h2'
  const isOnline = attendanceModeOf(cafe) === 'online'
  return (
    <article class={state ? `cafe is-${state}` : 'cafe'}>
      <span class="number" aria-hidden="true">
        {isOnline ? <ScreenIcon /> : number}
      </span>
      <Tag>
        <CafeLink cafe={cafe} href={href} state={state} t={t} />
      </Tag>
      {state === 'postponed' ? (
        <p class="when">{t.cafe.dateToCome}</p>
      ) : (
        <When cafe={cafe} now={now} t={t} />
      )}
      <p class="place">{placeOf(cafe, t)}</p>
      {found.distanceKm !== undefined && (
        <p class="km">{distance(found.distanceKm, found.approximate, t.lang)}</p>
      )}
      <p class="how">{tagsOf(cafe, state, t).join(' · ')}</p>
      <OthersLink cafe={cafe} others={found.others} t={t} />
      <Freshness cafe={cafe} source={source} now={now} t={t} />
    </article>
  )
}

/** « Demain, 18 h 30 – 20 h », « Jeudi 3 décembre, 18 h 30 – 20 h ». */
function When({ cafe, now, t }: { cafe: Cafe; now: Temporal.Instant; t: Messages }) {
  const [start, end] = [startsAtPlace(cafe), endsAtPlace(cafe)]
  const day = nearDay(start, now, t.lang)
  const isOneDay = start.toPlainDate().equals(end.toPlainDate())
  return (
    <p class="when">
      <Time
        at={start}
        text={`${sentenceCase(day)}, `}
        hours={isOneDay ? clockRange(start, end, t.lang) : clock(start, t.lang)}
      />
      {cafe.timezone !== 'Europe/Paris' && <small> {zoneName(cafe.timezone, t.lang)}</small>}
    </p>
  )
}
