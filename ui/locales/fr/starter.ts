import { typesetFrench } from '../typography.ts'

/** What one has at hand who organises for the first time; lines are divided by line breaks, parts of a line by `|`. */
export const starterFr = typesetFrench({
  title: 'Votre premier café IA',
  programmeTitle: 'Une heure et demie ensemble',
  programmeLead:
    'Une conversation, pas un cours : personne n’a besoin d’être expert, vous non plus. Des chaises en cercle, de quoi boire, une question au milieu.',
  steps: [
    '10 min|On arrive|Chacun se sert à boire, dit son prénom, et ce qui l’a fait venir. Comptez les personnes.',
    '15 min|La question du jour|Lisez le titre du café. Chacun dit, en une phrase, ce qu’il en pense maintenant. Personne ne répond.',
    '20 min|On regarde|Un exemple, un article, une image, un outil que quelqu’un montre. Ce que l’on voit, puis ce que l’on en pense.',
    '30 min|On parle|Par petits groupes, puis tous ensemble. Donnez d’abord la parole à qui ne l’a pas eue.',
    '10 min|Ce qui reste|Notez les questions sans réponse : elles feront le prochain café. Qu’est-ce qui a changé pour vous ?',
    '5 min|La suite|Donnez la date du prochain, et dites où la trouver. Qui viendrait avec quelqu’un ?',
  ].join('\n'),
  countingTitle: 'Compter, sans inscription',
  countingLead:
    'Une case par personne, sans nom. Le nombre est tout ce dont vous avez besoin pour dire combien sont venus.',
  came: 'Venus aujourd’hui',
  first: 'Dont : pour la première fois',
  questions: 'Les questions restées sans réponse',
  next: 'Le prochain',
  checklistTitle: 'Ce qu’il faut faire, et quand',
  checklistLead: 'Rien d’autre n’est obligatoire.',
  groups: [
    'Trois semaines avant|Choisir une question, un jour, une heure, une salle que l’on trouve|Vérifier : fauteuil roulant, toilettes, chaises, boucle magnétique|Annoncer le café sur le site|Prévenir la mairie, la médiathèque, les associations, le journal',
    'Deux semaines avant|Imprimer l’affiche et l’accrocher là où les gens attendent|Donner des tracts à qui en parlera|Envoyer le courriel à ceux qui sont déjà venus',
    'La veille|Relire la page du café : le jour, l’heure, le lieu|Prévoir l’eau, le café, des verres, du papier, des stylos|Imprimer la feuille à cocher',
    'Le jour même|Ouvrir un quart d’heure avant, et mettre l’affiche sur la porte|Saluer chacun à l’entrée',
    'Le lendemain|Écrire combien sont venus, et les questions|Fixer le prochain|Décrocher les affiches',
  ].join('\n'),
})
