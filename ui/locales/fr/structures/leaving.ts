import { plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts for a hosted structure that closes or leaves the site that hosts it. */
export const leavingFr = typesetFrench({
  closeLink: 'Fermer cette structure',
  close: {
    title: (name: string) => `Fermer ${name}`,
    lead: 'La structure cesse d’organiser des cafés ici. Cela ne se défait pas.',
    effects: (toCome: number) =>
      `${toCome === 0 ? 'Aucun café à venir n’est annoncé' : `${plural(toCome, 'café à venir', 'cafés à venir')} : annulés ou effacés, et les personnes inscrites l’apprennent`}.\nL’équipe n’a plus accès : comptes sans autre travail ici, invitations et jetons sont effacés.\nLes profils des personnes qui animent sont retirés partout. L’adresse e-mail et le téléphone de la structure sont effacés.\nSon adresse et son compte ne seront jamais donnés à une autre.`,
    past: 'Que devient ce qui est déjà public ?',
    pasts: {
      kept: 'Les cafés passés, leurs bilans et la page restent, avec une phrase qui dit que la structure a fermé',
      gone: 'Tout s’efface, ici et dans les annuaires : les adresses répondent « parti », le compte dit à ses abonnés qu’il n’est plus là',
    },
    noPast: 'Choisissez ce que devient le passé.',
    sure: 'Je ferme',
    isSure: (name: string) => `Oui, fermer ${name} pour toujours`,
    notSure: 'Cochez cette case pour fermer.',
    submit: 'Fermer la structure',
    doneTitle: 'La structure est fermée',
    done: 'Vos accès sont effacés. Ses cafés sont annulés ou effacés dans les minutes qui viennent ; les autres sites l’apprennent ensuite.',
  },
  closedSince: (day: string) => `Cette structure a fermé le ${day}. Ses cafés passés restent ici.`,
  gone: {
    title: 'Cette structure a fermé',
    text: 'Elle a effacé tout ce qu’elle avait publié ici.',
  },
})
