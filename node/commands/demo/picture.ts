/**
 * Pictures of the demonstration: people around a table, and what they talk about in a bubble. They were drawn for the
 * project.
 */

const WIDTH = 960
const HEIGHT = 540
/** The width of the files in pixels; a page shows them no wider. */
const DRAWN_WIDTH = 800

/** The colours of the pages' light theme (`ui/style/10-tokens.css`): a picture is a file and cannot use tokens. */
const COLOURS = {
  accent: '#0b6355',
  green: '#e2f0ec',
  sun: '#e0a12a',
  sand: '#fdf0d4',
  rose: '#d9765a',
  blush: '#f8e3da',
  sky: '#9cc6c0',
  wood: '#c89a6b',
  night: '#2b3a44',
  white: '#ffffff',
  line: '#e5dccd',
} as const

type Colour = keyof typeof COLOURS

const SKINS = ['#f1c7a3', '#a86a45', '#dca47c', '#6f4530']
const CLOTHES: Colour[] = ['sun', 'rose', 'accent', 'night', 'sky']
const GROUNDS: Colour[] = ['green', 'sand', 'blush']

/** Heads of hair over a face of 40 × 50 around 0 0, as in `ui/drawings`. */
const HAIR = [
  'M-20 -12C-18 -32 18 -32 20 -12C12 -22 -12 -22 -20 -12Z',
  'M-21 -6C-26 -34 -8 -38 2 -36C20 -36 26 -22 21 -4C18 -18 8 -24 -2 -24C-8 -16 -18 -14 -21 -6Z',
  'M-23 -4C-28 -40 28 -40 23 -4C24 10 26 22 16 30L-16 30C-26 22 -24 10 -23 -4ZM-16 -6C-16 8 -9 16 0 16C9 16 16 8 16 -6C14 -20 -14 -20 -16 -6Z',
  'M-22 -6C-27 -36 -6 -42 8 -36C22 -36 27 -20 21 -6C19 -14 16 -20 6 -20C-4 -18 -16 -22 -22 -6Z',
  'M-20 -10C-22 -30 22 -30 20 -10C14 -20 -14 -20 -20 -10ZM-11 -30A11 11 0 1 1 11 -30A11 11 0 1 1 -11 -30Z',
]
const HAIR_COLOURS: Colour[] = ['night', 'wood', 'night', 'line', 'rose']

/** What a bubble can hold, in a square of 100 around 0 0. */
const SUBJECTS = {
  briefcase: {
    words: 'une mallette',
    shapes:
      '<rect x="-44" y="-20" width="88" height="60" rx="10" fill="accent"/><path d="M-18-20V-30Q-18-40-8-40H8Q18-40 18-30V-20" fill="none" stroke="accent" stroke-width="8"/><path d="M-44 6H44" stroke="white" stroke-width="5"/><rect x="-8" y="-2" width="16" height="17" rx="4" fill="sun"/>',
  },
  cards: {
    words: 'des cartes à jouer',
    shapes:
      '<rect x="-42" y="-34" width="46" height="68" rx="8" fill="sky" transform="rotate(-14)"/><rect x="-2" y="-36" width="46" height="68" rx="8" fill="rose" transform="rotate(10)"/><path d="M16-16C16-27 33-26 32-14C31-6 23-5 23 4" fill="none" stroke="white" stroke-width="6" stroke-linecap="round"/><circle cx="22" cy="15" r="4" fill="white"/>',
  },
  pencil: {
    words: 'une page et un crayon',
    shapes:
      '<rect x="-42" y="-44" width="64" height="86" rx="8" fill="sand"/><path d="M-28-24H6M-28-6H8M-28 12H-6" stroke="accent" stroke-width="6" stroke-linecap="round"/><path d="M44-18L10 26L4 42L18 34L52-8Z" fill="rose"/><path d="M10 26L4 42L18 34Z" fill="wood"/>',
  },
  leaf: {
    words: 'une feuille d’arbre',
    shapes:
      '<path d="M0 44C-52 34-46-30 42-42C50 30 30 48 0 44Z" fill="accent"/><path d="M-22 48C-12 14 8-6 26-20" fill="none" stroke="sky" stroke-width="6" stroke-linecap="round"/>',
  },
  tools: {
    words: 'une machine que l’on démonte',
    shapes:
      '<rect x="-40" y="-30" width="80" height="66" rx="14" fill="sky"/><circle cx="0" cy="3" r="21" fill="white"/><path d="M0-12V3L10 11" fill="none" stroke="night" stroke-width="6" stroke-linecap="round"/><path d="M24 46L50 14" stroke="sun" stroke-width="11" stroke-linecap="round"/><path d="M-24-32V-46M0-32V-46M24-32V-46" stroke="night" stroke-width="6" stroke-linecap="round"/>',
  },
  ballot: {
    words: 'une urne',
    shapes:
      '<path d="M-46-6H46V42Q46 46 42 46H-42Q-46 46-46 42Z" fill="night"/><rect x="-26" y="-48" width="52" height="56" rx="6" fill="sand"/><path d="M-13-24L-3-14L15-36" fill="none" stroke="accent" stroke-width="7" stroke-linecap="round"/><path d="M-34 6H34" stroke="white" stroke-width="6" stroke-linecap="round"/>',
  },
  shield: {
    words: 'un bouclier',
    shapes:
      '<path d="M0-48L42-32V0C42 26 22 40 0 50C-22 40-42 26-42 0V-32Z" fill="rose"/><path d="M0-24V10" stroke="white" stroke-width="9" stroke-linecap="round"/><circle cx="0" cy="26" r="5.5" fill="white"/>',
  },
  languages: {
    words: 'deux langues qui se répondent',
    shapes:
      '<path d="M-46-40H14Q22-40 22-32V0Q22 8 14 8H-18L-34 22V8H-38Q-46 8-46 0Z" fill="sun"/><path d="M-6-8H38Q46-8 46 0V28Q46 36 38 36H36V50L20 36H-6Q-14 36-14 28V0Q-14-8-6-8Z" fill="accent"/><path d="M2 8H32M2 22H22" stroke="white" stroke-width="6" stroke-linecap="round"/>',
  },
  letter: {
    words: 'une lettre',
    shapes:
      '<rect x="-46" y="-32" width="92" height="66" rx="9" fill="sand"/><path d="M-44-26L0 8L44-26" fill="none" stroke="rose" stroke-width="7" stroke-linejoin="round"/><circle cx="34" cy="30" r="17" fill="accent"/><path d="M26 30L32 36L43 24" fill="none" stroke="white" stroke-width="5" stroke-linecap="round"/>',
  },
  image: {
    words: 'une photo et un point d’interrogation',
    shapes:
      '<rect x="-48" y="-38" width="96" height="76" rx="9" fill="sky"/><circle cx="-20" cy="-14" r="11" fill="sun"/><path d="M-48 30L-14-2L8 18L24 4L48 28V29Q48 38 39 38H-39Q-48 38-48 30Z" fill="accent"/><circle cx="30" cy="28" r="19" fill="white"/><path d="M24 24C24 15 37 16 36 25C35 30 30 30 30 35" fill="none" stroke="rose" stroke-width="5" stroke-linecap="round"/><circle cx="30" cy="42" r="2.8" fill="rose"/>',
  },
  phone: {
    words: 'un téléphone qui écoute',
    shapes:
      '<rect x="-30" y="-50" width="60" height="100" rx="13" fill="night"/><rect x="-23" y="-38" width="46" height="72" rx="4" fill="sand"/><path d="M-10-10V10M0-20V20M10-8V8" stroke="accent" stroke-width="6" stroke-linecap="round"/>',
  },
  volcano: {
    words: 'un volcan et la mer',
    shapes:
      '<path d="M-50 30L-14-22H14L50 30Z" fill="night"/><path d="M-14-22H14L20-13C10-4 4-16-4-6C-8-2-16-6-19-14Z" fill="rose"/><path d="M-50 30Q-38 22-26 30T0 30T26 30T50 30V40Q50 46 44 46H-44Q-50 46-50 40Z" fill="sky"/><path d="M0-34C-9-42 7-44 0-52" fill="none" stroke="sun" stroke-width="6" stroke-linecap="round"/>',
  },
} as const

