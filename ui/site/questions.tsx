import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** Lists frequent questions, each with a folded answer. */
export function Questions({ site, t }: { site: Site; t: Messages }) {
  const { asked, questions, ask } = t.welcome
  return (
    <section class="home-part" aria-labelledby="questions">
      <h2 id="questions">{questions}</h2>
      <div class="questions">
        {Object.entries(asked).map(([name, { title, text }]) => (
          <details>
            <summary>{title}</summary>
            <p>
              {text}{' '}
              {name === 'far' && site.kind === 'hub' && <Link href={paths.territories}>{ask}</Link>}
            </p>
          </details>
        ))}
      </div>
    </section>
  )
}
