import { comparableName, withoutArticle } from './names.ts'

/**
 * How precisely a commune's point is known: its own, or the mean of the known points of a group to which it belongs.
 */
export type Precision = 'exact' | 'postcode' | 'epci' | 'arrondissement' | 'departement'

export type Point = { latitude: number; longitude: number }

/** A populated place of GeoNames (https://download.geonames.org/export/dump/readme.txt). */
export type GeoNamesPlace = Point & {
  name: string
  /** Names in Latin letters only. */
  otherNames: string[]
  /** The feature code: PPLC (capital) down to PPLX (a quarter of a town). */
  feature: string
  country: string
  /** The codes from the first order down to the commune; INSEE codes as far as France has filled them in. */
  adminCodes: string[]
  population: number
}

/** What is needed of a commune to place it. */
export type CommuneToPlace = {
  code: string
  name: string
  departement: string
  arrondissement: string | undefined
  epci: string | undefined
  postcodes: string[]
  population: number
}

/** GeoNames lists the overseas territories as countries of their own. */
const DEPARTEMENT_OF_COUNTRY: Record<string, string> = {
  GP: '971',
  MQ: '972',
  GF: '973',
  RE: '974',
  PM: '975',
  YT: '976',
  BL: '977',
  MF: '978',
  WF: '986',
  PF: '987',
  NC: '988',
}

/** Returns whether a GeoNames country code is France or one of its territories that have a code of their own. */
export const isFrench = (country: string): boolean =>
  country === 'FR' || country in DEPARTEMENT_OF_COUNTRY

/** Communes overseas whose chief village has another name in GeoNames, which gives no INSEE code there. */
const CHIEF_VILLAGES: Record<string, string> = {
  '97701': 'Gustavia',
  '97801': 'Marigot',
  '98714': 'Vaitape',
  '98719': 'Rikitea',
  '98722': 'Hitiaa',
  '98723': 'Atuona',
  '98724': 'Fare',
  '98729': 'Afareaitu',
  '98731': 'Taiohae',
  '98742': 'Tapuarava',
  '98744': 'Moerai',
  '98747': 'Afaahiti',
  '98748': 'Vairao',
  '98752': 'Otutara',
  '98753': 'Mataura',
  '98754': 'Tevaitoa',
  '98832': 'Yaté-Barrage',
}

/**
 * Points that were typed by hand, to a kilometre or so: those that GeoNames' list of places of 500 people lacks
 * overseas, where the mean of the group would be far away or in the sea.
 */
const TYPED_POINTS: Record<string, readonly [latitude: number, longitude: number]> = {
  '97114': [16.135, -61.573],
  '97116': [16.332, -61.457],
  '97205': [14.642, -61.137],
  '97206': [14.477, -61.03],
  '97221': [14.532, -60.974],
  '97362': [3.81, -54.15],
  '97404': [-21.266, 55.367],
  '97406': [-21.136, 55.627],
  '98411': [-37.8, 77.57],
  '98412': [-49.35, 70.22],
  '98413': [-46.43, 51.86],
  '98414': [-66.66, 140.0],
  '98415': [-11.55, 47.29],
  '98711': [-17.35, -145.5],
  '98713': [-15.25, -146.62],
  '98716': [-16.06, -145.62],
  '98717': [-15.82, -140.86],
  '98718': [-10.51, -138.69],
  '98720': [-18.1, -140.92],
  '98721': [-17.55, -142.61],
  '98726': [-16.63, -143.57],
  '98727': [-14.46, -146.04],
  '98728': [-16.45, -152.25],
  '98730': [-14.17, -141.26],
  '98732': [-19.28, -138.78],
  '98737': [-14.81, -138.81],
  '98739': [-23.87, -147.68],
  '98740': [-14.95, -147.7],
  '98741': [-27.62, -144.34],
  '98743': [-22.65, -152.8],
  '98745': [-16.59, -151.49],
  '98746': [-9.94, -139.11],
  '98749': [-14.45, -145.03],
  '98751': [-17.35, -138.4],
  '98755': [-20.77, -138.56],
  '98756': [-8.94, -139.56],
  '98757': [-9.36, -140.05],
  '98806': [-21.66, 165.77],
  '98833': [-21.39, 165.83],
  '98901': [10.3, -109.22],
}

/**
 * Centres of the arrondissements of Paris, which GeoNames does not list: the centroids that the city publishes
 * (opendata.paris.fr), except for the 12th and the 16th, where the middle of the streets is used rather than the edge
 * of the woods of Vincennes and Boulogne.
 */
const PARIS: Record<string, readonly [latitude: number, longitude: number]> = {
  '75101': [48.8626, 2.3363],
  '75102': [48.8683, 2.3428],
  '75103': [48.8629, 2.36],
  '75104': [48.8543, 2.3576],
  '75105': [48.8444, 2.3507],
  '75106': [48.8491, 2.3329],
  '75107': [48.8562, 2.3122],
  '75108': [48.8727, 2.3126],
  '75109': [48.8772, 2.3375],
  '75110': [48.8761, 2.3607],
  '75111': [48.859, 2.3801],
  '75112': [48.8412, 2.3876],
  '75113': [48.8284, 2.3623],
  '75114': [48.8292, 2.3266],
  '75115': [48.8401, 2.2928],
  '75116': [48.8585, 2.2745],
  '75117': [48.8873, 2.3067],
  '75118': [48.8926, 2.3484],
  '75119': [48.8871, 2.3848],
  '75120': [48.8635, 2.4012],
}

const pointOf = (typed: readonly [number, number]): Point => ({
  latitude: typed[0],
  longitude: typed[1],
})

