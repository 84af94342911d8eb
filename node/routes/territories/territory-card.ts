import { AROUND_A_TABLE } from '../../../ui/drawings/around-a-table.ts'
import { territoryText } from '../../../ui/locales/french-articles.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { type NamedPoint, placeLabels } from '../../../ui/maps/labels.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import {
  type CardPicture,
  type CardWords,
  describePageCard,
  territoryCardWords,
} from '../../domain/values/card.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { findCommune } from '../../geo/communes.ts'
import {
  listNeighboursIn,
  listOutlinesIn,
  type MapWindow,
  placeInWindow,
  windowOf,
} from '../../geo/outlines.ts'
import type { Territory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'
import { countShownByPlace, type TownCount } from '../../store/search/shown-counts.ts'
import type { Card } from '../cafes/card-answer.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { isInside, listTowns } from '../search/map-towns.ts'

type Named = { territory: Territory; name: string; toCome: number }

/** Returns the words on the card of a territory, which are always in French; `name` is the site's. */
const cardWordsOf = (
  { config }: Pick<Context, 'config'>,
  { territory, name, toCome }: Named,
): CardWords =>
  territoryCardWords({
    name,
    territory: territoryText(territory.name),
    toCome,
    address: new URL(config.origin).host + paths.territory(territory.code),
  })

/** Describes the card of a territory for programs that show links. */
export const describeTerritoryCard = (context: Pick<Context, 'config'>, named: Named) =>
  describePageCard(cardWordsOf(context, named), {
    address: context.config.origin + paths.territoryPicture(named.territory.code),
    shown: `Une carte montre où : ${messagesFor('fr').territory.title(labelOfTerritory(named.territory))}`,
  })

/** Returns the card of a territory. Its map is drawn once a day, and when the number of cafés to come is another. */
export const toTerritoryCard = (
  context: Pick<Context, 'db' | 'config' | 'now'>,
  named: Named,
): Card => ({
  words: cardWordsOf(context, named),
  pictureKey: `territory ${dayInParis(context.now())}`,
  picture: async () =>
    (await findTerritoryPicture(context, named.territory)) ?? { at: 'beside', ...AROUND_A_TABLE },
})

const WIDTH = 560
const HEIGHT = 630
const LETTERS = { size: 22, letter: 12.2, most: 9 }

/** Draws where the cafés of a territory are; undefined where it has no outline. */
async function findTerritoryPicture(
  { db, now }: Pick<Context, 'db' | 'now'>,
  territory: Territory,
): Promise<CardPicture | undefined> {
  const codes = departementsOf(territory).map(({ code }) => code)
  const square = windowOf(codes)
  if (!square) return undefined
  const tall = HEIGHT / WIDTH
  const window = { ...square, top: square.top - (square.size * (tall - 1)) / 2, tall }
  const { towns } = await countShownByPlace(db, { from: now(), territory })
  const points = towns.flatMap((town) => toPoint(window, town))
  return {
    ...{ at: 'edge', width: WIDTH, height: HEIGHT, size: LETTERS.size },
    shapes: [landOf(window, codes), discsOf(window), ...points.map(dotOf)].join(''),
    names: namesOf(points),
  }
}

type Point = NamedPoint & { held: number }

/** Returns the point of a town, larger where there are several cafés. */
function toPoint(window: MapWindow, { codeInsee, held }: TownCount): Point[] {
  const town = findCommune(codeInsee)
  const place = town && placeInWindow(window, town)
  if (!place || !isInside(place, window)) return []
  const radius = held >= 3 ? 11 : 7
  return [{ name: town.name, x: place.x * WIDTH, y: place.y * WIDTH, radius, held }]
}

const dotOf = ({ x, y, radius, held }: Point): string =>
  `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}" fill="var(--${held > 0 ? 'accent' : 'off'})" stroke="var(--land)" stroke-width="2.5"/>`

function landOf(window: MapWindow, codes: readonly string[]): string {
  const scale = WIDTH / window.size
  const land = listOutlinesIn(window)
    .toSorted((one, other) => Number(codes.includes(one.code)) - Number(codes.includes(other.code)))
    .map(({ code, d }) => {
      const [fill, stroke] = codes.includes(code) ? ['land', 'edge'] : ['far', 'line']
      return `<path d="${d}" fill="var(--${fill})" stroke="var(--${stroke})" stroke-width="${2.2 / scale}" stroke-linejoin="round"/>`
    })
  return `<rect width="${WIDTH}" height="${HEIGHT}" fill="var(--sea)"/>
<g transform="scale(${scale}) translate(${-window.left} ${-window.top})"><path d="${listNeighboursIn(window).join('')}" fill="var(--far)" stroke="var(--far)" stroke-width="2"/>${land.join('')}</g>`
}

/** Draws the largest towns, so that the territory is recognised also where no café is. */
const discsOf = (window: MapWindow): string =>
  listTowns(window)
    .map(({ x, y, population }) => {
      const radius = Math.min(20, Math.max(2.5, Math.sqrt(population) / 24))
      return `<circle cx="${(x * WIDTH).toFixed(1)}" cy="${(y * WIDTH).toFixed(1)}" r="${radius.toFixed(1)}" fill="var(--town)"/>`
    })
    .join('')

/** Returns the names that have room, those with the most cafés first. */
const namesOf = (points: readonly Point[]): NonNullable<CardPicture['names']> => [
  ...placeLabels(
    points.toSorted((one, other) => other.held - one.held),
    {
      ...LETTERS,
      ...{ width: WIDTH, height: HEIGHT },
      taken: points.map(({ x, y, radius }) => ({
        ...{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
      })),
    },
  ).values(),
]
