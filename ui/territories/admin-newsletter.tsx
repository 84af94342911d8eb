import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { Letter } from '../../node/domain/territories/newsletter.ts'
import { clock, plainDate, shortDate } from '../../node/domain/values/date-text.ts'
import { DeskLayout, type FlashKey } from '../admin/layout.tsx'
import { CsrfInput } from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST `/administration/lettre/cafes/{id}`: `csrf`, `choix`. */
export type DeskLetterPageProps = {
  site: Site
  session: DeskSession
  letter: Letter
  leftOut: Cafe[]
  sentAt: Temporal.Instant | undefined
  flash?: FlashKey | undefined
}

export function DeskLetterPage(props: DeskLetterPageProps) {
  const { site, session, letter, leftOut, sentAt, flash } = props
  const t = stringsFor(site.lang)
  const w = t.letter.desk
  const shared = { csrf: session.csrf, t }
  const total =
    letter.forward.length + letter.sections.reduce((n, { cafes }) => n + cafes.length, 0)
  return (
    <DeskLayout
      title={w.title}
      site={site}
      session={session}
      current={paths.deskLetter}
      flash={flash}
    >
      <h1>{w.title}</h1>
      <p class="lead">{w.lead}</p>
      <p>
        <strong>{w.total(total)}</strong> · <a href={paths.letter}>{w.see}</a>
      </p>
      {letter.changes.length > 0 && <Changes letter={letter} t={t} />}
      <section>
        <h2>{w.forward}</h2>
        {letter.forward.length === 0 && <p class="hint">{w.noForward}</p>}
        <Rows
          cafes={letter.forward}
          actions={(index) => [...(index > 0 ? ['monter' as const] : []), 'remettre']}
          {...shared}
        />
      </section>
      <section>
        <h2>{w.others}</h2>
        {total === 0 && <p class="hint">{w.none}</p>}
        {letter.sections.map(({ region, cafes }) => (
          <>
            <h3>{region ?? w.online}</h3>
            <Rows cafes={cafes} actions={() => ['avant', 'dehors']} {...shared} />
          </>
        ))}
      </section>
      {leftOut.length > 0 && (
        <section>
          <h2>{w.leftOut}</h2>
          <Rows cafes={leftOut} actions={() => ['remettre']} {...shared} />
        </section>
      )}
      <form method="post" action={paths.letterSent} class="panel">
        <CsrfInput csrf={session.csrf} />
        <p>
          {sentAt && `${w.lastSent(plainDate(sentAt.toZonedDateTimeISO('Europe/Paris'), t.lang))} `}
          {w.sentHint}
        </p>
        <p>
          <button type="submit" class="button">
            {w.sent}
          </button>
        </p>
      </form>
    </DeskLayout>
  )
}

const Changes = ({ letter, t }: { letter: Letter; t: Strings }) => (
  <section>
    <h2>{t.letter.desk.changes}</h2>
    <ul>
      {letter.changes.map(({ told, kinds }) => (
        <li>
          <a href={told.url}>{told.title}</a> :{' '}
          {kinds.map((kind) => t.letter.desk.change[kind]).join(', ')}
        </li>
      ))}
    </ul>
  </section>
)

type Action = keyof Strings['letter']['desk']['actions']

type RowsProps = {
  cafes: readonly Cafe[]
  actions: (index: number) => Action[]
  csrf: string
  t: Strings
}

const Rows = ({ cafes, actions, csrf, t }: RowsProps) => (
  <ul class="letter-rows">
    {cafes.map((cafe, index) => (
      <li id={`c-${cafe.id}`}>
        <p>
          <a href={paths.cafe(cafe.id)}>{cafe.title}</a>
          <small>
            {whenShort(cafe, t)} · {cafe.venue?.commune ?? t.letter.desk.online} ·{' '}
            {cafe.organizer.name}
          </small>
        </p>
        <form method="post" action={paths.letterCafe(cafe.id)}>
          <CsrfInput csrf={csrf} />
          {actions(index).map((action) => (
            <button type="submit" class="link" name="choix" value={action}>
              {t.letter.desk.actions[action]}
              <span class="unseen"> : {cafe.title}</span>
            </button>
          ))}
        </form>
      </li>
    ))}
  </ul>
)

const whenShort = (cafe: Cafe, t: Strings): string => {
  const start = startsAtPlace(cafe)
  return `${shortDate(start, t.lang)}, ${clock(start, t.lang)}`
}
