/** Resources of the demonstration, of our own writing, which the places publish beside those of the directory. */

/** A body of the API. */
export type DemoResource = Record<string, unknown> & {
  title: string
  summary: string
  descriptionMarkdown: string
}

const COMMON = { language: 'fr', licence: 'CC-BY-4.0', level: 'beginner', needsComputer: false }

const AT_RENNES: DemoResource[] = [
  {
    ...{ ...COMMON, kind: 'module', minutes: 30, groupMin: 4, groupMax: 25 },
    title: 'Comment une machine devine la suite',
    summary: 'Avec un texte à trous et des jetons, on fait à la main ce que fait un assistant.',
    author: 'Médiathèque du Canal',
    themes: ['découverte'],
    material: ['Dix phrases à trou, en grand', 'Vingt jetons par personne', 'Un tableau'],
    descriptionMarkdown: `### 5 min · Une phrase à trou

Lisez « Le chat dort sur le… ». Chacun écrit un mot, sans parler. On compte les réponses au tableau : c’est déjà une probabilité.

### 15 min · On parie

Pour chaque phrase, chacun pose ses jetons sur les mots proposés. On lit ensuite la même phrase avec un mot de plus au début (« À la mairie, le… ») : qui déplace ses jetons, et pourquoi ?

### 10 min · Ce que cela explique

La machine ne cherche pas ce qui est vrai : elle parie sur la suite. Demandez à la salle quand c’est utile, et quand c’est dangereux.`,
  },
  {
    ...{ ...COMMON, kind: 'guide', minutes: 20 },
    title: 'Accueillir quelqu’un qui n’ose pas entrer',
    summary:
      'Une affiche, une phrase, une chaise : ce qui fait passer la porte, et ce qui la ferme.',
    author: 'Médiathèque du Canal',
    themes: ['accueil'],
    material: ['Une personne qui ne fait que cela pendant le premier quart d’heure'],
    descriptionMarkdown: `### Avant

- Écrivez sur l’affiche : « Vous pouvez écouter sans parler. »
- Gardez deux chaises près de la porte : on peut partir sans traverser la salle.

### À l’arrivée

Demandez « Vous voulez boire quelque chose ? » avant de demander quoi que ce soit d’autre. Ne demandez jamais « Vous vous y connaissez ? ».

### Pendant

Nommez ce qui se passe : « On en est à la deuxième question. » Qui arrive en retard sait où l’on en est.

### Après

Dites la date suivante à voix haute, et donnez-la sur un papier.`,
  },
  {
    ...{ ...COMMON, kind: 'training', minutes: 120, groupMin: 4, groupMax: 12 },
    ...{ audiences: ['professionals'], level: 'experienced' },
    title: 'Animer sans savoir : une demi-journée entre collègues',
    summary: 'Quatre exercices pour tenir une conversation sur l’IA sans jouer à l’expert.',
    author: 'Médiathèque du Canal',
    themes: ['animation'],
    material: [
      'Un carnet par personne',
      'Trois cartes par personne : « je ne sais pas », « à vérifier », « à toi »',
    ],
    descriptionMarkdown: `### 20 min · Dire qu’on ne sait pas

Par deux, on se pose des questions impossibles. La seule bonne réponse : « Je ne sais pas. Qui aurait une idée ? » On recommence jusqu’à ce que ce soit facile.

### 40 min · Rendre la parole

Un groupe parle, une personne anime avec les trois cartes. Elle n’a le droit de rien dire d’autre. On change toutes les cinq minutes.

### 40 min · Le désaccord

Rejouez une dispute qui a eu lieu. Cherchez la phrase qui aurait permis de continuer.

### 20 min · Ce qu’on essaie au prochain café

Une chose chacun, écrite, datée.`,
  },
]

