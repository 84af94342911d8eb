import type { ReferentTitle } from '../../../../node/domain/referents/referent.ts'
import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench } from '../../durations.ts'
import { ofName, toName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'
import { departementsText } from '../departements.ts'

type Mandate = {
  role: string
  territory: string
  from: string
  until: string
  siteName: string
  /** The site of the person's own profile, where the mandate names it. */
  profile: string | undefined
}

/** The texts about referents: public pages, their own pages, and the mails about them. */
export const referentFr = typesetFrench({
  role: {
    référente: 'référente',
    référent: 'référent',
    neutre: 'référente ou référent',
  } satisfies Record<ReferentTitle, string>,
  held: (territory: string) => `Répond pour ce territoire : ${territory}.`,
  panel: {
    heading: {
      référente: 'Votre référente locale',
      référent: 'Votre référent local',
      neutre: 'Votre référente ou référent local',
    } satisfies Record<ReferentTitle, string>,
    headingSeveral: 'Vos référentes et référents locaux',
    headingTeam: 'Qui contacter ici',
    is: (name: string, role: string, territory: string) => `${name}, ${role} : ${territory}`,
    wider:
      'Personne n’a encore ce rôle pour ce territoire. Qui répond pour le territoire au-dessus :',
    team: (siteName: string) =>
      `Personne n’a encore ce rôle ici. L’équipe ${ofName(siteName)} vous répond.`,
    helps:
      'Pour accueillir un café, trouver une animatrice ou un animateur, ou poser une question.',
    until: (date: string) => `Mandat jusqu’au ${date}.`,
    proof: 'Attestation signée',
    profile: 'Son profil',
    write: 'Lui écrire',
    writeSeveral: 'Leur écrire',
    writeTeam: 'Écrire à l’équipe',
    others: 'Toutes les référentes, tous les référents',
    noMail: 'Pour joindre l’équipe :',
    contact: 'la page de contact',
  },
  contact: {
    title: (territory: string) => `Écrire : ${territory}`,
    to: (who: string) => `Votre message est remis ${toName(who)}.`,
    toTeam: (siteName: string) => `Votre message est remis à l’équipe ${ofName(siteName)}.`,
    privacy:
      'Votre adresse est donnée à qui lit ce message, pour vous répondre ; ce site ne la garde pas.',
    name: 'Votre nom',
    email: 'Votre adresse e-mail',
    emailHint: 'Pour recevoir la réponse.',
    message: 'Votre message',
    submit: 'Envoyer',
    nameMissing: 'Écrivez votre nom, ou celui de votre structure.',
    emailWrong: 'Cette adresse e-mail est incomplète. Exemple : nom@exemple.fr',
    messageMissing: 'Écrivez votre message.',
    messageLong: 'Ce message est trop long : 3 000 caractères au plus.',
    tooMany: 'Beaucoup de messages sont partis d’ici depuis une heure. Réessayez plus tard.',
    full: 'Beaucoup de messages sont déjà arrivés par ce formulaire aujourd’hui, et le vôtre n’est pas parti. Réessayez demain.',
    sent: 'Message en route',
    sentLead:
      'La réponse viendra à l’adresse que vous avez donnée. Sans réponse, écrivez à l’équipe du site par la page « Contact ».',
    back: (territory: string) => `Revenir à : ${territory}`,
    mail: {
      subject: (name: string) => `Message ${ofName(name)}, par l’annuaire des cafés IA`,
      text: (p: {
        name: string
        siteName: string
        territory: string
        message: string
        email: string
      }) =>
        `${p.name} vous écrit par ${p.siteName}, depuis la page : ${p.territory}.

${p.message}

--
Répondez à ce courriel : votre réponse ira à ${p.email}.
Votre adresse n’a pas été montrée. Elle le sera si vous répondez.`,
    },
  },
  list: {
    title: 'Les référentes et les référents',
    menu: 'Référentes et référents',
    lead: 'Une personne pour chaque territoire : elle connaît les lieux, aide à organiser un premier café et répond aux questions.',
    skip: 'Passer la carte : lire la liste des départements',
    legend: 'Par département',
    filled: 'quelqu’un répond',
    vacant: 'à pourvoir',
    shape: (name: string, code: string, filled: boolean) =>
      `${name} (${code}) : ${filled ? 'quelqu’un répond' : 'à pourvoir'}`,
    count: (filled: readonly string[], vacant: number) => {
      const some = `${departementsText(filled)} ${filled.length < 2 ? 'a' : 'ont'}`
      const who = filled.length === 0 ? 'Aucun territoire n’a encore' : some
      const rest = vacant === 0 ? 'aucun n’est à pourvoir' : `${vacant} à pourvoir`
      return `${who} une référente ou un référent ; ${rest}.`
    },
    byDepartement: 'Par département',
    nobody: 'Personne n’est encore nommé.',
    vacancies: 'À pourvoir',
    vacanciesLead:
      'En attendant, la personne qui répond pour la région, ou l’équipe de l’annuaire, répond pour ces territoires.',
    willing: 'Ce rôle vous tente, ou vous pensez à quelqu’un ?',
    willingLink: 'Écrivez à l’équipe',
  },
  person: {
    title: 'Devenir référente ou référent',
    proposed: (by: string, territory: string) =>
      `${by} vous propose de répondre pour ce territoire : ${territory}.`,
    dates: (from: string, until: string) => `Du ${from} au ${until}.`,
    what: 'Ce que l’on vous demande',
    tasks: `Répondre aux personnes et aux lieux de votre territoire qui vous écrivent par l’annuaire.
Regarder de temps en temps ce qui attend : nouveaux lieux, cafés en double, demandes.
Dire quand vous n’avez plus le temps : une autre personne prendra la suite.`,
    public: 'Ce qui sera public, et où',
    /** The text of the consent, which is stored word for word with its date. */
    consent: ({ role, territory, from, until, siteName, profile }: Mandate) =>
      `J’accepte que le site « ${siteName} » montre à tout le monde : mon nom tel qu’il est écrit ici, mon rôle (${role}), le territoire (${territory}) et les dates du mandat (du ${from} au ${until}).
Où : sur les pages de ce territoire et de ceux qu’il contient, dans la liste des référentes et référents, dans les données ouvertes de l’annuaire, et dans une attestation signée que chacun peut copier et vérifier.${profile === undefined ? '' : ` L’annuaire et l’attestation donnent l’adresse de mon profil d’animation, sur ${profile}, et ce profil le dit aussi.`}
Mon adresse e-mail n’est jamais montrée : l’annuaire me remet les messages.
Je peux arrêter à tout moment par ce lien : mon nom quitte alors l’annuaire tout de suite et l’attestation est révoquée. Les copies que d’autres ont faites ne peuvent pas toutes être effacées.`,
    name: 'Votre nom, tel qu’il sera montré',
    nameMissing: 'Écrivez le nom à montrer. Un prénom ou un pseudonyme suffit.',
    word: 'Le mot pour vous',
    texts: {
      référente: 'Référente',
      référent: 'Référent',
      neutre: 'Référente ou référent',
    } satisfies Record<ReferentTitle, string>,
    email: 'Votre adresse e-mail',
    emailHint: 'Jamais montrée. L’annuaire y remet les messages.',
    emailWrong: 'Cette adresse e-mail est incomplète. Exemple : nom@exemple.fr',
    agree: 'J’ai lu ce texte et je suis d’accord.',
    agreeMissing: 'Cochez cette case pour accepter, ou refusez plus bas.',
    changed:
      'Les dates ont changé, ou cette adresse est déjà proposée pour ce territoire. Relisez, puis acceptez ou refusez.',
    other: (until: string) => `Continuer jusqu’au ${until} ?`,
    otherLead: 'L’équipe vous propose cette date. Tant que vous n’acceptez pas, rien ne change.',
    acceptOther: 'Accepter cette date',
    keepDate: 'Garder la date d’aujourd’hui',
    accept: 'Accepter',
    decline: 'Refuser',
    declineLead:
      'Vous ne voulez pas, ou pas maintenant ? Votre nom et votre adresse seront effacés.',
    consented: 'C’est noté, merci',
    consentedLead:
      'L’équipe de l’annuaire a votre accord. Quand elle vous aura nommée ou nommé, elle vous donnera un lien pour entrer dans votre espace.',
    declined: 'C’est noté',
    declinedLead: `Vous avez refusé. Votre adresse est déjà effacée, votre nom le sera dans ${daysInFrench(RETENTION_DAYS.declinedMandate)}.`,
    appointed: (role: string, territory: string) => `Vous êtes ${role} : ${territory}`,
    appointedLead: (until: string) => `Votre mandat court jusqu’au ${until}.`,
    admin: 'Entrer dans votre espace',
    agreed: (date: string) => `Ce que vous avez accepté le ${date} :`,
    resign: 'Arrêter',
    resignLead:
      'Votre nom quitte l’annuaire tout de suite, et l’attestation est révoquée. Vous ne pourrez plus entrer dans l’espace de ce territoire.',
    resignSubmit: 'Oui, j’arrête',
    resigned: 'C’est fait',
    resignedLead: `Vous n’êtes plus référente ou référent. Merci pour ce que vous avez fait. Votre adresse sera effacée dans ${daysInFrench(RETENTION_DAYS.referentAddress)}.`,
    ended: 'Ce mandat est terminé',
    endedLead: 'Rien de vous n’est plus montré par l’annuaire.',
    keep: 'Gardez ce lien : il sert aussi à arrêter, à tout moment.',
    handed: {
      title: 'Accepter depuis votre boîte',
      lead: 'Ce lien vous a été remis : d’autres ont pu le voir. Pour que personne n’accepte à votre place, il ne fait que proposer : vous acceptez par un lien envoyé dans votre boîte.',
      submit: 'Recevoir le lien pour accepter',
      sent: (to: string) => `Un courriel a été envoyé à ${to} : ouvrez-le pour répondre.`,
    },
    /** A site that sends no mail gives the person a code, once. */
    code: {
      title: 'Votre code',
      lead: 'Ce lien vous a été remis : d’autres ont pu le voir. Pour que personne n’accepte à votre place, il ne fait que proposer : vous acceptez avec un code que vous seule ou vous seul avez. Il est montré une fois, ici. Ni l’équipe ni ce site ne peuvent le retrouver.',
      submit: 'Recevoir mon code',
      fresh: 'Notez ce code maintenant, et gardez-le pour vous :',
      freshHint:
        'Il n’est plus jamais montré. Il sert à accepter, à changer de date ou de profil, et à entrer la première fois dans votre espace. Pour refuser ou arrêter, le lien suffit.',
      made: (day: string) =>
        `Un code a été donné ici le ${day}. Si ce n’était pas à vous, refusez, et demandez à l’équipe une autre proposition ; de même si vous l’avez perdu.`,
      field: 'Votre code',
      hint: 'Trois groupes de cinq lettres ou chiffres.',
      wrong: 'Ce code n’est pas celui de ce mandat. Exemple : abcde-fghjk-mnpqr',
      often: 'Trop d’essais pour ce mandat. Essayez de nouveau demain.',
      open: 'Changer quelque chose',
      openLead: 'Donnez votre code pour répondre à une nouvelle date ou montrer votre profil.',
      openSubmit: 'Continuer',
    },
  },
  profile: {
    title: 'Votre profil d’animation',
    lead: 'Vous avez un profil public d’animatrice ou d’animateur ? Copiez cette adresse dans la page de votre profil, partie « Référente, référent d’un territoire », puis revenez ici pour dire oui.',
    claims:
      'Ce profil dit que ce mandat est le sien. Si c’est le vôtre, voici ce que vous acceptez :',
    tie: 'Oui, c’est mon profil',
    tied: 'Ce mandat montre votre profil :',
    untie: 'Ne plus montrer ce profil',
    gone: 'Rien n’a changé : ce profil n’est plus public, ne nomme plus ce mandat, ou le mandat est fini.',
  },
  access: {
    title: 'Entrer dans votre espace',
    lead: (territory: string, email: string) =>
      `Choisissez un mot de passe pour l’espace : ${territory}. Vous entrerez avec l’adresse ${email}.`,
    known: (email: string) =>
      `Vous êtes connectée ou connecté avec l’adresse ${email} : ce territoire s’ajoute à votre compte.`,
    signInFirst: (email: string) =>
      `L’adresse ${email} a déjà un compte ici. Connectez-vous avec ce compte, puis ouvrez ce lien de nouveau : il sert encore.`,
    submit: 'Entrer',
    attach: 'Ajouter à mon compte',
  },
})
