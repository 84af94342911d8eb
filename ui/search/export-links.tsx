import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { type SearchValues, searchFileHref } from './values.ts'

/** The same search for calendars, readers, spreadsheets and programs, each at an address of its own. */
export function SearchFiles({ values, t }: { values: SearchValues; t: Messages }) {
  return (
    <section class="panel" aria-labelledby="emporter">
      <h2 id="emporter">{t.find.take}</h2>
      <p class="hint">{t.find.takeHow}</p>
      <ul>
        <File file="cafes.ics" values={values} t={t} />
        <File file="cafes.atom" values={values} t={t} />
      </ul>
      <details>
        <summary>{t.find.otherFiles}</summary>
        <ul>
          {FOR_OTHER_TOOLS.map((file) => (
            <File file={file} values={values} t={t} />
          ))}
        </ul>
      </details>
    </section>
  )
}

/** Those that a calendar or a reader finds by itself at the address of the page. */
export const searchFeeds = (values: SearchValues, t: Messages) =>
  FEEDS.map(({ file, type }) => ({
    href: searchFileHref(values, file),
    type,
    title: t.find.files[file],
  }))

const FEEDS = [
  { file: 'cafes.ics', type: 'text/calendar' },
  { file: 'cafes.atom', type: 'application/atom+xml' },
  { file: 'feed.json', type: 'application/feed+json' },
] as const

type FileName = keyof Messages['find']['files']

const FOR_OTHER_TOOLS: FileName[] = [
  'feed.json',
  'cafes.csv',
  'cafes.geojson',
  'cafes.jsonld',
  'cafes.json',
  'cafes.ndjson',
]

const File = ({ file, values, t }: { file: FileName; values: SearchValues; t: Messages }) => (
  <li>
    <Link href={searchFileHref(values, file)}>{t.find.files[file]}</Link>
  </li>
)
