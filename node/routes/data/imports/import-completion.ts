import type { ImportedCafe, ImportedPlace } from '../../../domain/cafes/import.ts'

/**
 * Completes a row with the values of our own export for those that it leaves out: a column that somebody removed
 * empties no field.
 */
export function completeFromExport(row: ImportedCafe, own: ImportedCafe): ImportedCafe {
  const given = Object.entries(row).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined,
  )
  const keepsLength = row.end === undefined && row.durationMinutes === undefined
  const { mode, url, phone } = row.registration
  return {
    ...own,
    ...Object.fromEntries(given),
    ...(keepsLength && { end: undefined, durationMinutes: minutesOf(own) }),
    place: completePlace(row.place, own.place),
    registration: {
      mode: mode ?? own.registration.mode,
      url: url ?? own.registration.url,
      phone: phone ?? own.registration.phone,
    },
  }
}

/**
 * Completes the place. Where the town or street was changed, codes and point that were left as they were belong to the
 * old one.
 */
function completePlace(row: ImportedPlace, own: ImportedPlace): ImportedPlace {
  if (row.text === undefined) return own
  const isNew = (field: keyof ImportedPlace) =>
    row[field] !== undefined && row[field] !== own[field]
  const isTownNew = isNew('commune') || isNew('postalCode') || isNew('codeInsee')
  const keep = <T extends keyof ImportedPlace>(
    field: T,
    isStale: boolean,
  ): ImportedPlace[T] | undefined => (isNew(field) ? row[field] : isStale ? undefined : own[field])
  const isPointStale = isTownNew || isNew('streetAddress')
  return {
    text: row.text,
    name: row.name ?? own.name,
    streetAddress: row.streetAddress ?? (isTownNew ? undefined : own.streetAddress),
    postalCode: keep('postalCode', isNew('commune') || isNew('codeInsee')),
    commune: keep('commune', isNew('codeInsee')),
    codeInsee: keep('codeInsee', isTownNew),
    latitude: keep('latitude', isPointStale),
    longitude: keep('longitude', isPointStale),
  }
}

function minutesOf({ start, end }: ImportedCafe): number | undefined {
  if (start.kind !== 'instant' || end?.kind !== 'instant') return undefined
  return start.instant.until(end.instant).total('minutes')
}
