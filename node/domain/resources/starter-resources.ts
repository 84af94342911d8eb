import type { ResourceContent } from './resource.ts'

type Written = Omit<ResourceContent, 'descriptionHtml' | 'descriptionMarkdown'> & {
  descriptionMarkdown: string
}

const COMMON = {
  level: 'beginner',
  language: 'fr',
  licence: 'CC-BY-4.0',
  author: 'Café IA',
  link: undefined,
} as const

const GAME: Written = {
  ...COMMON,
  title: 'Vrai ou fabriqué ?',
  summary:
    'Deux équipes, douze phrases et images à juger : vraies, ou fabriquées par une machine ? On discute, puis on retourne la carte.',
  kind: 'game',
  audiences: ['families', 'teens'],
  ...{ groupMin: 6, groupMax: 20, minutes: 45 },
  material: [
    'Douze feuilles : six textes ou images réels, six fabriqués par une IA, la réponse au dos',
    'Deux tables',
    'Un sablier ou une montre',
  ],
  needsComputer: false,
  themes: ['images', 'information'],
  descriptionMarkdown: `### La veille, 30 minutes

Imprimez six choses vraies et étonnantes : une photo de presse, une annonce de la mairie, le début d’un poème, un fait sur votre ville, une recette, un avis laissé sur un site. Puis demandez à un assistant comme ceux qu’on trouve en ligne six textes du même genre, et prenez des images faites par une machine dans une banque d’images qui le dit. Notez au dos d’où vient chaque feuille. Mélangez.

### 5 min · On s’installe

Deux équipes, une par table. Chacun dit son prénom et la dernière fois qu’une machine lui a répondu.

### 25 min · On joue

- Une équipe montre une feuille, sans le dos. L’autre a une minute pour décider ensemble : vrai, ou fabriqué ?
- Elle donne sa réponse **et sa raison** : « les mains », « personne ne parle comme ça », « je l’ai lu hier ».
- On retourne la feuille. Un point si la réponse est juste, un deuxième si la raison tient.
- On change de rôle. Six feuilles par équipe.

### 15 min · On en parle

Gardez les trois feuilles qui ont le plus divisé. Qu’est-ce qui nous a trompés ? Est-ce que l’œil suffira encore l’an prochain ? À qui demande-t-on, quand on doute ?

### Si personne ne parle

« Et vous, cette feuille, vous l’auriez crue sur votre téléphone ? » Puis comptez jusqu’à dix dans votre tête. Quelqu’un répond toujours.

### Ce qu’on emporte

Une seule phrase à écrire au tableau avant de partir : ce que la salle fera la prochaine fois qu’elle doute.`,
}

const DEBATE: Written = {
  ...COMMON,
  title: 'Le débat qui bouge',
  summary:
    'D’accord ou pas d’accord ? On se place d’un côté ou de l’autre de la salle, et on traverse quand on change d’avis.',
  kind: 'debate',
  audiences: [],
  ...{ groupMin: 8, groupMax: 30, minutes: 60 },
  material: [
    'Une salle où l’on peut marcher',
    'Une ficelle ou du ruban adhésif au sol',
    'Deux feuilles : « d’accord » et « pas d’accord »',
    'Quelques chaises pour qui ne peut pas rester debout',
  ],
  needsComputer: false,
  themes: ['travail', 'école', 'santé'],
  descriptionMarkdown: `### Avant, 10 minutes

Tendez la ficelle au milieu de la salle, une feuille de chaque côté. Choisissez trois affirmations, de la plus légère à la plus grave. Par exemple :

- « Une carte d’anniversaire écrite par une machine, c’est quand même une carte. »
- « À l’école, on devrait apprendre à se servir de l’IA avant d’apprendre à s’en passer. »
- « Un médecin qui suit l’avis d’une machine est plus sûr qu’un médecin qui s’en méfie. »

### 5 min · La règle

On se place. Personne ne reste sur la ficelle. On parle chacun son tour, une minute au plus. On peut traverser à tout moment, sans se justifier. Qui ne peut pas marcher lève une feuille : elle compte autant.

### 45 min · Trois affirmations, un quart d’heure chacune

- Lisez l’affirmation deux fois. Laissez trente secondes pour bouger.
- Donnez d’abord la parole **au côté où il y a le moins de monde**.
- Alternez d’un côté à l’autre. À qui traverse, demandez : « Quelle phrase t’a fait bouger ? »
- Quand plus personne ne bouge, demandez ce qu’il faudrait changer à l’affirmation pour que tout le monde soit du même côté.

### 10 min · On s’assoit

Chacun dit un argument de l’autre camp qu’il a trouvé juste. Notez les questions qui restent : elles vont dans le bilan du café.

### Si tout le monde est du même côté

Passez vous-même de l’autre, et défendez-le pendant une minute. Puis demandez qui peut faire mieux que vous.`,
}

