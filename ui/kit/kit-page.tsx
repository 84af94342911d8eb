import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { COPY_SCRIPT, Copy } from '../components/copy.tsx'
import { Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { ReadyWords } from './ready-words.ts'

/** What has become wrong on the sheet that was taken last: what it says, or the state that it does not say. */
export type OldSheet = { day: Temporal.PlainDate; what: 'date' | 'place' | 'state'; text: string }

export type KitPageProps = AdminProps & {
  cafe: Cafe
  words: ReadyWords
  /** The language of the words, which is the café's. */
  wordsLang: string
  old: OldSheet | undefined
}

type SheetKey = keyof Messages['kit']['page']['sheets']

const SHEETS = ['affiche', 'chaleureux', 'tract', 'vignettes', 'diapositive'] as const
const PICTURES = ['paysage', 'carre', 'portrait'] as const

/** What makes people come to a café: sheets to print, pictures to share, words to copy. */
export function KitPage(props: KitPageProps) {
  const { site, session, cafe, old } = props
  const t = messagesFor(site.lang)
  const texts = t.kit.page
  const { id } = cafe
  return (
    <AdminPage
      title={texts.title}
      lead={cafe.publication === 'published' ? texts.upToDate : texts.draft}
      {...{ site, session }}
      current={paths.adminCafes}
      back={{ href: paths.cafeOnline(id), label: cafe.title }}
    >
      <p>
        <strong>
          <UserText cafe={cafe} t={t}>
            {cafe.title}
          </UserText>
        </strong>
      </p>
      {old && <Reprint id={id} old={old} t={t} />}
      <h2 class="unseen">{texts.toPrint}</h2>
      <ul class="kit">
        {SHEETS.map((sheet) => (
          <Sheet
            {...{ sheet, t }}
            picture={paths.kitPreview(id, sheet)}
            file={
              sheet === 'chaleureux'
                ? paths.cafeSheet(id, 'affiche', sheet)
                : paths.cafeSheet(id, sheet)
            }
          />
        ))}
        {PICTURES.map((sheet) => (
          <Sheet
            {...{ sheet, t }}
            picture={paths.kitPreview(id, sheet)}
            file={paths.cafeShared(id, sheet)}
          />
        ))}
      </ul>
      <Words {...props} t={t} />
      <details>
        <summary>{texts.forPrinter}</summary>
        <ul>
          <li>
            <Link href={`${paths.cafeSheet(id, 'affiche', 'chaleureux')}&fond-perdu=1`}>
              {texts.bleed}
            </Link>
          </li>
          <li>
            <Link href={`${paths.cafeSheet(id, 'affiche', 'sobre')}&fond-perdu=1`}>
              {texts.bleedSober}
            </Link>
          </li>
          {cafe.publication === 'published' && (
            <li>
              <Link href={paths.signedCode(id)}>{texts.signed}</Link>
            </li>
          )}
        </ul>
        <p>
          <Link href={paths.starterKit}>{texts.starter}</Link>
        </p>
        {session.isAdministrator && (
          <p>
            {texts.look} <Link href={paths.settings}>{texts.settings}</Link>
          </p>
        )}
      </details>
    </AdminPage>
  )
}

const Reprint = ({ id, old, t }: { id: string; old: OldSheet; t: Messages }) => {
  const texts = t.kit.page
  const sentence = { date: texts.oldDate, place: texts.oldPlace, state: texts.oldState }[old.what]
  return (
    <div class="notice">
      <p>
        <strong>{texts.reprint}</strong> {sentence(plainDate(old.day, t.lang), old.text)}
      </p>
      <p>
        <Link class="button" href={paths.cafeSheet(id, 'affiche')}>
          {texts.takeNew}
        </Link>
      </p>
    </div>
  )
}

type SheetProps = { sheet: SheetKey; picture: string; file: string; t: Messages }

const Sheet = ({ sheet, picture, file, t }: SheetProps) => {
  const [name = '', format] = t.kit.page.sheets[sheet].split('\n')
  return (
    <li class={`kit-${sheet}`}>
      <img src={picture} alt="" loading="lazy" />
      <h3>
        <Link href={file}>
          <span class="unseen">{t.kit.page.download('')}</span>
          {name}
        </Link>
      </h3>
      <p class="fine">{format}</p>
    </li>
  )
}

const Words = ({ words, wordsLang, t }: KitPageProps & { t: Messages }) => (
  <section aria-labelledby="mots">
    <h2 id="mots">{t.kit.page.ready}</h2>
    <div class="kit-words">
      {(['mail', 'networks', 'press', 'alt'] as const).map((which) => (
        <div>
          <label for={`texte-${which}`}>{t.kit.page.texts[which]}</label>
          <textarea id={`texte-${which}`} rows={9} readonly lang={wordsLang}>
            {words[which]}
          </textarea>
          <Copy of={`texte-${which}`} what={t.kit.page.texts[which]} t={t} />
        </div>
      ))}
    </div>
    <script src={COPY_SCRIPT} defer></script>
  </section>
)
