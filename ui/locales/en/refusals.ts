import type { RefusalTexts } from '../../../node/domain/values/refusal.ts'

export const refusalsEn: RefusalTexts = {
  'accounts.account_gone': 'This account no longer exists.',
  'accounts.email_taken': 'This e-mail address already belongs to another account.',
  'accounts.invitation_gone': 'This invitation is no longer waiting.',
  'accounts.no_such_role': 'This role does not exist.',
  'accounts.second_factor_required':
    'The team of this site asks each account for a second factor: add it first, on “My account”.',
  'accounts.token_gone': 'This token no longer exists.',
  'admin.mail_gone': 'This message is no longer to be sent.',
  'admin.no_mail_here': 'This site does not send e-mails.',
  'admin.not_an_email': 'This e-mail address is incomplete.',
  'cafes.cafe_gone': 'This café no longer exists.',
  'cafes.changed_meanwhile':
    'One of these announcements has changed meanwhile: look at them again.',
  'cafes.deleted': 'The organiser of this café deleted it.',
  'cafes.not_announced': 'This café does not exist, no longer exists, or is not announced yet.',
  'cafes.not_yours': 'This café does not exist, or it is not your organisation’s.',
  'cafes.one_gone': 'One of these cafés no longer exists.',
  'cafes.series_deleted': 'The organiser of this series deleted it.',
  'cafes.series_of_calendar':
    'The dates of this series come from a calendar that you follow: change them there, or stop following it.',
  'cafes.series_not_yours': 'This series does not exist, or it is not your organisation’s.',
  'cafes.venue_not_yours': 'This venue does not exist, or it is not your organisation’s.',
  'data.agenda_needs_key':
    'OpenAgenda lets nobody read an agenda without a public key: add it at the end of the address (?key=…).',
  'data.calendar_cut': 'The calendar stops in the middle: its end is missing.',
  'data.webhook_gone': 'This webhook no longer exists.',
  'data.calendar_gone': 'This calendar is no longer followed.',
  'data.document_too_large':
    'This file is too large to be verified without JavaScript: at most 1 MB.',
  'data.exports_busy': ({ minutes }) =>
    `Too many files are asked for at the moment. Come back in ${minutes > 1 ? `${minutes} minutes` : 'a minute'}.`,
  'data.files_in_preparation': 'The files are being prepared. Try again in a few moments.',
  'data.import_busy': 'Other files are being read. Try again in a minute.',
  'data.import_too_large': 'This file is too large: at most 5 MB.',
  'data.import_too_slow':
    'This file takes too much time or memory to read. Split it into several files.',
  'data.not_a_calendar': 'There is no calendar or table that we can read at this address.',
  'data.too_many_calendars':
    'You follow 20 calendars already: stop following one before you add another.',
  'data.unknown_agenda': 'OpenAgenda knows no agenda of this name.',
  'directory.following_gone': 'This subscription no longer exists.',
  'directory.hidden_above':
    'The team of the directory, or somebody of a wider territory, has hidden this: ask them to show it.',
  'directory.object_gone': 'What you wanted to hide or show is no longer here.',
  'directory.structure_hidden':
    'The structure of this café is hidden here: show the structure first.',
  'directory.unknown_site': 'This site is not known here.',
  'facilitators.already_accepted': 'This request has been accepted already.',
  'facilitators.already_written': 'This person has written their profile already.',
  'facilitators.profile_gone': 'This profile no longer exists.',
  'follow.not_offered': ({ host }) =>
    `${host} does not let you follow an account from another site. Copy the address below into its search instead.`,
  'flags.gone': 'This report, or what it was about, is no longer here.',
  'flags.not_yours': 'This report is not of your territory.',
  'flags.outcome': 'This cannot be decided about such a page.',
  'flags.same_person':
    'You have made this decision: another person of the team answers the appeal.',
  'follow.not_whole':
    'Write the whole address of your account, for example @camille@mastodon.example',
  'follow.own_address':
    'This is the address of this site. Give that of your own account, on another site.',
  'follow.unknown_account': 'This site does not know this account.',
  'networks.changed_meanwhile': 'This has changed in between: go back to the page of the network.',
  'networks.list_changed_meanwhile':
    'This has changed in between: go back to the page of networks.',
  'networks.manager_gone': 'This person no longer has access.',
  'networks.no_such_network':
    'There is no network at this address. Check it: it contains /reseaux/.',
  'networks.no_such_structure': 'There is no organisation that announces cafés at this address.',
  'networks.not_yours': 'This network does not exist, or is not of your organisation.',
  'referents.directory_not_ready':
    'The directory has not filled in its legal pages yet: its team must do so first.',
  'referents.no_such_request':
    'No place at this address waits for an answer of the team, or it is in another territory. Go back to the page before: what you wrote is still there.',
  'referents.not_your_territory': 'This page does not exist, or is not of your territory.',
  'referents.person_gone': 'This person is no longer known here.',
  'remote.blocked_address': 'This address is not that of a public site.',
  'remote.content_type': 'The site answered something other than what was expected.',
  'remote.network': 'The site does not answer.',
  'remote.no_account': 'There is no account to follow at this address.',
  'remote.not_a_site': 'This address is not that of a site.',
  'remote.other_name': ({ name, host }) =>
    `The account to which @${name}@${host} leads does not have this name.`,
  'remote.redirect': 'This address leads to another one, and then to yet another.',
  'remote.scheme': 'The address must begin with https://.',
  'remote.status': 'The site answered with an error.',
  'remote.status_code': ({ status }) => `The site answered with error ${status}.`,
  'remote.timeout': 'The site did not answer in time.',
  'remote.too_big': 'This file is too big.',
  'remote.unexpected': 'This site does not answer as expected.',
  'remote.unknown_handle': ({ name, host }) => `${host} does not know @${name}@${host}.`,
  'remote.unreachable_account': 'This account cannot be reached.',
  'registrations.gone': 'This registration is gone: the person may have deleted it.',
  'resources.not_yours': 'This resource does not exist, or it is not your organisation’s.',
  'site.administrators_only':
    'This page is for those who administer this site. Ask one of them to do what you wanted, or to give you that role, on the page “Team”.',
  'site.foreign_form':
    'This request does not come from a page of this site: nothing was changed. Open the page from the menu, then try again.',
  'site.form_expired':
    'This page was open for too long: nothing was changed. Go back, reload the page and try again; what you wrote may still be there.',
  'site.form_too_large': 'What was sent is too large.',
  'site.image_too_large':
    'This image is too large: at most 10 MB. Go back to the page before: what you wrote is still there.',
  'site.busy': 'Too many requests are coming in at the moment. Try again in a minute.',
  'site.malformed_address': 'This address is malformed.',
  'site.no_such_page': 'This page does not exist.',
  'site.session_over':
    'Your session is over, and this form is too large to be kept. Sign in in another tab, then go back to the page before: what you wrote is still there.',
  'site.team_only':
    'This page is for the team. Sign in with an account of the team, or ask it for an invitation.',
  'site.unreadable_form': 'This form could not be read. Try again.',
  'structures.file_too_large':
    'This file is too large: at most 10 MB. Go back to the previous page and choose a smaller file, or paste only the lines of your place there.',
  'structures.no_such_structure': 'This structure does not exist, or is not yours.',
  'structures.site_only':
    'This page is for the team of the site. Choose the site at the top of the page, if you belong to it.',
  'structures.suspended':
    'Your structure is suspended: nothing of it can be changed. The home of the administration says why.',
  'territories.not_in_newsletter': 'This café is not in this newsletter.',
}
