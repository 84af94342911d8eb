/**
 * Returns whether a code that stands where others have that of a département is that of a collectivity overseas, as
 * Saint-Martin (978) or Polynésie française (987), which is none; each of them is its own région as well. The
 * départements overseas are 971 to 974 and 976.
 */
export const isCollectivity = (code: string): boolean => /^(?:r-)?(?:97[578]|98\d)$/.test(code)

/** Counts départements, and beside them the collectivities overseas that the list of their codes has. */
export function countKinds(codes: readonly string[]): {
  departements: number
  collectivities: number
} {
  const collectivities = codes.filter(isCollectivity).length
  return { departements: codes.length - collectivities, collectivities }
}
