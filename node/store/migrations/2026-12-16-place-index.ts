/** The search finds what is near by the cells of its own index; nothing asked this one any more. */
const gone = 'drop index cafe_place'

export const up = { sqlite: gone, postgres: gone }
