import { type ArrivalGroup, groupText } from '../../node/domain/federation/arrivals.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { PostForm } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'

/** A row that can be chosen: `version` is that of what the list shows, where two people may act on it. */
export type BulkItem = { id: string; version?: string | undefined; name: string }

/**
 * What can be done to several rows at once. POST to `path`: `csrf`, `act`, and for each chosen row `item`, its id and,
 * after a blank, its version.
 */
export type Bulk<Row> = {
  path: string
  csrf: string
  /** The value of `act`, and the label of its button. */
  acts: readonly (readonly [act: string, label: string])[]
  /** Undefined for a row to which none of the acts applies. */
  itemOf: (row: Row) => BulkItem | undefined
  /** What can be chosen at once, by where it comes from and by day. */
  groups?: readonly ArrivalGroup[]
  /** The id of its form, where the page has another one. */
  form?: string
}

/** The form of the boxes of a list, which lie outside of it, since a row may hold a form of its own. */
const FORM = 'plusieurs'

type BarProps = {
  bulk: Pick<Bulk<never>, 'path' | 'csrf' | 'acts' | 'groups' | 'form'>
  t: Messages
}

/** The buttons for the rows that were chosen; a browser that can tell hides them until a row is. */
export const BulkBar = ({ bulk: { path, csrf, acts, groups = [], form = FORM }, t }: BarProps) => (
  <>
    {groups.length > 0 && <Groups {...{ groups, form, t }} />}{' '}
    <PostForm id={form} csrf={csrf} action={path} class="batch">
      <p>{t.admin.bulk.chosen}</p>
      <div class="buttons">
        {acts.map(([act, label]) => (
          <button type="submit" name="act" value={act} class="button quiet small">
            {label}
          </button>
        ))}
      </div>
    </PostForm>
  </>
)

type GroupsProps = { groups: readonly ArrivalGroup[]; form: string; t: Messages }

/** A box for all that came from one source, and for all that came on one day. */
const Groups = ({ groups, form, t }: GroupsProps) => (
  <fieldset class="checks">
    <legend>{t.admin.bulk.groups.title}</legend>
    {groups.map((group) => (
      <label>
        <input type="checkbox" name="item" value={groupText(group)} form={form} />{' '}
        {group.kind === 'source'
          ? t.admin.bulk.groups.source(group.name, group.total)
          : t.admin.bulk.groups.day(
              plainDate(Temporal.PlainDate.from(group.name), t.lang),
              group.total,
            )}
      </label>
    ))}
  </fieldset>
)

type TickProps = { item: BulkItem | undefined; form?: string; t: Messages }

/** The box of one row. */
export const Tick = ({ item, form = FORM, t }: TickProps) =>
  item ? (
    <label>
      <input type="checkbox" name="item" value={itemText(item)} form={form} />
      <span class="unseen">{t.admin.bulk.choose(item.name)}</span>
    </label>
  ) : null

/** Returns an item as a form sends it. */
export const itemText = ({ id, version }: Omit<BulkItem, 'name'>): string =>
  [id, version].filter(Boolean).join(' ')
