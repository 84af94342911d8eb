import { LINK_MINUTES } from '../../../../node/domain/values/link.ts'
import { plural } from '../../../../node/domain/values/number-text.ts'
import { minutesInFrench } from '../../durations.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

const inDays = (days: number): string =>
  days === 0 ? 'aujourd’hui' : days === 1 ? 'demain' : `dans ${days} jours`

/** The texts of mails to referents and to the team, in French only, like all mails between sites. */
export const referentMailsFr = typesetFrench({
  ask: {
    subject: (territory: string) => `Devenir référente ou référent : ${territory} ?`,
    text: (p: { by: string; territory: string; siteName: string; link: string }) =>
      `Bonjour,

${p.by} vous propose de répondre pour ce territoire du réseau des cafés IA : ${p.territory}.

Cette page dit ce que l’on vous demande, et ce qui serait public. Vous y acceptez, ou vous refusez :
${p.link}

Sans réponse, rien n’est public. Gardez ce lien : il sert aussi à arrêter, à tout moment.

${p.siteName}`,
  },
  appointed: {
    subject: (territory: string) => `Votre espace : ${territory}`,
    text: (p: {
      name: string
      role: string
      territory: string
      until: string
      link: string
      notMe: string
      siteName: string
    }) =>
      `Bonjour ${p.name},

Vous êtes ${p.role} du réseau des cafés IA, pour : ${p.territory}. Votre mandat court jusqu’au ${p.until}.

Pour entrer dans votre espace la première fois (le lien sert ${minutesInFrench(LINK_MINUTES['referent-access'])}) :
${p.link}

Vous y verrez les lieux, les cafés, les demandes de votre territoire, et ce qui vous attend.

Ce n’est pas moi : si cette nomination ne vous concerne pas, dites-le ici. Le mandat s’arrête, et l’équipe est prévenue :
${p.notMe}

${p.siteName}`,
  },
  extension: {
    subject: (territory: string) => `Une autre date pour votre mandat : ${territory} ?`,
    text: (p: { name: string; until: string; link: string; siteName: string }) =>
      `Bonjour ${p.name},

L’équipe vous propose de répondre pour votre territoire jusqu’au ${p.until}. Cette page montre ce qui serait public. Vous y acceptez, ou vous gardez la date d’aujourd’hui :
${p.link}

Sans réponse, rien ne change.

${p.siteName}`,
  },
  ended: {
    subject: (territory: string) => `Votre mandat est terminé : ${territory}`,
    text: (p: { name: string; siteName: string }) =>
      `Bonjour ${p.name},

Votre mandat est terminé. Votre nom a quitté l’annuaire, et l’attestation est révoquée. Merci pour ce que vous avez fait.

${p.siteName}`,
  },
  disowned: {
    subject: (territory: string) => `« Ce n’est pas moi » : un mandat s’est arrêté, ${territory}`,
    text: (p: { name: string; territory: string; link: string }) =>
      `Qui lit la boîte du mandat ${ofName(p.name)} (${p.territory}) a répondu : « Ce n’est pas moi ». Le mandat est terminé, l’attestation est révoquée, et l’adresse n’y est plus. Demandez à la personne quelle est son adresse avant de la proposer de nouveau :
${p.link}`,
  },
  reminder: {
    subject: (days: number, territory: string) =>
      `Votre mandat se termine ${inDays(days)} : ${territory}`,
    text: (p: { name: string; until: string; siteName: string }) =>
      `Bonjour ${p.name},

Votre mandat se termine le ${p.until}. Si vous voulez continuer, répondez à l’équipe : elle vous proposera une autre date, que vous accepterez par un lien. Sinon, vous n’avez rien à faire.

${p.siteName}`,
  },
  reminderTeam: {
    subject: (days: number, territory: string) =>
      `Un mandat se termine ${inDays(days)} : ${territory}`,
    text: (p: { name: string; until: string; territory: string; link: string }) =>
      `Le mandat ${ofName(p.name)} (${p.territory}) se termine le ${p.until}. Pour lui proposer une autre date :
${p.link}`,
  },
  silent: {
    subject: (territory: string) => `Personne n’a répondu depuis longtemps : ${territory}`,
    text: (p: { name: string; territory: string; days: number; link: string }) =>
      `${p.name}, qui répond pour ${p.territory}, n’est pas venu dans son espace depuis ${p.days} jours.

Ce qui attend là-bas vous revient pour l’instant :
${p.link}`,
  },
  weekly: {
    subject: (territory: string, total: number) =>
      `Cette semaine, ${territory} : ${plural(total, 'chose attend', 'choses attendent')}`,
    text: (p: {
      name: string
      territory: string
      lines: string
      link: string
      settings?: string | undefined
      siteName: string
    }) =>
      `Bonjour ${p.name},

Ce qui attend : ${p.territory}.

${p.lines}

Votre espace :
${p.link}${p.settings === undefined ? '' : `\n\nRecevoir ceci chaque jour, ou ne plus le recevoir :\n${p.settings}`}

${p.siteName}`,
    suggested: (n: number) =>
      `- ${plural(n, 'café proposé attend', 'cafés proposés attendent')} votre décision`,
    joining: (n: number) =>
      `- ${plural(n, 'lieu demande', 'lieux demandent')} à rejoindre l’annuaire`,
    duplicates: (n: number) =>
      `- ${plural(n, 'café annoncé', 'cafés annoncés')} par deux sites, à vérifier`,
    hidden: (n: number) => `- ${plural(n, 'café caché', 'cafés cachés')}, à regarder`,
    silent: (n: number) => `- ${plural(n, 'site ne répond', 'sites ne répondent')} plus`,
    requests: (n: number) => `- ${plural(n, 'demande', 'demandes')} de café depuis un an`,
    toCome: (n: number) => `- ${n === 0 ? 'Aucun café' : plural(n, 'café', 'cafés')} à venir`,
  },
})
