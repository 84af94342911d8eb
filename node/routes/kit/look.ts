import type { SheetLook } from '../../../ui/kit/sheet-words.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { toPrintedName } from '../../../ui/locales/typography.ts'
import type { Context } from '../../context.ts'
import { type Cafe, isOff } from '../../domain/cafes/cafe.ts'
import type { SheetPicture } from '../../domain/kit/sheet-words.ts'
import { themeOf } from '../../domain/values/colour.ts'
import { type Logo, logoName } from '../../domain/values/logo.ts'
import { toPrintable } from '../../formats/images/printable.ts'
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
  const colours = isOurs ? await findColours(context) : coloursOf(ACCENT)
  const name = toPrintedName(cafe.announcedFor ?? cafe.organizer.name)
  const isForItself = cafe.announcedFor === undefined
  return {
    ...colours,
    host: { name, logo: isForItself ? await findLogo(context, name, profile?.logo) : undefined },
    partners: [],
    address: paperAddressOf(cafe, config.origin),
    phone: isForItself ? profile?.phone : undefined,
    access: (await findAccess(db, cafe.venue))?.access,
    others: isOff(cafe)
      ? (await findNearby(context, cafe)).cafes.map((near) => toPrintedCafe(near.cafe))
      : [],
    now: now(),
  }
}

const coloursOf = (accent: string) => ({
  movement: { name: 'Café IA', logo: undefined },
  ...{ accent, accentSoft: themeOf(accent).light.accentSoft },
})

/** Finds the colour of the site and the name of the movement, which every sheet has. */
export const findColours = async ({ db }: Pick<Context, 'db'>) =>
  coloursOf((await findSettings(db)).themeColour ?? ACCENT)

/** Returns a logo as it is printed; undefined where there is none, or its file is gone. */
async function findLogo(
  context: Context,
  name: string,
  logo: Logo | undefined,
): Promise<SheetPicture | undefined> {
  if (!logo) return undefined
  const bytes = await readMediaFile(context, logoName(logo.mediaId, logo.width, 'png'))
  return bytes && { name, ...(await toPrintable(bytes)) }
}
