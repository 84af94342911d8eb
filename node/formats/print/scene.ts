import { boxOf, COLOURS, ellipseOf, type Shape } from './sheet.ts'

/** Our drawing: people around a table, and their cups. */

const SKINS = ['#f1c7a3', '#a86a45', '#dca47c', '#6f4530'] as const
const FACE = COLOURS.ink
const BODY = 'M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84V130H-46Z'
const NECK = 'M-9 10L9 10L10 26C6 33 -6 33 -10 26Z'
const HEAD = 'M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z'
const FRINGE =
  'M-21 -6C-26 -34 -8 -38 2 -36C20 -36 26 -22 21 -4C18 -18 8 -24 -2 -24C-8 -16 -18 -14 -21 -6Z'
const AFRO =
  'M-33 -8C-40 -30 -22 -50 0 -49C24 -50 40 -30 33 -8C31 6 22 12 0 12C-22 12 -31 6 -33 -8Z'
const SHORT_FRINGE = 'M-20 -12C-18 -30 18 -30 20 -12C12 -22 -12 -22 -20 -12Z'
const LONG_HAIR = 'M-25 -8C-30 -42 30 -44 26 -6C27 14 30 26 24 34L-24 34C-30 24 -26 8 -25 -8Z'
const SIDES = 'M-20 -8C-24 -2 -22 4 -19 6L-18 -8Z M20 -8C24 -2 22 4 19 6L18 -8Z'
const BEARD = 'M-14 8C-12 24 12 24 14 8C8 14 -8 14 -14 8Z'
const SCARF =
  'M-23 -4C-28 -40 28 -40 23 -4C24 10 26 22 16 30L-16 30C-26 22 -24 10 -23 -4ZM-16 -6C-16 8 -9 16 0 16C9 16 16 8 16 -6C14 -20 -14 -20 -16 -6Z'

const eyes = (left: number, right: number): Shape[] =>
  [left, right].map((x) => ({ d: ellipseOf(x, -5, 2), fill: FACE }))
const smile = (x: number): Shape => ({
  d: `M${x} 5Q${x + 6} 11 ${x + 12} 5`,
  ...{ stroke: FACE, lineWidth: 2, isRound: true },
})
const skin = (colour: string): Shape[] => [
  { d: NECK, fill: colour },
  { d: HEAD, fill: colour },
]

const PEOPLE = {
  bun: [
    { d: ellipseOf(4, -36, 11), fill: COLOURS.night },
    { d: BODY, fill: COLOURS.rose },
    ...skin(SKINS[2]),
    { d: FRINGE, fill: COLOURS.night },
    ...eyes(-4, 10),
    smile(-3),
  ],
  afro: [
    { d: AFRO, fill: COLOURS.night },
    { d: BODY, fill: COLOURS.sky },
    ...skin(SKINS[3]),
    { d: SHORT_FRINGE, fill: COLOURS.night },
    ...eyes(-4, 10),
    smile(-3),
  ],
  speaker: [
    { d: LONG_HAIR, fill: COLOURS.rose },
    { d: BODY, fill: COLOURS.sunSoft },
    ...skin(SKINS[0]),
    { d: FRINGE, fill: COLOURS.rose },
    ...eyes(-7, 7),
    { d: ellipseOf(0, 7, 4, 3.4), fill: FACE },
  ],
  beard: [
    { d: BODY, fill: COLOURS.night },
    ...skin(SKINS[1]),
    { d: SIDES, fill: COLOURS.line },
    { d: BEARD, fill: COLOURS.line },
    { d: `${ellipseOf(-10, -5, 6)}${ellipseOf(4, -5, 6)}M-4.5 -5h3`, stroke: FACE, lineWidth: 1.8 },
    ...eyes(-10, 4),
    smile(-9),
  ],
  scarf: [
    { d: BODY, fill: COLOURS.rose },
    ...skin(SKINS[2]),
    { d: SCARF, fill: COLOURS.sky, isEvenOdd: true },
    ...eyes(-10, 4),
    smile(-9),
  ],
} satisfies Record<string, Shape[]>

type Person = keyof typeof PEOPLE

type At = readonly [x: number, y: number, scale: number]

/** Returns a person, whose face is at this point. */
const person = (name: Person, at: At): Shape[] => PEOPLE[name].map((shape) => ({ ...shape, at }))

