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
}

/** The form of the boxes of a list, which lie outside of it, since a row may hold a form of its own. */
const FORM = 'plusieurs'

type BarProps = { bulk: Pick<Bulk<never>, 'path' | 'csrf' | 'acts'>; t: Messages }

/** The buttons for the rows that were chosen; a browser that can tell hides them until a row is. */
export const BulkBar = ({ bulk: { path, csrf, acts }, t }: BarProps) => (
  <PostForm id={FORM} csrf={csrf} action={path} class="batch">
    <p>{t.admin.bulk.chosen}</p>
    <div class="buttons">
      {acts.map(([act, label]) => (
        <button type="submit" name="act" value={act} class="button quiet small">
          {label}
        </button>
      ))}
    </div>
  </PostForm>
)

/** The box of one row. */
export const Tick = ({ item, t }: { item: BulkItem | undefined; t: Messages }) =>
  item ? (
    <label>
      <input type="checkbox" name="item" value={itemText(item)} form={FORM} />
      <span class="unseen">{t.admin.bulk.choose(item.name)}</span>
    </label>
  ) : null

/** Returns an item as a form sends it. */
export const itemText = ({ id, version }: Omit<BulkItem, 'name'>): string =>
  [id, version].filter(Boolean).join(' ')
