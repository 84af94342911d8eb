import { plural } from '../../../node/domain/values/number-text.ts'
import { ALERT_DAYS } from '../../../node/domain/values/retention.ts'
import { daysInFrench } from '../durations.ts'
import { inTerritoryText } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

/** The texts of the pages and the mails of « Prévenez-moi ». */
export const alertFr = typesetFrench({
  title: 'Prévenez-moi',
  lead: 'Recevez un courriel quand un café est annoncé près de chez vous : un par jour au plus.',
  here: (place: string) =>
    `Recevez un courriel quand un café est annoncé ${inTerritoryText(place)}.`,
  rhythm: 'Quand ?',
  rhythms: {
    new: 'Dès qu’un café est annoncé, un courriel par jour au plus',
    weekly: 'Chaque semaine, la lettre des cafés des deux semaines qui viennent',
  },
  letter: {
    everywhere: 'toute la France',
    title: 'La recevoir chaque semaine',
    lead: (place: string) =>
      `Un courriel par semaine, le jeudi : les cafés des deux semaines qui viennent, ce qui a changé, les questions entendues. Pour : ${place}.`,
    submit: 'Recevoir la lettre',
    keepLead: (place: string) =>
      `Vous recevrez chaque semaine la lettre des cafés IA. Pour : ${place}.`,
    keepDone: (until: string) =>
      `Vous recevrez la lettre chaque semaine, quand elle a quelque chose à dire, jusqu’au ${until}. Chaque lettre a un lien pour arrêter.`,
    stopLead: (place: string) =>
      `Vous ne recevrez plus la lettre des cafés IA. Elle était pour : ${place}.`,
    confirmSubject: 'Confirmez : recevoir la lettre des cafés IA',
    confirm: (props: { siteName: string; place: string; link: string }) =>
      `Bonjour,

Quelqu’un, sans doute vous, a demandé sur « ${props.siteName} » à recevoir chaque semaine la lettre des cafés IA : ${props.place}.

Pour le confirmer, ouvrez ce lien, puis appuyez sur le bouton :
${props.link}

Si ce n’est pas vous, ne faites rien : cette demande sera effacée dans ${daysInFrench(ALERT_DAYS.unconfirmed)}, et votre adresse avec elle si elle ne sert à aucune autre.`,
    renewSubject: 'Voulez-vous encore recevoir la lettre des cafés IA ?',
    renew: (props: {
      siteName: string
      place: string
      until: string
      keep: string
      stop: string
    }) =>
      `Bonjour,

Il y a presque ${daysInFrench(ALERT_DAYS.kept)}, vous avez demandé sur « ${props.siteName} » à recevoir chaque semaine la lettre des cafés IA : ${props.place}.

Pour continuer ${daysInFrench(ALERT_DAYS.kept)} de plus, ouvrez ce lien, puis appuyez sur le bouton :
${props.keep}

Sans réponse, cette demande sera effacée le ${props.until}, et votre adresse avec elle si elle ne sert à aucune autre. Pour l’effacer maintenant :
${props.stop}`,
    foot: (props: { siteName: string; stop: string }) =>
      `Vous recevez cette lettre parce que vous l’avez demandée sur « ${props.siteName} ». Pour arrêter et effacer cette demande :
${props.stop}`,
    stop: 'Arrêter et effacer cette demande',
  },
  limitedTo: (words: string) => `Seulement : ${words}.`,
  email: 'Votre adresse e-mail',
  emailHint: 'Elle ne sert qu’à cela. Elle est effacée dès que vous arrêtez.',
  emailWrong: 'Cette adresse e-mail est incomplète. Exemple : camille@mail.example.',
  where: 'Où ?',
  whereHint: 'Code postal, commune ou département',
  radius: 'Rayon',
  km: (n: number) => `${n} km`,
  placeOf: (place: string, km: number) => `${place}, ${km} km`,
  point: 'votre point sur la carte',
  submit: 'Prévenez-moi',
  tooMany: 'Trop de demandes viennent de votre réseau. Attendez une heure, puis recommencez.',
  several: 'Choisissez le bon lieu :',
  noMail: 'Ce site n’envoie pas de courriels. Vous pouvez suivre les cafés autrement :',
  otherWay: 'Pour savoir qu’un café vient d’être annoncé :',
  followInstead: 'Voir comment suivre les cafés',
  sent: {
    title: 'Regardez vos courriels',
    lead: 'Nous vous avons envoyé un lien. Ouvrez-le et confirmez : sans cela, votre demande n’aura pas de suite.',
    notThere:
      'Rien n’arrive ? Regardez dans les courriels indésirables, ou attendez une heure et recommencez.',
  },
  keep: {
    title: 'Confirmez votre demande',
    lead: (place: string) =>
      `Vous recevrez un courriel quand un café est annoncé ${inTerritoryText(place)}.`,
    submit: 'Oui, prévenez-moi',
    stop: 'Finalement, arrêter et effacer cette demande',
    doneTitle: 'C’est confirmé',
    done: (until: string) =>
      `Vous recevrez un courriel quand un café est annoncé, jusqu’au ${until}. Chaque courriel a un lien pour arrêter.`,
  },
  stop: {
    title: 'Ne plus recevoir ces courriels',
    lead: (place: string) =>
      `Vous ne recevrez plus de courriel sur les cafés ${inTerritoryText(place)}.`,
    submit: 'Arrêter et effacer mon adresse',
    submitOne: 'Arrêter ces courriels',
    doneTitle: 'C’est arrêté',
    done: 'Votre adresse est effacée. Vous ne recevrez plus rien.',
    doneOne:
      'Cette demande est effacée. Votre adresse reste ici pour une autre demande, que le lien de ses courriels arrête.',
  },
  again: 'Faire une nouvelle demande',
  back: 'Voir les cafés',
  mail: {
    confirmSubject: 'Confirmez : être prévenue ou prévenu des cafés IA',
    confirm: (props: { siteName: string; place: string; link: string }) =>
      `Bonjour,

Quelqu’un, sans doute vous, a demandé sur « ${props.siteName} » à être prévenue ou prévenu des nouveaux cafés IA : ${props.place}.

Pour le confirmer, ouvrez ce lien, puis appuyez sur le bouton :
${props.link}

Si ce n’est pas vous, ne faites rien : cette demande sera effacée dans ${daysInFrench(ALERT_DAYS.unconfirmed)}, et votre adresse avec elle si elle ne sert à aucune autre.`,
    subject: (n: number, place: string) =>
      `${plural(n, 'nouveau café IA', 'nouveaux cafés IA')} : ${place}`,
    cafes: (props: {
      siteName: string
      place: string
      total: number
      list: string
      more: number
      stop: string
    }) =>
      `Bonjour,

${props.total < 2 ? 'Un café IA vient d’être annoncé' : `${props.total} cafés IA viennent d’être annoncés`} : ${props.place}.

${props.list}${props.more > 0 ? `\n\nEt ${plural(props.more, 'autre', 'autres')}.` : ''}

Un café IA est gratuit : on y parle ensemble d’intelligence artificielle. Avant de vous déplacer, regardez la page du café : une date peut changer.

Vous recevez ce courriel parce que vous l’avez demandé sur « ${props.siteName} ». Pour arrêter et effacer cette demande :
${props.stop}`,
    renewSubject: 'Voulez-vous encore être prévenue ou prévenu des cafés IA ?',
    renew: (props: {
      siteName: string
      place: string
      until: string
      keep: string
      stop: string
    }) =>
      `Bonjour,

Il y a presque ${daysInFrench(ALERT_DAYS.kept)}, vous avez demandé sur « ${props.siteName} » à être prévenue ou prévenu des nouveaux cafés IA : ${props.place}.

Pour continuer ${daysInFrench(ALERT_DAYS.kept)} de plus, ouvrez ce lien, puis appuyez sur le bouton :
${props.keep}

Sans réponse, cette demande sera effacée le ${props.until}, et votre adresse avec elle si elle ne sert à aucune autre. Pour l’effacer maintenant :
${props.stop}`,
  },
})