export type Subject = keyof typeof SUBJECTS

/** Draws an SVG of the proportions 16 to 9. No two subjects have the same people around the table. */
export function drawPicture(subject: Subject): string {
  const at = Object.keys(SUBJECTS).indexOf(subject)
  const ground = pick(GROUNDS, at)
  const isLeft = at % 2 === 0
  const shapes = `
<rect width="${WIDTH}" height="${HEIGHT}" fill="${ground}"/>
<circle cx="${isLeft ? 790 : 170}" cy="118" r="64" fill="sun" opacity=".85"/>
<path d="M0 330C190 250 330 372 520 322S820 262 960 320V540H0Z" fill="sky" opacity=".45"/>
${person(260, at)}${person(480, at + 2)}${person(700, at + 4)}
<ellipse cx="480" cy="508" rx="452" ry="92" fill="wood"/><ellipse cx="480" cy="496" rx="452" ry="92" fill="white"/>
${cup(300, 462, pick(CLOTHES, at + 1))}${cup(494, 500, pick(CLOTHES, at + 2))}${cup(676, 462, pick(CLOTHES, at + 3))}
${bubble(isLeft ? 372 : 588, subject, isLeft)}`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${DRAWN_WIDTH}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${inColours(shapes)}</svg>`
}

const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length] as Item

const inColours = (shapes: string): string =>
  shapes.replace(/(fill|stroke)="([a-z]+)"/g, (said, what, name) =>
    name in COLOURS ? `${what}="${COLOURS[name as Colour]}"` : said,
  )

function person(x: number, at: number): string {
  const skin = pick(SKINS, at)
  return `<g transform="translate(${x} 318) scale(2)">
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="${pick(CLOTHES, at)}"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="${skin}"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="${skin}"/>
<path d="${pick(HAIR, at)}" fill-rule="evenodd" fill="${pick(HAIR_COLOURS, at)}"/>
<circle cx="-7" cy="-4" r="2" fill="#211d18"/><circle cx="7" cy="-4" r="2" fill="#211d18"/>
<path d="M-6 6Q0 12 6 6" fill="none" stroke="#211d18" stroke-width="2" stroke-linecap="round"/></g>`
}

const cup = (x: number, y: number, colour: Colour): string =>
  `<g transform="translate(${x} ${y}) scale(1.7)"><ellipse cx="0" cy="17" rx="20" ry="4.5" fill="line"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="${colour}"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="${colour}" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="#211d18" opacity=".7"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="sun" stroke-width="2.4" stroke-linecap="round"/></g>`

const bubble = (x: number, subject: Subject, isLeft: boolean): string =>
  `<path d="M${isLeft ? x - 60 : x + 60} 190L${isLeft ? x - 76 : x + 76} 244L${x} 200Z" fill="white"/>
<rect x="${x - 104}" y="26" width="208" height="178" rx="54" fill="white"/>
<g transform="translate(${x} 115) scale(1.4)">${SUBJECTS[subject].shapes}</g>`

/** Returns the alternative text of the picture. */
export const describePicture = (subject: Subject): string =>
  `Dessin : trois personnes autour d’une table et de tasses de café ; dans une bulle, ${SUBJECTS[subject].words}.`
