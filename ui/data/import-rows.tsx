import type { PropsWithChildren } from 'hono/jsx'
import { clock, shortDate } from '../../node/domain/values/date-text.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { importProblemMessage } from './import-problems.ts'

/** What a person may choose for a row that would change something. */
export const ROW_CHOICES = ['publish', 'draft', 'skip'] as const
export type RowChoice = (typeof ROW_CHOICES)[number]

/** What the import does with one row, or would do. */
export type ImportLine = {
  /** The number of the row in the source, from 1; 0 is the whole file. */
  row: number
  outcome: keyof Messages['admin']['import']['row']
  /** A note about the outcome. */
  note?: keyof Messages['admin']['import']['note']
  title: string
  startsAt: Temporal.ZonedDateTime | undefined
  place: string | undefined
  problems: Problem[]
}

export function Lines({
  t,
  hasBoxes,
  children,
}: PropsWithChildren<{ t: Messages; hasBoxes?: boolean }>) {
  const { col, keep } = t.admin.import
  return (
    <table class="cards">
      <thead>
        <tr>
          {hasBoxes && <th scope="col">{keep}</th>}
          <th scope="col">{col.row}</th>
          <th scope="col">{col.when}</th>
          <th scope="col">{col.cafe}</th>
          <th scope="col">{col.where}</th>
          <th scope="col">{col.result}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

type RowProps = {
  line: ImportLine
  lang: Lang
  /** What was chosen for a row; `hasBoxes` says whether the table has a column for that. */
  box?: { key: string; choice: RowChoice } | undefined
  hasBoxes?: boolean
}

/** One row of the table; it is rendered separately, since there may be thousands. */
export function ImportRow({ line, lang, box, hasBoxes }: RowProps) {
  const t = messagesFor(lang)
  const { col, row, note, keep } = t.admin.import
  return (
    <tr>
      {hasBoxes && <td data-label={keep}>{box && <Choice box={box} line={line} t={t} />}</td>}
      <td data-label={col.row}>{line.row}</td>
      <td data-label={col.when}>
        {line.startsAt ? `${shortDate(line.startsAt, lang)}, ${clock(line.startsAt, lang)}` : '–'}
      </td>
      <th scope="row" data-label={col.cafe}>
        <UserText t={t}>{line.title}</UserText>
      </th>
      <td data-label={col.where}>{line.place ?? '–'}</td>
      <td data-label={col.result}>
        <span class={`tag is-${line.outcome}`}>{row[line.outcome]}</span>
        {line.note && <p class="hint">{note[line.note]}</p>}
        <Problems problems={line.problems} t={t} />
      </td>
    </tr>
  )
}

type ChoiceProps = { box: { key: string; choice: RowChoice }; line: ImportLine; t: Messages }

/** The choice about a row: a new café may wait as a draft; a change is made or not. */
function Choice({ box: { key, choice }, line, t }: ChoiceProps) {
  const { choose, keepRow } = t.admin.import
  const isNew = line.outcome === 'created' || line.outcome === 'drafted'
  // A café whose hour is unknown, or that is not sure, cannot be published yet.
  const isUnready = line.outcome === 'drafted' && line.note !== undefined
  const applied = choice === 'draft' ? 'draft' : 'publish'
  const offered = isUnready
    ? (['draft', 'skip'] as const)
    : isNew
      ? ROW_CHOICES
      : ([applied, 'skip'] as const)
  const current = offered.find((each) => each === choice) ?? offered[0]
  return (
    <select name={`choice.${key}`} aria-label={keepRow(line.title)}>
      {offered.map((each) => (
        <option value={each} selected={each === current}>
          {isNew || each === 'skip' ? choose[each] : choose.apply}
        </option>
      ))}
    </select>
  )
}

const Problems = ({ problems, t }: { problems: Problem[]; t: Messages }) =>
  problems.length > 0 ? (
    <ul class="row-problems">
      {problems.map((problem) => (
        <li>{importProblemMessage(problem, t.lang)}</li>
      ))}
    </ul>
  ) : null