/** The higher the rank, the likelier the place is the town itself and not one of its hamlets. */
const RANKS: Record<string, number> = {
  PPLC: 9,
  PPLA: 8,
  PPLA2: 7,
  PPLA3: 6,
  PPLA4: 5,
  PPLA5: 4,
  PPL: 3,
  PPLX: 1,
}

const matchable = (name: string): string => withoutArticle(comparableName(name)).replaceAll(' ', '')

/**
 * Finds every commune's own point where it is known, by INSEE code: GeoNames', the chief villages', those typed by
 * hand.
 */
export function findExactPoints(
  communes: CommuneToPlace[],
  currentCode: (code: string) => string | undefined,
  places: GeoNamesPlace[],
): Map<string, Point> {
  const points = proposePoints(communes, currentCode, places)
  const departements = new Map(communes.map(({ code, departement }) => [code, departement]))
  for (const [code, village] of Object.entries(CHIEF_VILLAGES)) {
    const place = places.find(
      ({ name, country }) =>
        name === village && DEPARTEMENT_OF_COUNTRY[country] === departements.get(code),
    )
    if (!place) throw new Error(`${village}, chief village of ${code}, is not found`)
    points.set(code, place)
  }
  for (const [code, typed] of Object.entries(TYPED_POINTS)) points.set(code, pointOf(typed))
  return points
}

/**
 * Finds the points that GeoNames knows, by current INSEE code. Of the places found in one commune the best is kept: the
 * one that has its name, then the one that has its code, then the highest in rank, then the most populous.
 */
export function proposePoints(
  communes: CommuneToPlace[],
  currentCode: (code: string) => string | undefined,
  places: GeoNamesPlace[],
): Map<string, Point> {
  const byCode = new Map(communes.map((commune) => [commune.code, commune]))
  const byName = new Map<string, CommuneToPlace>()
  for (const commune of communes) {
    byName.set(`${commune.departement} ${matchable(commune.name)}`, commune)
  }
  const best = new Map<string, { point: Point; score: number }>()
  const propose = (commune: CommuneToPlace, place: GeoNamesPlace, codeScore: number) => {
    const named = matchable(place.name) === matchable(commune.name)
    const score =
      (named ? 100 : 0) + codeScore + (RANKS[place.feature] ?? 2) + place.population / 1e8
    const known = best.get(commune.code)
    if (!known || known.score < score) {
      best.set(commune.code, { point: place, score })
    }
  }

  for (const place of places) {
    const departement = DEPARTEMENT_OF_COUNTRY[place.country] ?? place.adminCodes[1] ?? ''
    const namesake = [place.name, ...place.otherNames]
      .map((name) => byName.get(`${departement} ${matchable(name)}`))
      .find((commune) => commune !== undefined)
    const coded = place.adminCodes
      .map((code) => byCode.get(currentCode(code) ?? ''))
      .find((commune) => commune !== undefined)
    if (coded) propose(coded, place, 10)
    const miscoded = namesake !== undefined && namesake !== coded && isAsBig(place, namesake)
    if (namesake && (!coded || miscoded)) propose(namesake, place, 0)
  }
  return new Map([...best].map(([code, { point }]) => [code, point]))
}

/**
 * Returns whether a place is as populous as a commune. GeoNames gives a few suburbs their city's code
 * (Tassin-la-Demi-Lune has Lyon's). Below 5,000 people, a hamlet with the name and about the size of a distant commune
 * is likelier (tried: 9 of 12 were wrong).
 */
const isAsBig = (place: GeoNamesPlace, commune: CommuneToPlace): boolean =>
  place.population > Math.max(5000, commune.population / 2) &&
  place.population < commune.population * 2

/** Finds every commune's point: its own, otherwise the mean of the smallest group of which some points are known. */
export function placeCommunes(
  communes: CommuneToPlace[],
  exactPoints: Map<string, Point>,
): Map<string, { point: Point; precision: Precision }> {
  const groupsOf = (commune: CommuneToPlace): [Precision, string][] => [
    ...commune.postcodes.map((postcode): [Precision, string] => ['postcode', postcode]),
    ...(commune.epci ? [['epci', commune.epci] satisfies [Precision, string]] : []),
    ...(commune.arrondissement
      ? [['arrondissement', commune.arrondissement] satisfies [Precision, string]]
      : []),
    ['departement', commune.departement],
  ]
  const knownPoints = new Map<string, Point[]>()
  for (const commune of communes) {
    const point = exactPoints.get(commune.code)
    if (!point) continue
    for (const group of groupsOf(commune)) {
      const key = group.join(' ')
      knownPoints.set(key, [...(knownPoints.get(key) ?? []), point])
    }
  }
  return new Map(
    communes.map((commune) => {
      const point = exactPoints.get(commune.code)
      if (point) return [commune.code, { point, precision: 'exact' }]
      for (const group of groupsOf(commune)) {
        const points = knownPoints.get(group.join(' '))
        if (points) return [commune.code, { point: meanPoint(points), precision: group[0] }]
      }
      throw new Error(`${commune.name} (${commune.code}) has no point: type one by hand`)
    }),
  )
}

const meanPoint = (points: Point[]): Point => ({
  latitude: points.reduce((sum, point) => sum + point.latitude, 0) / points.length,
  longitude: points.reduce((sum, point) => sum + point.longitude, 0) / points.length,
})

/** Finds the centre of a municipal arrondissement: typed for Paris, GeoNames' "Lyon 03", "Marseille 16" elsewhere. */
export function findArrondissementPoint(
  code: string,
  places: Map<string, GeoNamesPlace>,
): Point | undefined {
  const typed = PARIS[code]
  if (typed) return pointOf(typed)
  const [city, first] = code.startsWith('69') ? ['Lyon', 69380] : ['Marseille', 13200]
  return places.get(`${city} ${String(Number(code) - first).padStart(2, '0')}`)
}
