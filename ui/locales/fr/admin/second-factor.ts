import { plural } from '../../../../node/domain/values/number-text.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts of the second factor, and of its mail. */
export const secondFactorFr = typesetFrench({
  title: 'Deuxième facteur',
  code: 'Code',
  codeHint: 'Les six chiffres de votre application, ou un de vos codes de secours.',
  wrong: 'Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, puis recommencez.',
  unreadable:
    'Ce site a perdu la clé qui lui sert à vérifier les codes de votre application. Tapez un code de secours. Une fois dans votre compte, retirez le deuxième facteur avec un autre code de secours, puis ajoutez-le de nouveau.',
  wait: 'Trop de codes ont été essayés. Essayez de nouveau demain.',
  over: 'Dix minutes sont passées, ou cette étape a déjà servi : connectez-vous à nouveau.',
  stepTitle: 'Votre code',
  stepLead: 'Ce compte a un deuxième facteur. Ouvrez votre application et tapez son code.',
  lost: 'Vous n’avez plus votre téléphone ?',
  lostHow:
    'Tapez un code de secours. Vous n’en avez plus ? Une administratrice ou un administrateur peut retirer votre deuxième facteur, sur la page « Équipe » ; à défaut, la personne qui tient le serveur : cafe-ia account factor.',
  isOn: (since: string) => `Un code est demandé à chaque connexion, depuis ${since}.`,
  left: (total: number) =>
    total === 0
      ? 'Il ne vous reste aucun code de secours.'
      : `Il vous reste ${plural(total, 'code de secours', 'codes de secours')}.`,
  isRequired: 'L’équipe de ce site demande un deuxième facteur à chaque compte.',
  why: 'Ce compte lit des adresses de personnes. Avec un deuxième facteur, un mot de passe volé ne suffit plus : à chaque connexion, une application de votre téléphone donne un code. Vos sessions ouvertes et vos jetons restent.',
  begin: 'Ajouter un deuxième facteur',
  newCodes: 'Faire de nouveaux codes de secours',
  end: 'Retirer le deuxième facteur',
  password: 'Votre mot de passe',
  passwordWrong: 'Ce n’est pas votre mot de passe.',
  newTitle: 'Ajouter un deuxième facteur',
  stepApplication:
    'Installez sur votre téléphone une application de codes, par exemple Aegis, FreeOTP ou celle de votre organisation.',
  stepScan: 'Dans cette application, ajoutez un compte en visant ce code :',
  qrLabel: 'Code QR pour votre application ; la même clé est écrite dessous',
  byHand: 'Ou tapez cette clé (à partir du temps, six chiffres) :',
  stepCode: 'Tapez les six chiffres que l’application montre maintenant.',
  confirm: 'Ajouter',
  codesTitle: 'Vos codes de secours',
  codesOnce: 'C’est fait. Ces dix codes ne seront plus jamais montrés.',
  codesKeep:
    'Chacun remplace une fois votre téléphone. Gardez-les sur papier ou dans un gestionnaire de mots de passe, ailleurs que sur ce téléphone.',
  codesKept: 'Je les ai gardés',
  setting: {
    isOn: 'Chaque compte doit avoir un deuxième facteur : sans lui, il n’ouvre que sa page « Mon compte ».',
    isOff: 'Chaque personne choisit d’en avoir un, sur « Mon compte ».',
    ask: 'Le demander à tous les comptes',
    stop: 'Ne plus le demander',
  },
  reset: {
    action: 'Retirer le deuxième facteur',
    title: (name: string) => `Retirer le deuxième facteur ${ofName(name)} ?`,
    effects:
      'Assurez-vous d’abord que c’est bien cette personne qui le demande.\nSon mot de passe, ou un lien par courriel, suffit alors pour entrer.\nElle l’apprend par courriel, et c’est écrit au journal des accès.',
    submit: 'Retirer',
  },
  mail: {
    subject: (site: string) => `Deuxième facteur de votre compte ${ofName(site)}`,
    text: ({
      siteName,
      what,
      contact,
    }: {
      siteName: string
      what: 'on' | 'off' | 'reset' | 'codes'
      contact: string
    }) =>
      [
        {
          on: `Un deuxième facteur vient d’être ajouté à votre compte ${ofName(siteName)} : un code sera demandé à chaque connexion.`,
          off: `Le deuxième facteur de votre compte ${ofName(siteName)} vient d’être retiré.`,
          codes: `De nouveaux codes de secours viennent d’être faits pour votre compte ${ofName(siteName)} ; les précédents ne valent plus.`,
          reset: `Une administratrice ou un administrateur ${ofName(siteName)} vient de retirer le deuxième facteur de votre compte. Vous pouvez en ajouter un autre sur « Mon compte ».`,
        }[what],
        '',
        'Ce n’était pas vous ? Changez votre mot de passe, fermez vos autres sessions sur « Mon compte », et écrivez à l’équipe :',
        contact,
      ].join('\n'),
  },
})
