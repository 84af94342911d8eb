import type { DemoCafe } from './cafes.ts'
import type { Subject } from './picture.ts'

/** More cafés in the towns around the three places, so that a search has something to choose from. */

/* One line each: in how many days | at | title | format | theme | venue | postcode | town | picture */

const AROUND_RENNES = `
1 | 10:00 | Premiers pas avec l’IA | atelier | premiers pas | France services | 35510 | Cesson-Sévigné
3 | 14:30 | Trier le vrai du faux | jeu | images | Médiathèque de Bruz | 35170 | Bruz
4 | 18:00 | IA à l’école : que dit-on à nos enfants ? | échange | école | Salle de la Prairie | 35830 | Betton
6 | 15:00 | Mon téléphone m’écoute-t-il ? | échange | données personnelles | Le Comptoir | 35340 | Liffré | phone
8 | 17:30 | L’IA et les métiers du soin | débat | santé | Médiathèque des Halles | 35150 | Janzé
11 | 10:30 | Ma première question à une IA | atelier | premiers pas | France services | 35160 | Montfort-sur-Meu
13 | 19:00 | Faut-il avoir peur ? | débat | idées reçues | Bibliothèque du Château | 35500 | Vitré
14 | 14:00 | L’IA au jardin et aux champs | rencontre | agriculture | Salle des fêtes | 35300 | Fougères
18 | 16:00 | Parler à une machine, parler à quelqu’un | échange | liens | Maison du port | 35400 | Saint-Malo
21 | 18:30 | Qui possède une image ? | rencontre | création | Cinéma associatif | 35600 | Redon
`

const AROUND_DIE = `
2 | 14:30 | Premiers pas, à son rythme | atelier | premiers pas | Médiathèque | 26000 | Valence
4 | 18:00 | L’IA au village : utile à quoi ? | échange | territoire | Café de la Place | 26410 | Châtillon-en-Diois
5 | 10:00 | Écrire à une administration | atelier | démarches | France services | 26400 | Crest
7 | 18:30 | L’eau, l’énergie et les centres de calcul | débat | écologie | Maison des associations | 26200 | Montélimar
9 | 15:00 | Des images qui mentent | jeu | images | Bibliothèque | 26100 | Romans-sur-Isère
12 | 17:00 | L’IA au travail : on en parle | échange | travail | L’Usine vivante | 26400 | Crest
16 | 14:00 | Chanter avec une machine | atelier | musique | École de musique | 26110 | Nyons
19 | 18:00 | Apprendre à dire non à un écran | échange | familles | Centre social | 26700 | Pierrelatte
24 | 10:30 | Café IA du marché | rencontre | idées reçues | Halle du marché | 26340 | Saillans
`

const AROUND_SAINT_DENIS = `
1 | 09:30 | Premiers pas avec l’IA | atelier | premiers pas | Médiathèque du Sud sauvage | 97410 | Saint-Pierre
2 | 15:00 | L’IA et les petits commerces | échange | travail | Bureau de poste | 97460 | Saint-Paul
5 | 14:00 | Apprendre une langue avec une machine | atelier | langues | Médiathèque | 97430 | Le Tampon
6 | 17:00 | Ce que l’IA sait de nous | débat | données personnelles | Case à lire | 97440 | Saint-André
8 | 10:00 | Une image, trois histoires | jeu | images | Bibliothèque | 97420 | Le Port
12 | 09:30 | Comprendre un courrier | atelier | démarches | Bureau de poste | 97450 | Saint-Louis
15 | 16:30 | L’IA, la mer et le volcan | rencontre | écologie | Maison du volcan | 97418 | Le Tampon | volcano
20 | 14:30 | Et nos enfants ? | échange | familles | Centre social | 97470 | Saint-Benoît
22 | 18:00 | Faut-il tout confier à une machine ? | débat | idées reçues | Salle municipale | 97438 | Sainte-Marie
`

/* Past cafés, so that a site has some to show. */

const PAST_AT_RENNES = `
-9 | 18:30 | L’IA en dix mots | atelier | premiers pas | Médiathèque du Canal | 35000 | Rennes
-23 | 10:30 | Vrai visage, faux visage | jeu | images | Médiathèque de Bruz | 35170 | Bruz
`

const PAST_AT_DIE = `
-6 | 18:00 | Une machine peut-elle conseiller ? | débat | démarches | Le Moulin partagé | 26150 | Die
-20 | 14:30 | Premiers pas au village | atelier | premiers pas | Café de la Place | 26410 | Châtillon-en-Diois
`

const PAST_AT_SAINT_DENIS = `
-12 | 09:00 | Mon premier message à une IA | atelier | premiers pas | Bureau de poste | 97460 | Saint-Paul
-19 | 17:00 | Et si la machine se trompe ? | débat | santé | Médiathèque | 97430 | Le Tampon
`

const INTENTIONS: Record<string, string[]> = {
  atelier: ['learn', 'try'],
  jeu: ['try'],
  rencontre: ['learn'],
}

const toCafes = (table: string): DemoCafe[] => table.trim().split('\n').map(toCafe)

function toCafe(line: string): DemoCafe {
  const [
    days,
    at = '',
    title,
    format = '',
    theme,
    name = '',
    postalCode = '',
    commune = '',
    picture,
  ] = line.split(' | ')
  const inDays = Number(days)
  return {
    ...{ inDays, at, venue: { name, postalCode, commune } },
    ...(picture !== undefined && { picture: picture as Subject }),
    body: {
      title,
      summary: `Une conversation ouverte à toutes et à tous, à ${commune}. Aucune connaissance n’est nécessaire.`,
      ...{ intentions: INTENTIONS[format] ?? ['debate'], format, themes: [theme] },
      ...(inDays % 3 === 0 && { accessibility: ['mi'] }),
      registration: { mode: 'none', capacity: 15 },
    },
  }
}

/** The cafés by the folder of the place that announces them. */
export const MORE_CAFES: Record<string, DemoCafe[]> = {
  rennes: toCafes(AROUND_RENNES),
  die: toCafes(AROUND_DIE),
  reunion: toCafes(AROUND_SAINT_DENIS),
}

/** Past cafés in the same way, in days before today. */
export const PAST_CAFES: Record<string, DemoCafe[]> = {
  rennes: toCafes(PAST_AT_RENNES),
  die: toCafes(PAST_AT_DIE),
  reunion: toCafes(PAST_AT_SAINT_DENIS),
}
