import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { COPY_SCRIPT, Copy } from '../components/copy.tsx'
import type { Messages } from '../locales/messages.ts'

/** What the form of La Coop asks of a group activity, in its order. */
const ASKED = ['date', 'duration', 'title', 'theme', 'participants', 'place'] as const

/**
 * What a team types into La Coop de la médiation numérique after a café, one value at a time: La Coop reads no file, and
 * no program may write there.
 */
export function CoopCard({
  cafe,
  participants,
  t,
}: {
  cafe: Cafe
  participants: number
  t: Messages
}) {
  const w = t.report.coop
  const values = valuesOf(cafe, participants, t)
  return (
    <section class="panel" aria-labelledby="coop">
      <h2 id="coop">{w.title}</h2>
      <p>{w.lead}</p>
      {ASKED.map((name) => (
        <div class="field">
          <label for={`coop-${name}`}>{w.labels[name]}</label>
          <input type="text" id={`coop-${name}`} value={values[name]} readonly lang="fr" />
          <Copy of={`coop-${name}`} what={w.labels[name]} t={t} />
        </div>
      ))}
      <p class="fine">{w.note}</p>
      <script src={COPY_SCRIPT} defer></script>
    </section>
  )
}

function valuesOf(cafe: Cafe, participants: number, t: Messages) {
  const w = t.report.coop
  const start = startsAtPlace(cafe)
  const minutes = Math.round(cafe.endsAt.since(cafe.startsAt).total('minutes'))
  const { venue } = cafe
  const town = [venue?.postalCode, venue?.commune].filter(Boolean).join(' ')
  return {
    date: `${two(start.day)}/${two(start.month)}/${start.year}`,
    duration: w.duration(Math.floor(minutes / 60), two(minutes % 60)),
    title: cafe.title,
    theme: w.theme,
    participants: String(participants),
    place: [venue?.name, venue?.streetAddress, town].filter(Boolean).join(', ') || w.online,
  }
}

const two = (n: number): string => String(n).padStart(2, '0')
