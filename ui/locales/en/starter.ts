import type { starterFr } from '../fr/starter.ts'

export const starterEn: typeof starterFr = {
  title: 'Your first AI café',
  programmeTitle: 'An hour and a half together',
  programmeLead:
    'A conversation, no lecture: nobody has to be an expert, nor have you. Chairs in a circle, something to drink, a question in the middle.',
  steps: [
    '10 min|People arrive|Everybody takes a drink, says their first name and why they came. Count the people.',
    '15 min|The question of the day|Read the title of the café. Each says in one sentence what they think of it now. Nobody answers.',
    '20 min|Look at something|An example, an article, a picture, a tool that somebody shows. What one sees, then what one thinks of it.',
    '30 min|Talk|In small groups, then all together. Those who have not spoken yet speak first.',
    '10 min|What is left|Write down the questions without an answer: they make the next café. What has changed for you?',
    '5 min|What is next|Give the date of the next one, and say where to find it. Who would bring somebody?',
  ].join('\n'),
  countingTitle: 'Count, without registration',
  countingLead:
    'A box for each person, without a name. The number is all you need to say how many came.',
  came: 'Came today',
  first: 'Of these, for the first time',
  questions: 'The questions left without an answer',
  next: 'The next one',
  checklistTitle: 'What to do, and when',
  checklistLead: 'Nothing else is required.',
  groups: [
    'Three weeks before|Choose a question, a day, an hour, a room that people find|Check: wheelchair, toilets, chairs, hearing loop|Announce the café on the site|Tell the town hall, the library, associations, the paper',
    'Two weeks before|Print the poster and hang it where people wait|Give flyers to those who will talk about it|Send the mail to those who came before',
    'The day before|Read the page of the café again: day, hour, place|Prepare water, coffee, glasses, paper, pens|Print the sheet to tick',
    'On the day|Open a quarter of an hour early, with the poster on the door|Greet everybody at the entrance',
    'The day after|Write down how many came, and the questions|Set the next date|Take the posters down',
  ].join('\n'),
}
