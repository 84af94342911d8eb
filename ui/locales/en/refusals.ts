/**
 * What the program itself says where something is refused, far from any page, in English by its French; `{}` stands
 * for what changes: a host, a number.
 */
export const refusalsEn: { readonly [french: string]: string } = {
  'Cette adresse est mal formée.': 'This address is malformed.',
  'Cette demande ne vient pas d’une page de ce site.':
    'This request does not come from a page of this site.',
  'Cette page était ouverte depuis trop longtemps.': 'This page was open for too long.',
  'Cette page est réservée aux administratrices et administrateurs.':
    'This page is for administrators only.',
  'Ce formulaire n’a pas pu être lu. Recommencez.': 'This form could not be read. Try again.',
  'Ce qui a été envoyé est trop grand.': 'What was sent is too large.',
  'Cette image est trop grande : 10 Mo au plus. Revenez à la page précédente : ce que vous avez écrit y est encore.':
    'This image is too large: at most 10 MB. Go back to the page before: what you wrote is still there.',
  'Votre session est terminée, et ce formulaire est trop grand pour être gardé. Connectez-vous dans un autre onglet, puis revenez à la page précédente : ce que vous avez écrit y est encore.':
    'Your session is over, and this form is too large to be kept. Sign in in another tab, then go back to the page before: what you wrote is still there.',
  'Ce fichier est trop grand : 5 Mo au plus.': 'This file is too large: at most 5 MB.',
  'Ce fichier demande trop de temps ou de mémoire à lire. Découpez-le en plusieurs fichiers.':
    'This file takes too much time or memory to read. Split it into several files.',
  'D’autres fichiers sont en cours de lecture. Recommencez dans une minute.':
    'Other files are being read. Try again in a minute.',
  'Les fichiers sont en préparation. Réessayez dans quelques instants.':
    'The files are being prepared. Try again in a few moments.',
  'Cette page n’existe pas.': 'This page does not exist.',
  'Ce profil n’existe plus.': 'This profile no longer exists.',
  'Cette demande est déjà acceptée.': 'This request has been accepted already.',
  'Cette personne a déjà écrit son profil.': 'This person has written their profile already.',
  'Cette invitation n’attend plus.': 'This invitation is no longer waiting.',
  'Ce jeton n’existe plus.': 'This token no longer exists.',
  'L’un de ces cafés n’existe plus.': 'One of these cafés no longer exists.',
  'L’une de ces annonces a changé entre-temps : regardez-les de nouveau.':
    'One of these announcements has changed meanwhile: look at them again.',
  'Ce café n’est pas de cette lettre.': 'This café is not in this newsletter.',
  'Ce café n’existe pas.': 'This café does not exist.',
  'Ce café n’existe plus.': 'This café no longer exists.',
  'Ce café n’existe pas, ou n’est pas à votre structure.':
    'This café does not exist, or it is not your organisation’s.',
  'Ce café n’existe pas, n’existe plus, ou n’est pas encore annoncé.':
    'This café does not exist, no longer exists, or is not announced yet.',
  'La structure qui organisait ce café l’a supprimé.': 'The organiser of this café deleted it.',
  'Ce lieu n’existe pas, ou n’est pas à votre structure.':
    'This venue does not exist, or it is not your organisation’s.',
  'Ce message n’est plus à envoyer.': 'This message is no longer to be sent.',
  'Ce compte n’existe plus.': 'This account no longer exists.',
  'Ce rôle n’existe pas.': 'This role does not exist.',
  'Ce site n’est pas connu ici.': 'This site is not known here.',
  'Cet abonnement n’existe plus.': 'This subscription no longer exists.',
  'Ce site n’envoie pas de courriels.': 'This site does not send e-mails.',
  'Cette adresse e-mail est déjà celle d’un autre compte.':
    'This e-mail address already belongs to another account.',
  'Cette adresse e-mail est incomplète.': 'This e-mail address is incomplete.',
  'Cette adresse n’est pas celle d’un site.': 'This address is not that of a site.',
  'Cette adresse n’est pas celle d’un site public.': 'This address is not that of a public site.',
  'L’adresse doit commencer par https://.': 'The address must begin with https://.',
  'Cette adresse renvoie vers une autre, puis une autre encore.':
    'This address leads to another one, and then to yet another.',
  'Trop de fichiers sont demandés en ce moment. Revenez dans une minute.':
    'Too many files are asked for at the moment. Come back in a minute.',
  'Trop de fichiers sont demandés en ce moment. Revenez dans {} minutes.':
    'Too many files are asked for at the moment. Come back in {} minutes.',
  'Ce fichier est trop gros.': 'This file is too big.',
  'Le site n’a pas répondu à temps.': 'The site did not answer in time.',
  'Le site a répondu autre chose que ce qui était attendu.':
    'The site answered something other than what was expected.',
  'Le site a répondu par une erreur.': 'The site answered with an error.',
  'Le site a répondu par l’erreur {}.': 'The site answered with error {}.',
  'Le site ne répond pas.': 'The site does not answer.',
  'Ce site ne répond pas comme attendu.': 'This site does not answer as expected.',
  'Ce site ne connaît pas ce compte.': 'This site does not know this account.',
  '{} ne connaît pas @{}@{}.': '{} does not know @{}@{}.',
  'Il n’y a pas de compte à suivre à cette adresse.':
    'There is no account to follow at this address.',
  'Ce compte ne peut pas être joint.': 'This account cannot be reached.',
  'C’est l’adresse de ce site. Donnez celle de votre propre compte, sur un autre site.':
    'This is the address of this site. Give that of your own account, on another site.',
  '{} ne permet pas de suivre un compte depuis un autre site. Copiez plutôt l’adresse ci-dessous dans sa recherche.':
    '{} does not let you follow an account from another site. Copy the address below into its search instead.',
  'Écrivez l’adresse entière de votre compte, par exemple @camille@mastodon.example':
    'Write the whole address of your account, for example @camille@mastodon.example',
  'Cette page est réservée à l’équipe.': 'This page is for the team.',
  'Cette personne n’est plus connue ici.': 'This person is no longer known here.',
  'Cette page n’existe pas, ou n’est pas de votre territoire.':
    'This page does not exist, or is not of your territory.',
  'Ce réseau n’existe pas, ou n’est pas à votre structure.':
    'This network does not exist, or is not of your organisation.',
  'Cela a changé entre-temps : revenez à la page du réseau.':
    'This has changed in between: go back to the page of the network.',
  'Cela a changé entre-temps : revenez à la page des réseaux.':
    'This has changed in between: go back to the page of networks.',
  'Cette personne n’a plus accès.': 'This person no longer has access.',
  'Il n’y a pas de réseau à cette adresse.': 'There is no network at this address.',
}
