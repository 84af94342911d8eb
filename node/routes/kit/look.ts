import { readFile } from 'node:fs/promises'
import type { SheetLook } from '../../../ui/kit/sheet-words.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { toPrintedName } from '../../../ui/locales/typography.ts'
import type { Context } from '../../context.ts'
import { type Cafe, isOff } from '../../domain/cafes/cafe.ts'
import type { SheetPicture, SheetWords } from '../../domain/kit/sheet-words.ts'
import { themeOf } from '../../domain/values/colour.ts'
import { type Logo, logoName } from '../../domain/values/logo.ts'
import { type Printable, toPrintable } from '../../formats/images/printable.ts'
import type { SheetOrder } from '../../formats/print/print.ts'
import { readMediaFile } from '../../store/files/media-storage.ts'
import { findStructureProfile } from '../../store/structures/profiles.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { findAccess } from '../cafes/cafe-page.tsx'
import { findNearby } from '../cafes/nearby.ts'
import { paperAddressOf } from '../cafes/paper-address.ts'

/** The colour of a place that has chosen none. */
const ACCENT = '#0b6355'

/** Finds what the sheets of a café have that is not the café's. */
export async function findLook(context: Context, cafe: Cafe): Promise<SheetLook> {
  const { db, config, now } = context
  const isOurs = cafe.organizationId !== undefined
  const profile = isOurs ? await findStructureProfile(db, cafe.organizationId ?? '') : undefined
  const colours = isOurs ? await findColours(context) : await coloursOf(context, ACCENT)
  const name = toPrintedName(cafe.announcedFor ?? cafe.organizer.name)
  const isForItself = cafe.announcedFor === undefined
  return {
    ...colours,
    host: { name, logo: isForItself && profile?.logo ? pictureOf(name, profile.logo) : undefined },
    partners: (profile?.partners ?? []).map((partner) => pictureOf(partner.name, partner.logo)),
    address: paperAddressOf(cafe, config.origin),
    phone: isForItself ? profile?.phone : undefined,
    access: (await findAccess(db, cafe.venue))?.access,
    others: isOff(cafe)
      ? (await findNearby(context, cafe)).cafes.map((near) => toPrintedCafe(near.cafe))
      : [],
    now: now(),
  }
}

const coloursOf = async (context: Pick<Context, 'config'>, accent: string) => ({
  movement: await findMovement(context),
  ...{ accent, accentSoft: themeOf(accent).light.accentSoft },
})

/** Finds the colour of the site and the name of the movement, which every sheet has. */
export const findColours = async (context: Pick<Context, 'db' | 'config'>) =>
  coloursOf(context, (await findSettings(context.db)).themeColour ?? ACCENT)

/** The operator's file is read once: another one counts from the next start. */
const drawnMovements = new Map<string, Promise<Printable | undefined>>()

/** Finds the name of the movement, and its logo where the operator has set a file that is a picture. */
async function findMovement({ config }: Pick<Context, 'config'>): Promise<SheetWords['movement']> {
  const { name, logoFile: file } = config.movement
  if (file === undefined) return { name, logo: undefined }
  const drawn = drawnMovements.get(file) ?? readMovement(file)
  drawnMovements.set(file, drawn)
  const logo = await drawn
  return { name, logo: logo && { name, file, ...logo } }
}

const readMovement = (file: string): Promise<Printable | undefined> =>
  readFile(file).then(toPrintable, () => undefined)

const pictureOf = (name: string, { mediaId, width, height }: Logo): SheetPicture => ({
  ...{ name, width, height },
  file: logoName(mediaId, width, 'png'),
})

/** Reads the logos of a sheet that is about to be drawn; one whose file is gone or broken has no bytes. */
export async function readPictures(context: Context, order: SheetOrder): Promise<SheetOrder> {
  if (!('words' in order)) return order
  const { words } = order
  const { host } = words
  const read = async (picture: SheetPicture): Promise<SheetPicture> => {
    const bytes = await readMediaFile(context, picture.file)
    return { ...picture, ...(bytes && (await toPrintable(bytes))) }
  }
  const logo = host.logo && (await read(host.logo))
  const partners = await Promise.all(words.partners.map(read))
  return { ...order, words: { ...words, partners, host: { ...host, logo } } }
}
