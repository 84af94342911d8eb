import { draftMail, type MailDraft } from '../admin/mail-templates.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { countOf, type ToDo } from './to-do.tsx'

const { home } = messagesFor('fr').admin

type ToDoKind = ToDo['kind']

/** Returns how many items of each kind wait, the most urgent kind first. */
export function countsOfToDo(items: readonly ToDo[]): Partial<Record<ToDoKind, number>> {
  const counts: Partial<Record<ToDoKind, number>> = {}
  for (const item of items) {
    const kind = item.kind === 'moreToConfirm' ? 'confirm' : item.kind
    counts[kind] = (counts[kind] ?? 0) + countOf(item)
  }
  return counts
}

type ToDoMailProps = {
  siteName: string
  origin: string
  /** The numbers of the team's home page. */
  counts: Partial<Record<ToDoKind, number>>
  /** What waits at the other structures for which the reader works. */
  structures: readonly { name: string; counts: ToDoMailProps['counts'] }[]
  /** The territories of a referent: `name` for display, and a line for each kind that waits there. */
  territories: readonly { code: string; name: string; lines: readonly string[] }[]
  isWeekly: boolean
}

/**
 * Makes the mail about what waits. It has numbers and links, but no title and no name of a person or a site. Undefined
 * where nothing waits.
 */
export function toDoMail(props: ToDoMailProps): MailDraft | undefined {
  const { siteName, origin, counts, structures, territories, isWeekly } = props
  const linesOf = (some: ToDoMailProps['counts']) =>
    Object.entries(some).map(([kind, n]) => `- ${lineOf(kind as ToDoKind, n)}`)
  const lists = [
    { title: home.toDoMail.onHome, lines: linesOf(counts), href: paths.admin },
    ...structures.map(({ name, counts: some }) => ({
      title: home.toDoMail.atStructure(name),
      lines: linesOf(some),
      href: paths.admin,
    })),
    ...territories.map(({ code, name, lines }) => ({
      title: home.toDoMail.inTerritory(name),
      lines,
      href: paths.referentDashboardOf(code),
    })),
  ].filter(({ lines }) => lines.length > 0)
  if (lists.length === 0) return undefined
  return draftMail('to-do', {
    ...{ siteName, isWeekly, settings: origin + paths.mailsOfAccount },
    lists: lists
      .map(({ title, lines, href }) => `${title}\n\n${lines.join('\n')}\n\n${origin}${href}`)
      .join('\n\n'),
  })
}

/** Returns the text of the home page, with a version without names for kinds that would name something. */
function lineOf(kind: ToDoKind, count: number): string {
  const nameless = home.toDoMail as Partial<Record<ToDoKind, (n: number) => string>>
  return nameless[kind]?.(count) ?? home.todo[kind].title(count, '', '')
}
