import type {
  Closed,
  Need,
  RegistrationState,
  Side,
} from '../../../node/domain/registrations/registration.ts'
import { PROOF_MINUTES } from '../../../node/domain/registrations/seating.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../typography.ts'

const seats = (n: number) => plural(n, 'place', 'places')

/** The texts of registering at a café, for citizens. */
export const registrationFr = typesetFrench({
  form: {
    title: 'Je m’inscris',
    lead: 'Une minute, sans créer de compte. C’est gratuit.',
    full: 'Il ne reste plus de place : vous serez sur la liste d’attente, à votre rang.',
    prenom: 'Votre prénom',
    prenomHint: 'Un surnom convient aussi : c’est ce qu’on dira à l’accueil.',
    places: 'Combien de places ?',
    dates: 'Pour quelles dates ?',
    datesHint: 'Votre place est gardée à chaque date où il en reste. Vous pourrez rendre chacune.',
    oneDate: (when: string) => `Celle-ci seulement : ${when}`,
    allDates: (n: number) => `Toutes les dates à venir (${n})`,
    cote: 'Où viendrez-vous ?',
    sides: { onsite: 'Sur place', online: 'En ligne' } satisfies Record<Side, string>,
    sideFull: '(complet : vous serez sur la liste d’attente)',
    contact: 'Un seul des deux suffit : pour confirmer votre place. Rien d’autre.',
    courriel: 'Votre adresse e-mail',
    telephone: 'Votre numéro de téléphone',
    telephoneHint: 'Sans adresse e-mail, un code s’affiche à la fin : gardez-le.',
    needsFold: 'Il me faut quelque chose pour venir',
    besoins: 'Il me faut, pour venir',
    besoinsHint: 'Ne dites rien de votre santé : nous n’en avons pas besoin.',
    needs: {
      'step-free': 'Un accès sans marche',
      'sign-language': 'Une ou un interprète en langue des signes',
      'hearing-loop': 'Une boucle magnétique',
      'large-print': 'Des documents en gros caractères',
      'call-me': 'Appelez-moi pour en parler',
    } satisfies Record<Need, string>,
    age: 'J’ai 15 ans ou plus, ou un adulte m’inscrit.',
    byAdult: 'C’est un adulte qui inscrit une personne de moins de 15 ans',
    pass: 'Je passe',
    submit: 'Réserver',
    left: (n: number) => (n > 1 ? `Il reste ${seats(n)}.` : 'Il reste une place.'),
    privacy: ({
      who,
      contact,
      day,
      last,
    }: Record<'who' | 'day', string> & Record<'contact' | 'last', string | undefined>) =>
      `Responsable : ${who}.${contact === undefined ? '' : ` À qui parler de vos données : ${contact}.`} Seule son équipe lit vos réponses, pour vous inscrire et vous prévenir comme vous le demandez (RGPD, art. 6 §1 b), rien d’autre. Elles sont effacées le ${day}${last === undefined ? '' : `, et des sauvegardes le ${last} au plus tard (celle d’avant une mise à jour du programme les garde jusqu’à la suivante)`}. Par le lien ou le code de votre inscription, vous les voyez, les changez ou les effacez avant.`,
    privacyLink: 'Vos données',
    nameMissing: 'Dites comment on vous appellera à l’accueil.',
    nameLong: 'Ce prénom est trop long.',
    contactMissing: 'Donnez une adresse e-mail ou un numéro de téléphone.',
    emailWrong: 'Cette adresse e-mail est incomplète. Exemple : camille@mail.example.',
    phoneWrong: 'Ce numéro n’a pas la bonne forme. Exemple : 06 39 98 00 00.',
    phoneForCall: 'Pour que l’équipe vous appelle, donnez votre numéro de téléphone.',
    ageMissing: 'Cochez cette case : une personne de moins de 15 ans est inscrite par un adulte.',
    placesWrong: 'Choisissez de une à six places.',
    notEnough: (free: number) =>
      free > 0 ? `Il ne reste que ${seats(free)}.` : 'Il ne reste plus de place.',
    noMail: 'Ce site n’envoie pas de courriels : donnez votre numéro de téléphone.',
    emailNeeded:
      'Les places que l’on prend sans adresse e-mail sont prises. Donnez une adresse, ou téléphonez au lieu.',
    crowded: (max: number) =>
      `Ce café a déjà ${plural(max, 'inscription', 'inscriptions')} : c’est le plus que ce site peut tenir. Téléphonez au lieu.`,
    tooMany:
      'Trop d’inscriptions viennent de votre réseau. Attendez une heure, ou téléphonez au lieu.',
    tooManyHere:
      'Trop d’inscriptions à ce café viennent de votre réseau. Revenez demain, ou téléphonez au lieu.',
    tooFast: 'Vérifiez vos réponses, puis appuyez de nouveau.',
  },
  sent: {
    title: 'Regardez vos courriels',
    lead: `Un lien est envoyé à cette adresse. Ouvrez-le et appuyez sur le bouton : sans cela, votre inscription n’aura pas de suite. S’il reste des places, les vôtres sont gardées ${PROOF_MINUTES} minutes.`,
    to: 'Adresse donnée :',
    notThere:
      'Rien n’arrive ? Regardez dans les courriels indésirables, et relisez l’adresse. Si vous aviez déjà reçu un lien pour ce café, il sert encore.',
    sendAgain: 'Renvoyer le courriel',
    mend: 'Corriger l’adresse',
    again:
      'Le courriel est renvoyé à cette adresse, une fois par jour au plus. Ouvrez le lien et appuyez sur le bouton : sans cela, votre inscription n’aura pas de suite.',
  },
  code: {
    title: { confirmed: 'Votre place est gardée', waiting: 'Vous êtes sur la liste d’attente' },
    lead: 'Gardez ce code : il permet de voir, de changer ou d’annuler votre inscription.',
    where: (address: string) => `Sur la page ${address}`,
    waitingCall: 'Si une place se libère, l’équipe vous appelle.',
  },
  find: {
    title: 'Retrouver mon inscription',
    lead: 'Tapez le code que la page vous a donné.',
    code: 'Votre code',
    submit: 'Voir mon inscription',
    unknown: 'Ce code n’ouvre aucune inscription. Vérifiez chaque lettre.',
  },
  closed: {
    elsewhere: 'Ce café ne prend pas d’inscription sur ce site.',
    hidden: 'Ce café n’est pas montré sur ce site : on ne peut pas s’y inscrire.',
    off: 'Ce café n’a pas lieu à cette date : on ne peut plus s’y inscrire.',
    begun: 'Ce café a commencé : on ne peut plus s’y inscrire.',
  } satisfies Record<Closed, string>,
  back: 'Voir le café',
  own: {
    title: 'Mon inscription',
    states: {
      unproven: 'Confirmez votre adresse pour garder votre place.',
      confirmed: 'Votre place est gardée.',
      waiting: 'Vous êtes sur la liste d’attente.',
      offered: 'Une place s’est libérée pour vous.',
      cancelled: 'Cette inscription est annulée.',
      lapsed: 'La place proposée n’est plus gardée pour vous.',
    } satisfies Record<RegistrationState, string>,
    name: 'Prénom',
    seats: 'Places',
    rank: 'Rang sur la liste d’attente',
    contact: 'Contact',
    needs: 'Pour l’accueil',
    online: 'Pour se connecter',
    prove: 'Confirmer mon inscription',
    accept: 'Je prends la place',
    acceptMany: 'Je prends les places',
    decline: 'Je laisse la place',
    until: (time: string) => `Répondez avant ${time}.`,
    change: 'Changer le nombre de places',
    notEnough: (free: number) =>
      free > 0
        ? `Il n’y a que ${seats(free)} pour vous : vos places restent comme avant.`
        : 'Il n’y a pas d’autre place : vos places restent comme avant.',
    cancel: 'Annuler mon inscription',
    otherDates: 'Vos autres dates',
    giveBack: 'Rendre cette date',
    erase: 'Effacer tout ce qui me concerne',
    eraseHint: 'Votre place est rendue, et rien de vous ne reste dans la liste du lieu.',
    take: 'Mes données, dans un fichier',
    done: {
      confirmed: 'C’est confirmé : votre place est gardée.',
      waiting: 'C’est noté : vous êtes sur la liste d’attente.',
      declined: 'C’est noté : vous laissez la place.',
      cancelled: 'C’est annulé : merci d’avoir prévenu.',
      changed: 'Le nombre de places est changé.',
      erased: 'Tout est effacé.',
      late: 'Cette proposition n’est plus valable.',
    },
  },
})
