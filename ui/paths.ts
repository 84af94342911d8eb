/** The addresses that pages link to, in one place; routes mount the same. */
export const paths = {
  home: '/',
  cafes: '/cafes',
  pastCafes: '/cafes?passes=1',
  cafe: (id: string) => `/cafes/${id}`,
  cafeCalendar: (id: string) => `/cafes/${id}.ics`,
  agenda: '/agenda.ics',
  /** What other software may read and write, for people. */
  api: '/api',
  desk: '/administration',
  signIn: '/administration/connexion',
  signOut: '/administration/deconnexion',
  /** GET shows a button, POST uses the link up: a mail scanner that opens it spends nothing. */
  signInLink: (token: string) => `/administration/lien/${token}`,
  /** The first steps of a new account: its name, e-mail and password. */
  choosePassword: '/administration/bienvenue',
  newCafe: '/administration/cafes/nouveau',
  editCafe: (id: string) => `/administration/cafes/${id}`,
  cancelCafe: (id: string) => `/administration/cafes/${id}/annuler`,
  deleteCafe: (id: string) => `/administration/cafes/${id}/supprimer`,
  import: '/administration/import',
  confirmImport: '/administration/import/confirmer',
  network: '/administration/reseau',
  peerAction: (id: string, action: PeerAction) => `/administration/reseau/${id}/${action}`,
  join: '/administration/reseau/rejoindre',
  follow: '/administration/reseau/suivre',
  invitations: '/administration/reseau/invitations',
  revokeInvitation: (id: string) => `/administration/reseau/invitations/${id}/retirer`,
  blocks: '/administration/reseau/blocages',
  unblock: (domain: string) =>
    `/administration/reseau/blocages/${encodeURIComponent(domain)}/lever`,
  tokens: '/administration/jetons',
  revokeToken: (id: string) => `/administration/jetons/${id}/revoquer`,
  account: '/administration/compte',
  password: '/administration/compte/mot-de-passe',
  endSession: (id: string) => `/administration/compte/sessions/${id}/fermer`,
} as const

export type PeerAction = 'accepter' | 'refuser' | 'reessayer' | 'bloquer' | 'arreter'

/** A link that may leave the page: only the web's own schemes, whatever a stranger wrote. */
export function webHref(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined
  const { protocol } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? url : undefined
}

export const telHref = (phone: string): string => `tel:${phone.replace(/[^+\d]/gu, '')}`