const AT_DIE: DemoResource[] = [
  {
    ...{ ...COMMON, kind: 'kit', minutes: 90, groupMin: 5, groupMax: 30 },
    title: 'La boîte du café de village',
    summary: 'Tout ce qui tient dans une boîte à chaussures pour un café d’une heure et demie.',
    author: 'Le Moulin partagé',
    themes: ['territoire', 'découverte'],
    material: [
      'Une boîte à chaussures',
      'Douze cartes de questions, deux feutres, une ficelle',
      'La feuille pour compter et un sablier',
    ],
    descriptionMarkdown: `### Ce que vous y mettez

Recopiez douze questions entendues dans d’autres cafés, une par carte : la page « Les questions de France » en a des centaines.

### Comment elle sert

Posez la boîte au milieu. Quelqu’un tire une carte, la lit, et dit seulement si la question l’intéresse. Trois oui : on en parle dix minutes. Sinon, carte suivante.

### Comment elle voyage

Le café suivant ajoute une carte, n’en enlève aucune, et écrit sa date sous le couvercle.`,
  },
  {
    ...{ ...COMMON, kind: 'module', minutes: 45, groupMin: 4, groupMax: 20 },
    title: 'L’eau, l’énergie : compter sans se tromper',
    summary: 'Avec une bouilloire et une ampoule, on se met d’accord sur des ordres de grandeur.',
    author: 'Le Moulin partagé',
    themes: ['écologie'],
    material: [
      'Une bouilloire',
      'Une bouteille d’un litre',
      'Les sources imprimées, avec leur date',
    ],
    descriptionMarkdown: `### 10 min · On estime

Chacun écrit combien d’eau et d’électricité il croit qu’une réponse demande. On range les papiers du plus petit au plus grand.

### 20 min · On lit les sources

Trois sources, trois chiffres différents. Par groupe : qui a mesuré, quoi, en quelle année ? Un chiffre sans date ne compte pas.

### 15 min · On compare

Une bouilloire pleine, une heure de vidéo, cent réponses : qu’est-ce qui pèse le plus dans notre semaine ? Et qu’est-ce que nous ne savons pas ?`,
  },
  {
    ...{ ...COMMON, kind: 'debate', minutes: 60, groupMin: 6, groupMax: 25, audiences: ['teens'] },
    title: 'Le procès de l’assistant',
    summary: 'Un assistant a donné un mauvais conseil : la salle le juge, avec avocats et témoins.',
    author: 'Le Moulin partagé',
    themes: ['démarches', 'justice'],
    material: ['Une histoire d’une demi-page', 'Des rôles sur des papiers pliés', 'Une cloche'],
    descriptionMarkdown: `### 10 min · L’affaire

Lisez l’histoire : quelqu’un a suivi un conseil sur un formulaire, et a perdu un droit. Tirez les rôles : la personne, l’assistant, son fabricant, le guichet, deux avocats, un jury.

### 30 min · L’audience

Deux minutes par témoin, une question de chaque avocat. L’assistant ne répond que par des phrases qui commencent par « Il est probable que ».

### 20 min · Le verdict

Le jury ne dit pas coupable ou non : il dit **qui aurait pu éviter cela, et comment**. La salle vote la mesure la plus simple.`,
  },
]

const AT_SAINT_DENIS: DemoResource[] = [
  {
    ...{ ...COMMON, kind: 'guide', minutes: 15, audiences: ['seniors'], needsComputer: true },
    title: 'Parler à son téléphone, en créole et en français',
    summary: 'Ce que la dictée comprend, ce qu’elle abîme, et comment relire avant d’envoyer.',
    author: 'La Poste du Barachois',
    themes: ['langues', 'téléphone'],
    material: ['Un téléphone par table', 'Une phrase en créole et une en français, imprimées'],
    descriptionMarkdown: `### Essayer

Lisez la même phrase deux fois : une fois comme à la maison, une fois lentement. Comparez ce qui s’écrit.

### Relire

Avant d’envoyer, on lit à voix haute ce que la machine a écrit. Un nom, un chiffre, une date : on vérifie ces trois-là, toujours.

### En parler

Quelle langue la machine comprend-elle le mieux, et qui en a décidé ?`,
  },
  {
    ...{ ...COMMON, kind: 'game', minutes: 30, groupMin: 4, groupMax: 16, audiences: ['families'] },
    title: 'Le portrait qui n’existe pas',
    summary:
      'En famille, on dessine une personne à partir d’une description, puis on compare les clichés.',
    author: 'La Poste du Barachois',
    themes: ['images', 'idées reçues'],
    material: ['Des feuilles et des crayons', 'Cinq descriptions de métiers, sans prénom'],
    descriptionMarkdown: `### 15 min · On dessine

Lisez « une personne qui soigne », « une personne qui répare ». Chacun dessine sans parler, en deux minutes.

### 10 min · On expose

Affichez les dessins par métier. Femme, homme, jeune, vieux : comptez. D’où vient cette image ?

### 5 min · Et la machine ?

Elle a appris sur des millions d’images faites comme les nôtres. Que dessinerait-elle, et qui manquerait ?`,
  },
]

/** The resources by the folder of the place that publishes them. */
export const DEMO_RESOURCES: Record<string, DemoResource[]> = {
  ...{ rennes: AT_RENNES, die: AT_DIE, reunion: AT_SAINT_DENIS },
}

/** What a café of each format is led with: one of the resources with which a directory begins. */
const LED_WITH: Record<string, { slug: string; title: string }> = {
  jeu: { slug: 'vrai-ou-fabrique', title: 'Vrai ou fabriqué ?' },
  débat: { slug: 'le-debat-qui-bouge', title: 'Le débat qui bouge' },
}

/** Returns the resources that a café of this format names, of the directory at this origin. */
export function resourcesFor(format: unknown, directory: string): { id: string; title: string }[] {
  const one = LED_WITH[String(format)]
  return one ? [{ id: `${directory}/ressources/${one.slug}`, title: one.title }] : []
}
