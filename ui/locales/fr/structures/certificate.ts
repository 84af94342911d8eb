import type { Activity } from '../../../../node/domain/structures/certificate.ts'
import { typesetFrench } from '../../typography.ts'

const facts: Record<keyof Activity, string> = {
  held: 'cafés IA tenus',
  reported: 'cafés racontés : leur équipe a dit combien de monde est venu',
  participations: 'participations déclarées dans ces bilans',
  communes: 'communes où ils ont été tenus',
  firsts: 'fois le premier café IA d’une commune, d’après ce site',
  months: 'mois avec au moins un café',
}

/** The texts of a certificate of activity, on paper and where it is checked. */
export const certificateFr = typesetFrench({
  title: 'Attestation d’activité',
  link: 'Attestation d’activité (PDF)',
  period: (from: string, until: string) => `Du ${from} au ${until}`,
  facts,
  note: 'Ces faits viennent des annonces et des bilans des équipes ; personne d’autre ne les a comptés. Qui revient trois fois compte pour trois participations. Ni note, ni classement.',
  check:
    'Pour vérifier ce papier, lisez ce code avec un téléphone : le site dit si un fait a été changé, et ce qui est vrai aujourd’hui.',
  code: 'Code QR : vérifier cette attestation',
  end: (letters: string) => `Fin de la signature : ${letters}`,
  printed: (site: string, day: string) => `Faite par ${site} le ${day}`,
  checked: {
    heading: 'L’attestation',
    valid: 'Ce papier est authentique : ce site l’a fait, et rien n’y a été changé.',
    wrong:
      'Ne vous fiez pas à ce papier : ce qu’il dit n’est pas ce que ce site a signé. Un fait a été changé, ou le code est inventé.',
    of: (name: string) => `Attestation pour ${name}`,
    gone: 'Cette structure, ou cette personne, n’est plus sur ce site : personne ne peut dire ce qui est vrai aujourd’hui.',
    none: 'Plus aucun café ne compte pour cette période aujourd’hui.',
    compare: 'Comparez chaque nombre avec le papier : seuls ceux-ci sont signés.',
    caption: 'Ce que dit le papier, et ce qui est vrai aujourd’hui pour la même période',
    today: 'Ce qui est vrai aujourd’hui',
    fact: 'Fait',
    onPaper: 'Sur le papier',
    now: 'Aujourd’hui',
    differs:
      'Ce qui diffère a changé depuis : un bilan ajouté, corrigé ou retiré, un café annulé ou masqué.',
    same: 'Rien n’a changé depuis.',
  },
})
