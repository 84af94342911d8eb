import type { Context } from '../../context.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import { saveOwnReport } from '../../store/reports/own-reports.ts'

/* What is told of each past café, by its title: participations | first ones | next steps, then its questions with a theme. */

const TOLD = `
L’IA en dix mots | 14 | 6 | Une suite en janvier, sur les images.
santé : Si mon médecin se sert d’une IA, doit-il me le dire ?
école : Comment savoir si mon enfant a fait son devoir tout seul ?
écologie : Une réponse, c’est combien d’eau ?

Vrai visage, faux visage | 22 | 9 | Le jeu reste à la médiathèque : on peut l’emprunter.
images : Comment reconnaître une fausse photo ?
arnaques : Ma voix au téléphone, on peut me la voler ?
santé : Mon médecin doit-il me dire s’il se sert d’une IA ?

Une machine peut-elle conseiller ? | 9 | 2 | Le prochain café parlera des courriers.
démarches : Qui est responsable si la réponse est fausse ?
santé : Si mon médecin se sert d’une IA, est-ce qu’il doit me le dire ?

Premiers pas au village | 11 | 7 | On recommence au printemps.
écologie : Combien d’eau pour une réponse ?
travail : Est-ce que ça va prendre mon travail, ou juste le rendre pénible ?
données personnelles : Peut-on lui demander d’oublier ce qu’on lui a dit ?

Mon premier message à une IA | 8 | 8 | Un deuxième atelier, plus long.
langues : Est-ce qu’elle comprend le créole ?
arnaques : Ma voix au téléphone : peut-on me la voler ?

Et si la machine se trompe ? | 17 | 5 | Une rencontre avec l’hôpital.
santé : Si mon médecin se sert d’une IA, doit-il me le dire ?
démarches : Qui est responsable, si la réponse est fausse ?
`

type Told = {
  title: string
  participants: number
  firstTimers: number
  next: string
  questions: { text: string; theme: string }[]
}

const toTold = (text: string): Told => {
  const [head = '', ...lines] = text.split('\n')
  const [title = '', participants, firstTimers, next = ''] = head.split(' | ')
  return {
    ...{ title, participants: Number(participants), firstTimers: Number(firstTimers), next },
    questions: lines.map((line) => {
      const at = line.indexOf(' : ')
      return { theme: line.slice(0, at), text: line.slice(at + 3) }
    }),
  }
}

const REPORTS = new Map(
  TOLD.trim()
    .split('\n\n')
    .map(toTold)
    .map((told) => [told.title, told]),
)

/** Tells of past cafés how many people came and what they asked, as their teams would the morning after. */
export async function addDemoReports(
  { db, now }: Pick<Context, 'db' | 'now'>,
  cafes: readonly { id: string; title: string }[],
): Promise<void> {
  for (const { id: cafeId, title } of cafes) {
    const told = REPORTS.get(title)
    if (!told) continue
    const { participants, firstTimers, next, questions } = told
    const report = {
      ...{ held: true, participants, firstTimers, next, questions, publish: ['text' as const] },
      ...{ format: undefined, text: undefined, confirmed: false },
    }
    await saveOwnReport(db, { cafeId, told: report, seen: undefined, by: OPERATOR }, now())
  }
}
