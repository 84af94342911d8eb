import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { Need } from '../../node/domain/registrations/registration.ts'
import type { SideTotals } from '../../node/domain/registrations/totals.ts'
import { Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** How many seats those have who come and gave this answer to a question of the team. */
export type AnswerCount = { question: string; answer: string; seats: number }

type Props = {
  cafe: Cafe
  totals: readonly SideTotals[]
  needs: readonly (readonly [Need, number])[]
  answers: readonly AnswerCount[]
  t: Messages
}

/** What the list of a café adds up to, in words that say how the numbers come about, and seat by seat. */
export function SeatTotals({ cafe, totals, needs, answers, t }: Props) {
  const texts = t.registrationTeam
  const lines = needs.map(([need, count]) => `${t.registration.form.needs[need]} (${count})`)
  return (
    <div class="panel seat-totals">
      {totals.map((side) => (
        <SideOf side={side} isOne={totals.length === 1} t={t} />
      ))}
      <EverybodyIn {...{ cafe, totals, t }} />
      {lines.length > 0 && <p>{texts.needsCounts(lines.join(', '))}</p>}
      {[...Map.groupBy(answers, ({ question }) => question)].map(([question, given]) => (
        <p>
          <UserText t={t}>{texts.answerCounts(question, given)}</UserText>
        </p>
      ))}
    </div>
  )
}

function SideOf({ side, isOne, t }: { side: SideTotals; isOne: boolean; t: Messages }) {
  const texts = t.registrationTeam
  const { capacity, taken, held } = side
  const over = capacity === undefined ? 0 : taken - capacity
  const words = texts.totals(side)
  return (
    <>
      <p>
        {capacity !== undefined && taken + held >= capacity && <strong>{texts.full} </strong>}
        {isOne ? words : texts.ofSide(texts.sides[side.side], words)}
        {over > 0 && ` ${texts.over(over)}`}
      </p>
      <Seats side={side} t={t} />
    </>
  )
}

/** More seats than this are not drawn: nobody counts them. */
const DRAWN_MAX = 40
const SEAT = 31

/** Each seat as a dot: taken, held or free. */
function Seats({ side, t }: { side: SideTotals; t: Messages }) {
  const { capacity, taken, held } = side
  if (capacity === undefined || Math.max(capacity, taken + held) > DRAWN_MAX) return null
  const free = Math.max(0, capacity - taken - held)
  const kinds = [
    ...Array<string>(taken).fill('seat-taken'),
    ...Array<string>(held).fill('seat-held'),
    ...Array<string>(free).fill('seat-free'),
  ]
  const columns = Math.min(kinds.length, 20)
  const rows = Math.ceil(kinds.length / 20)
  return (
    <svg
      class="drawn-seats"
      viewBox={`0 0 ${columns * SEAT} ${rows * SEAT}`}
      width={columns * SEAT}
      height={rows * SEAT}
      role="img"
      aria-label={t.registrationTeam.drawn({ taken, held, free })}
    >
      {kinds.map((kind, index) => (
        <circle
          class={kind}
          cx={(index % 20) * SEAT + SEAT / 2}
          cy={Math.floor(index / 20) * SEAT + SEAT / 2}
          r="11"
        />
      ))}
    </svg>
  )
}

/** With how many seats nobody would wait. */
function EverybodyIn({ cafe, totals, t }: Omit<Props, 'needs' | 'answers'>) {
  const texts = t.registrationTeam
  const waited = totals.filter(({ waiting, capacity }) => waiting > 0 && capacity !== undefined)
  const [one] = waited
  if (!one) return null
  return (
    <p class="fine">
      {waited.length === 1 && texts.everybody(one.taken + one.held + one.waitingSeats)}{' '}
      <Link href={`${paths.editCafe(cafe.id)}#registration-capacity`}>{texts.changeCapacity}</Link>
    </p>
  )
}
