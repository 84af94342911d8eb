import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { Report } from '../../node/domain/reports/report.ts'
import { type CafeImage, isStoredImage } from '../../node/domain/values/image.ts'
import { Link } from '../components/link.tsx'
import { Picture } from '../components/photo.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What everybody may read of a report. `photo` is a picture that is kept here. */
export type ShownReport = Pick<
  Report,
  'isHeld' | 'participants' | 'firstTimers' | 'format' | 'nextSteps' | 'words' | 'questions'
> & { photo?: CafeImage | undefined }

type Props = {
  cafe: Cafe
  report: ShownReport
  /** The address of the café's page. */
  address: string
  t: Messages
}

/** The part of a café's page that says how it was. */
export function ReportSection({ cafe, report, address, t }: Props) {
  const { page: texts } = t.report
  const { format, nextSteps, words, questions, photo } = report
  return (
    <section class="panel" aria-labelledby="bilan">
      <h2 id="bilan">{texts.heading}</h2>
      <p>
        <strong>{numbersText(report, t)}</strong>
        {report.isHeld && <span class="line fine">{texts.declared}</span>}
      </p>
      {format && (
        <p>
          <UserText cafe={cafe} t={t}>
            {texts.format(format)}
          </UserText>
        </p>
      )}
      {questions.length > 0 && (
        <>
          <h3>{texts.questions}</h3>
          <ul>
            {questions.map(({ text }) => (
              <li>
                <UserText cafe={cafe} t={t}>
                  {text}
                </UserText>
              </li>
            ))}
          </ul>
        </>
      )}
      {words && <Paragraphs {...{ cafe, t }} text={words} />}
      {isStoredImage(photo) && (
        <Picture image={photo} name="photo" sizes="(max-width: 40rem) 100vw, 40rem" lazy />
      )}
      {nextSteps && (
        <>
          <h3>{texts.nextSteps}</h3>
          <Paragraphs {...{ cafe, t }} text={nextSteps} />
        </>
      )}
      <p class="fine unprinted">
        <Link href={paths.flag(`${address}#bilan`)}>{t.flag.linkOf.report}</Link>
      </p>
    </section>
  )
}

function numbersText({ isHeld, participants = 0, firstTimers }: ShownReport, t: Messages): string {
  const { page: texts } = t.report
  if (!isHeld) return texts.notHeld
  const first =
    firstTimers === undefined
      ? ''
      : firstTimers === 0
        ? texts.noFirstTimers
        : texts.firstTimers(firstTimers)
  return [texts.participants(participants), first].filter(Boolean).join(', ')
}

const Paragraphs = ({ cafe, text, t }: { cafe: Cafe; text: string; t: Messages }) => (
  <>
    {text.split('\n\n').map((paragraph) => (
      <p>
        <UserText cafe={cafe} t={t}>
          {paragraph}
        </UserText>
      </p>
    ))}
  </>
)
