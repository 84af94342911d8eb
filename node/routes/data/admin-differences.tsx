import { Hono, type Context as HonoContext } from 'hono'
import { type AskedCafe, DifferencesPage } from '../../../ui/data/differences-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type Cafe, versionOfCafe } from '../../domain/cafes/cafe.ts'
import { whenText } from '../../domain/cafes/cafe-text.ts'
import { type ImportSnapshot, listOverridden } from '../../domain/cafes/import-snapshot.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { findAsked, listAsked, saveAsked } from '../../store/cafes/import-snapshots.ts'
import { OWN_CAFE } from '../../store/cafes/own-cafes.ts'
import { inTransaction } from '../../store/database/database.ts'
import type { FieldWords } from '../accounts/edited-form.tsx'
import { listOverriddenFields, takeFromSource } from '../cafes/admin/overridden-fields.ts'
import { listCafeChanges } from '../cafes/cafe-changes.ts'
import { findFieldWords } from '../cafes/field-words.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** The maximum number of cafés on the page; the others follow once these are decided. */
const SHOWN = 30

type Asked = HonoContext<WebEnv>

/** The page that asks whether what a followed calendar says replaces what people changed here. */
export const differenceRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => page(context, c))
    .post('/:id', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      const outcome = await settle(context, c, cafe)
      if (outcome === 'stale') return page(context, c, true)
      context.wake()
      return c.redirect(withFlash(paths.differences, 'done'), 303)
    })

/** Takes what the calendar says, or keeps what is here; either way it is not asked again until the calendar changes. */
const settle = ({ db, now }: Context, c: Asked, { id }: Cafe): Promise<'done' | 'stale'> =>
  inTransaction(db, async (trx) => {
    const aspect = textOf(c.var.form, 'aspect')
    const { [aspect]: text, ...others } = await findAsked(trx, id)
    if (text === undefined) return 'done'
    if (textOf(c.var.form, 'choix') === 'prendre') {
      const saved = await saveEdit(
        trx,
        OWN_CAFE,
        {
          ...{ id, by: authorOf(c.var.admin), seen: textOf(c.var.form, 'version') },
          decide: (cafe) => ({
            value: { ...cafe, ...takeFromSource(cafe, listOverridden(cafe, { [aspect]: text })) },
          }),
          changesOf: listCafeChanges,
        },
        now(),
      )
      if (saved.outcome !== 'saved') return 'stale'
    }
    await saveAsked(trx, id, others)
    return 'done'
  })

async function page(context: Context, c: Asked, isStale = false) {
  const { admin } = c.var
  const lang = languageOf(c)
  const about = { organizationId: admin.organization.id, now: context.now(), limit: SHOWN }
  const { items, total } = await listAsked(context.db, about)
  const words = await findFieldWords(context, admin, lang)
  return c.html(
    <DifferencesPage
      {...(await adminPropsFor(context, c))}
      items={items.map((item) => compare(item, words, (cafe) => whenText(cafe, lang)))}
      total={total}
      isStale={isStale}
    />,
    isStale ? 409 : 200,
  )
}

/** Compares both versions of each aspect; one in which they agree by now has no fields, and can be decided all the same. */
const compare = (
  { cafe, asked }: { cafe: Cafe; asked: ImportSnapshot },
  words: FieldWords,
  whenOf: (cafe: Cafe) => string,
): AskedCafe => ({
  ...{ cafeId: cafe.id, title: cafe.title, when: whenOf(cafe), version: versionOfCafe(cafe) },
  differences: Object.entries(asked).map(([aspect, text]) => ({
    aspect,
    fields: listOverriddenFields(cafe, listOverridden(cafe, { [aspect]: text }), words),
  })),
})
