import { Drawn } from '../components/drawn.tsx'
import { Link } from '../components/link.tsx'
import { CLEARER } from '../drawings/clearer.ts'
import { CONVERSATION } from '../drawings/conversation.ts'
import type { Drawing } from '../drawings/drawing.ts'
import { OPEN_DOOR } from '../drawings/open-door.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

const DRAWINGS: Record<keyof Messages['welcome']['steps'], Drawing> = {
  door: OPEN_DOOR,
  talk: CONVERSATION,
  clearer: CLEARER,
}

type Props = {
  t: Messages
  /** Whether the page is `/cest-quoi` itself, which needs no link to it. */
  isAbout?: boolean | undefined
}

/** Shows what happens at a café, in three steps with pictures. */
export function HowItGoes({ t, isAbout }: Props) {
  const { how, steps, title } = t.welcome
  return (
    <section class="home-part" aria-labelledby="comment">
      <div class="part-head">
        <h2 id="comment">{how}</h2>
        {!isAbout && <Link href={paths.about}>{title}</Link>}
      </div>
      <ol class="pictured">
        {Object.entries(DRAWINGS).map(([step, drawing]) => (
          <li>
            <Drawn drawing={drawing} />
            <div>
              <h3>{steps[step as keyof typeof steps].title}</h3>
              <p>{steps[step as keyof typeof steps].text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