const WORKSHOP: Written = {
  ...COMMON,
  title: 'Reconnaître une arnaque',
  summary:
    'Huit messages imprimés, certains honnêtes, d’autres non. À deux, on cherche les indices, puis on écrit la règle de la salle.',
  kind: 'workshop',
  audiences: ['seniors'],
  ...{ groupMin: 4, groupMax: 12, minutes: 60 },
  material: [
    'Huit messages imprimés en grand : quatre vrais, quatre faux',
    'Des stylos de deux couleurs',
    'Une grande feuille pour la règle',
  ],
  needsComputer: false,
  themes: ['arnaques', 'démarches'],
  descriptionMarkdown: `### La veille, 30 minutes

Recopiez huit messages, sans aucun vrai nom ni numéro : un colis à payer, un petit-fils qui a perdu son téléphone, un conseiller bancaire pressé, un rendez-vous médical rappelé, un avis d’impôt, un voisin qui vend un vélo, une voix enregistrée dont vous écrivez les mots, une photo trop belle. Quatre sont honnêtes. Ne mettez aucune adresse où l’on pourrait aller.

### 10 min · Sans honte

Dites d’abord qu’on s’y laisse tous prendre, et racontez une fois où c’était vous. Demandez qui a reçu un message bizarre ce mois-ci.

### 25 min · Par deux

- Chaque paire reçoit deux messages et dix minutes.
- En vert, ce qui rassure. En rouge, ce qui inquiète : l’urgence, le secret, l’argent, une adresse étrange, une voix connue qui demande quelque chose d’inhabituel.
- Puis on échange avec la paire d’à côté.

### 15 min · On retourne les messages

Un message après l’autre : qui l’aurait cru ? Expliquez que l’IA a changé une chose : les fautes ont disparu, et une voix s’imite avec quelques secondes d’enregistrement. L’orthographe et la voix ne prouvent plus rien. **Rappeler soi-même, au numéro qu’on connaît déjà,** reste sûr.

### 10 min · La règle de la salle

Écrivez-la ensemble, en grand. Par exemple : « Je raccroche. J’attends une heure. Je rappelle au numéro de ma carte. » Chacun la recopie pour la coller près de son téléphone.

### Si quelqu’un vient d’être victime

Ne le faites pas raconter devant les autres. Prenez un moment après, seul à seul : le service Info Escroqueries répond au 0 805 805 817 (gratuit), et 17cyber.gouv.fr dit quoi faire dans l’ordre. La conseillère ou le conseiller numérique le plus proche peut aider à porter plainte.`,
}

const DISCUSSION: Written = {
  ...COMMON,
  title: 'Trois questions à la machine',
  summary:
    'Un ordinateur au milieu de la table, trois questions choisies ensemble. On devine la réponse avant de la lire, et on la vérifie après.',
  kind: 'discussion',
  audiences: [],
  ...{ groupMin: 5, groupMax: 12, minutes: 60 },
  material: [
    'Un ordinateur et, si possible, un écran que tout le monde voit',
    'Un assistant en ligne où l’on n’écrit aucun nom',
    'Du papier et des crayons',
    'Un dictionnaire, un journal du jour ou un plan de la ville',
  ],
  needsComputer: true,
  themes: ['découverte', 'information'],
  descriptionMarkdown: `### Avant, 15 minutes

Ouvrez un assistant dont vous connaissez les conditions, sur votre compte et non sur celui d’une personne de la salle. Essayez-le une fois. Prévoyez que la connexion tombe : imprimez trois réponses déjà obtenues.

### 10 min · On choisit

Chacun écrit une question qu’il poserait à la machine : sur la ville, son métier, une recette, l’histoire de sa famille sans la nommer. On les lit à voix haute, et on en garde trois : une dont quelqu’un dans la salle **connaît la réponse**, une dont personne ne la connaît, une où il n’y a pas de bonne réponse.

### 35 min · Trois fois la même chose

- **On parie** (2 min). Que va-t-elle répondre ? Va-t-elle dire qu’elle ne sait pas ?
- **On lit** (3 min). Une personne lit la réponse à voix haute, en entier.
- **On vérifie** (6 min). Qui sait ? Que dit le dictionnaire, le plan, la personne qui a fait ce métier vingt ans ? On souligne ce qui est juste, faux, ou invérifiable.
- On repose la même question autrement. Est-ce la même réponse ?

### 15 min · On en parle

À quoi est-ce que cela nous servirait ? À quoi pas du tout ? Qu’est-ce qu’on ne lui écrirait jamais ? Notez les questions qui restent.

### Si une seule personne parle

Passez le clavier à sa voisine, et demandez à la personne qui parle de deviner la réponse suivante.`,
}

/** The four resources with which a directory begins, which its team may change and withdraw like any other. */
export const STARTER_RESOURCES: readonly Written[] = [GAME, DEBATE, WORKSHOP, DISCUSSION]
