import type { ProblemCode } from '../../../node/domain/values/problem.ts'

/** A sentence, or a function that makes one from `detail` (a limit, candidates), which may be empty. */
export type ProblemText = string | ((detail: string) => string)

export const problemsFr: Record<ProblemCode, ProblemText> = {
  required: 'Ce champ est nécessaire.',
  too_many: (detail) => `Il y en a trop${detail ? ` : ${detail} au plus` : ''}.`,
  too_long: (detail) => `Ce texte est trop long${detail ? ` : ${detail} caractères au plus` : ''}.`,
  too_short: (detail) =>
    `Ce texte est trop court${detail ? ` : ${detail} caractères au moins` : ''}.`,
  invalid: 'Cette réponse n’est pas comprise.',
  not_a_choice: (detail) =>
    `Cette réponse n’est pas comprise${detail ? ` ; sont possibles : ${detail}` : ''}.`,
  cedex_alone:
    'Un code Cedex ne dit pas sa commune : écrivez-la, seule ou derrière le code (35042 Rennes).',
  unknown_place: 'Cette commune n’est pas connue. Essayez avec son code postal, par exemple 35000.',
  ambiguous_place: (detail) =>
    `Plusieurs communes correspondent : choisissez la bonne${detail ? ` (${detail})` : ''}.`,
  outside_territory: 'Ce lieu n’est pas dans votre territoire.',
  outside_place: 'Ce territoire n’est pas dans celui que nomme le lieu : donnez l’un ou l’autre.',
  place_required:
    'Pour ranger par distance, donnez aussi un lieu : un code postal, une ville ou un point.',
  not_a_past_month: 'Donnez une année et un mois déjà passés. Exemple : 2026-05.',
  no_date: 'Aucune date ne correspond.',
  too_many_dates: (detail) => `Cela fait trop de dates : ${detail ?? 400} au plus.`,
  not_of_series: (detail) =>
    `Aucune date de la série n’est ce jour-là${detail ? ` : ${detail}` : ''}.`,
  not_a_closure: (detail) =>
    `Nous ne comprenons pas ${detail ? `« ${detail} »` : 'cette ligne'}. Exemple : 24/12/2026 au 03/01/2027 : fin d’année.`,
  too_long_pause: 'Une pause dure un an au plus.',
  once_only: 'Une série se publie tout de suite, ou se garde en brouillon.',
  not_a_date: 'Cette date n’existe pas. Exemple : 2026-12-03.',
  not_a_time: 'Cette heure n’existe pas. Exemple : 18:30.',
  time_required: 'Donnez aussi l’heure. Exemple : 2026-12-03T18:30.',
  contradicts_place: (detail) =>
    `Ce code Insee est celui d’une autre commune${detail ? ` : ${detail}` : ''}. Corrigez l’un ou l’autre.`,
  far_from_place: (detail) =>
    `Ce point est loin de la commune${detail ? ` (${detail})` : ''}. Vérifiez la latitude et la longitude, ou laissez-les vides.`,
  status_by_action:
    'L’état d’un café ne se change pas ainsi : annulez-le, reportez-le, passez-le en ligne ou rétablissez-le (cancel, postpone, move-online, reinstate).',
  other_structure:
    'Aucune structure de ce nom n’est ouverte ici, ou ce jeton n’écrit pas pour elle. Donnez la fin de l’adresse de sa page.',
  other_key:
    'Ce n’est pas la clé de ce que vous écrivez ici. Laissez-la de côté, ou donnez la même.',
  in_the_past: 'Cette date est déjà passée.',
  ends_before_start: 'La fin doit venir après le début.',
  published_too_late: 'Choisissez une date de publication avant le début du café.',
  too_long_event: 'Un café dure au plus une semaine. Vérifiez la date et l’heure de fin.',
  not_an_url: 'Donnez une adresse complète, par exemple https://www.exemple.fr',
  inner_address:
    'Cette adresse n’est pas publique : donnez l’adresse https d’un serveur qui est sur internet',
  unknown_search:
    'Cette recherche n’est pas comprise : donnez les conditions d’une adresse de recherche, par exemple territory=35&mode=online',
  not_a_timezone: 'Ce fuseau horaire n’est pas connu. Exemple : Europe/Paris.',
  price_refused: 'Un café IA est gratuit : il ne peut pas avoir de prix.',
  alt_required: 'Décrivez l’image en quelques mots, pour les personnes qui ne la voient pas.',
  image_again:
    'Choisissez la photo à nouveau : tant que quelque chose est à corriger, elle n’est pas gardée.',
  image_unreachable: 'Aucune image n’a pu être prise à cette adresse en dix secondes.',
  image_unreadable:
    'Cette image ne peut pas être lue. Choisissez un fichier JPEG, PNG, WebP, AVIF ou GIF.',
  image_too_large:
    'Cette image est trop grande : 10 Mo et 24 millions de points au plus, 12 millions en AVIF.',
  cafes_full: (detail) =>
    `Votre structure a déjà ${detail} cafés à venir, brouillons compris : c’est sa part sur ce site. Supprimez des brouillons, ou demandez à l’équipe du site d’agrandir cette part.`,
  pictures_full:
    'Votre structure a déjà toutes les images de sa part sur ce site : demandez à l’équipe du site de l’agrandir.',
  file_empty: 'Ce fichier est vide. Choisissez-en un autre.',
  number_out_of_range: (detail) =>
    detail ? `Donnez un nombre dans ces limites : ${detail}.` : 'Ce nombre est hors des limites.',
  venue_required: 'Dites où le café a lieu, ou choisissez « En ligne ».',
  online_url_required: 'Donnez le lien pour rejoindre le café en ligne.',
  registration_url_required: 'Donnez l’adresse de la page d’inscription.',
  sign_up_required:
    'Dites comment s’inscrire : le lien en ligne n’est donné qu’aux personnes inscrites.',
  phone_required: 'Donnez le numéro de téléphone à appeler pour s’inscrire.',
  adults_only:
    'Il faut avoir 18 ans ou plus pour figurer ici. Avant, parlez-en à la structure : elle peut vous accueillir à un café sans publier votre nom.',
  not_an_alias:
    'Trois à trente lettres sans accent, chiffres et tirets, en commençant par une lettre. Exemple : camille-r.',
  not_free: 'Cette adresse n’est pas libre. Choisissez-en une autre.',
  consent_required: 'Sans votre accord sur ce point, rien n’est publié.',
  not_an_email: 'Cette adresse e-mail est incomplète. Exemple : prenom@exemple.fr.',
  contact_required: 'Donnez une adresse e-mail ou un numéro de téléphone.',
  not_json: 'Le corps de la requête n’est pas du JSON.',
  unknown_field: 'Ce champ n’existe pas.',
  end_and_duration: 'Donnez la fin ou la durée, pas les deux.',
  two_to_six: 'Donnez de deux à six réponses.',
  more_than_participants: (detail) =>
    `C’est plus que les personnes présentes${detail ? ` (${detail})` : ''}.`,
  question_email:
    'Retirez l’adresse de courriel : tout le monde lira cette question, et quelqu’un pourrait s’en servir.',
  question_phone:
    'Retirez le numéro de téléphone : tout le monde lira cette question, et quelqu’un pourrait s’en servir.',
  question_person:
    'Retirez le nom de la personne : une question est publique, et personne n’a demandé à y figurer.',
  question_link:
    'Écrivez la question en mots : une adresse de page ou des balises n’ont pas leur place ici.',
  more_than_capacity: 'Il ne peut rester plus de places qu’il n’y en a.',
  for_directories: 'Seul un annuaire annonce un café pour une autre structure.',
  unknown_parameter: 'Ce paramètre n’existe pas ici.',
}

/** Sentences for a certain field, where the general one would not say what to write. */
export const problemsOfFieldFr: { readonly [fieldAndCode: string]: ProblemText } = {
  'consent.consent_required':
    'Cochez cette case si les personnes que l’on reconnaît sont d’accord ; sinon, choisissez une autre photo.',
  'participants.required': 'Donnez un nombre, par exemple 12.',
  'participants.invalid': 'Donnez un nombre entier, par exemple 12.',
  'firstTimers.invalid': 'Donnez un nombre entier, par exemple 4.',
  'phone.invalid': 'Donnez un numéro de téléphone, par exemple 02 99 00 00 00.',
  'registration.capacity.invalid': 'Donnez un nombre entier, par exemple 15.',
  'registration.capacity.number_out_of_range': 'Donnez un nombre de 1 à 100 000.',
  'latitude.invalid':
    'Donnez la latitude et la longitude, ou aucune des deux. La latitude va de -90 à 90, par exemple 48,1113.',
  'longitude.invalid':
    'Donnez la latitude et la longitude, ou aucune des deux. La longitude va de -180 à 180, par exemple -1,68.',
}
