import { sql } from 'kysely'
import type { CopiedPicture } from '../../domain/values/image.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'

/** The picture of a café of another server: its address and its alternative text. */
export type AnnouncedPicture = { address: string; alt: string }

/** Our copy of the picture, which pages show: WebP, in the two widths of `COPY_WIDTHS`. */
export type CafePictureCopy = {
  small: Uint8Array
  large: Uint8Array
  /** The width of `large`, in pixels. */
  width: number
  height: number
}

/**
 * Saves the announced picture.
 * @returns Whether a copy is to be made: there is a picture, and none was copied from there.
 */
export async function saveAnnouncedPicture(
  trx: Database,
  cafeId: string,
  announced: AnnouncedPicture | undefined,
): Promise<boolean> {
  const known = await findAnnouncedPicture(trx, cafeId)
  if (known && known.address === announced?.address) {
    if (known.alt !== announced.alt)
      await trx
        .updateTable('cafe_picture')
        .set({ alt: announced.alt })
        .where('cafe_id', '=', cafeId)
        .execute()
    return !known.isCopied
  }
  if (known) await trx.deleteFrom('cafe_picture').where('cafe_id', '=', cafeId).execute()
  if (!announced) return false
  await trx
    .insertInto('cafe_picture')
    .values({
      ...{ cafe_id: cafeId, ...announced },
      ...{ small: null, large: null, width: null, height: null },
    })
    .execute()
  return true
}

/** Finds the picture that was announced with a café, and whether it was copied. */
export async function findAnnouncedPicture(
  db: Database,
  cafeId: string,
): Promise<(AnnouncedPicture & { isCopied: boolean }) | undefined> {
  const [row] = (await selectAnnounced(db, { cafeId })).rows
  return row && { address: row.address, alt: row.alt, isCopied: row.width !== null }
}

const selectAnnounced = prepare((db, { cafeId }: { cafeId: string }) =>
  db.selectFrom('cafe_picture').select(['address', 'alt', 'width']).where('cafe_id', '=', cafeId),
)

/** Saves a copy; nothing where the café has another picture by now. */
export async function saveCafePictureCopy(
  trx: Database,
  { cafeId, address }: { cafeId: string; address: string },
  copy: CafePictureCopy,
): Promise<void> {
  await trx
    .updateTable('cafe_picture')
    .set(copy)
    .where('cafe_id', '=', cafeId)
    .where('address', '=', address)
    .execute()
}

/** The condition that nobody here hides the picture: its address is that of the café with a fragment (`readPart`). */
const isShownPicture = sql<boolean>`not exists (
  select 1 from cafe join hidden_object on hidden_object.uri = cafe.uri || '#image'
  where cafe.id = cafe_picture.cafe_id)`

/** Finds the bytes (WebP) of our copy of a received café's picture; undefined where there is none of this size. */
export async function findCafePictureBytes(
  db: Database,
  cafeId: string,
  size: 'small' | 'large',
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const row = await db
    .selectFrom('cafe_picture')
    .select(`${size} as bytes`)
    .where('cafe_id', '=', cafeId)
    .where(isShownPicture)
    .executeTakeFirst()
  return row?.bytes ? new Uint8Array(row.bytes) : undefined
}

/** Lists the copied pictures by café. */
export async function listCafePictures(
  db: Database,
  cafeIds: readonly string[],
): Promise<Map<string, CopiedPicture>> {
  if (cafeIds.length === 0) return new Map()
  const { rows } = await selectCopied(db, { ids: toListParameter(db, cafeIds) })
  return new Map(
    rows.map(({ cafe_id, alt, width, height, address }) => [
      cafe_id,
      { alt, width: Number(width), height: Number(height), address },
    ]),
  )
}

const selectCopied = prepare((db, { ids }: { ids: ListParameter }) =>
  db
    .selectFrom('cafe_picture')
    .select(['cafe_id', 'address', 'alt', 'width', 'height'])
    .where(isTextAmong(db, sql.ref('cafe_id'), ids))
    .where('width', 'is not', null)
    .where(isShownPicture),
)

/** Counts the bytes of all copies together. */
export async function countCafePictureBytes(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('cafe_picture')
    .select(
      sql<number>`coalesce(sum(coalesce(octet_length(small), 0) + coalesce(octet_length(large), 0)), 0)`.as(
        'total',
      ),
    )
    .executeTakeFirstOrThrow()
  return Number(total)
}