/** Returns a cup on its saucer, with white steam. */
const steamingCup = (colour: string, at: At): Shape[] =>
  [
    { d: ellipseOf(0, 17, 20, 4.5), fill: COLOURS.line },
    { d: 'M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z', fill: colour },
    { d: 'M12 -1c8 -1 8 10 -1 10', stroke: colour, lineWidth: 3.4 },
    { d: ellipseOf(0, -4, 12, 3.2), fill: COLOURS.night, opacity: 0.75 },
    {
      d: 'M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15',
      ...{ stroke: COLOURS.white, lineWidth: 2.4, isRound: true },
    },
  ].map((shape) => ({ ...shape, at }))

const SEATS: readonly (readonly [Person, x: number, y: number])[] = [
  ['bun', 24, 135],
  ['afro', 64, 129],
  ['speaker', 105, 128],
  ['beard', 146, 129],
  ['scarf', 186, 135],
]
const CUPS = [44, 85, 126, 167] as const

/** What of the scene is drawn: all five people, or the three in the middle with one cup. */
type Cast = 'five' | 'three'

/**
 * Returns people behind a table that is white to the foot of the sheet. The corner and the scale are those of A4 in
 * millimetres; where it is `isWide` the table goes on to the sides, and the cups stand lower.
 */
export function sceneOf(
  accent: string,
  [left, top, scale]: At,
  { cast = 'five', isWide = false }: { cast?: Cast; isWide?: boolean } = {},
): Shape[] {
  const place = (x: number, y: number, size: number): At => [
    left + scale * x,
    top + scale * y,
    scale * size,
  ]
  const seats = cast === 'five' ? SEATS : SEATS.slice(1, 4)
  const cups = cast === 'five' ? CUPS : CUPS.slice(1, 2)
  const colours = cast === 'five' ? [accent, COLOURS.night, COLOURS.rose, accent] : [accent]
  const table = (y: number) =>
    isWide
      ? `M-400 ${y}Q105 ${y - 20} 610 ${y}V400H-400Z`
      : `M-4 ${y}Q105 ${y - 20} 214 ${y}V304H-4Z`
  return [
    ...seats.flatMap(([name, x, y]) => person(name, place(x, y, 0.43))),
    { d: table(166), fill: COLOURS.wood, at: place(0, 0, 1) },
    { d: table(169), fill: COLOURS.white, at: place(0, 0, 1) },
    ...cups.flatMap((x, index) => {
      const y = isWide ? 159.5 : x === 44 || x === 167 ? 157.5 : 155
      return steamingCup(colours[index] ?? accent, place(x, y, 0.44))
    }),
  ]
}

/** Returns the cup of the sober poster, below the bubble's tail. */
export const cupOf = (colour: string, at: At): Shape[] => [
  { d: 'M0 0h21v7.5a7.5 7.5 0 0 1-7.5 7.5h-6a7.5 7.5 0 0 1-7.5-7.5z', fill: colour, at },
  { d: 'M19 2.3h4a4.2 4.2 0 0 1 0 8.4h-4.5', stroke: colour, lineWidth: 2.5, at },
]

/** Returns the sign of the movement: a cup in this colour, so many units high. */
export function sign(colour: string, x: number, y: number, height: number): Shape[] {
  const scale = height / 27
  const at = [x - 2 * scale, y, scale] as const
  return [
    { d: 'M4 10h17v8a7 7 0 0 1-7 7h-3a7 7 0 0 1-7-7z', fill: colour, at },
    { d: 'M21 12h2a4 4 0 0 1 0 8h-2', stroke: colour, lineWidth: 2.4, at },
    {
      d: 'M9 7c0-2 2-2 2-4M14 7c0-2 2-2 2-4',
      ...{ stroke: COLOURS.sun, lineWidth: 2.2, isRound: true, at },
    },
  ]
}

type Bubble = { x: number; y: number; width: number; height: number; radius: number }

/** Returns the bubble of the title; the tail is a triangle that begins on its edge. */
export const bubble = (
  { x, y, width, height, radius }: Bubble,
  fill: string,
  tail?: string,
): Shape[] => [
  { d: boxOf(x, y, width, height, radius), fill },
  ...(tail ? [{ d: tail, fill }] : []),
]

/** Returns the sign of who is welcomed as they are: a person with open arms, in a square of 24 units. */
export const accessSignOf = (colour: string, at: At): Shape[] => [
  { d: ellipseOf(12, 4.5, 2.2), fill: colour, at },
  {
    d: 'M4 9l8 1.5l8-1.5M12 10.5v5l-3.5 6M12 15.5l3.5 6',
    ...{ stroke: colour, lineWidth: 2, isRound: true, at },
  },
]
