import { PASSWORD_MAX, PASSWORD_MIN } from '../../store/accounts/accounts.ts'

/** The password that was typed twice, or why it is not taken. */
export function readNewPassword(form: FormData): {
  password: string
  problems: ('mismatch' | 'tooShort' | 'tooLong')[]
} {
  const password = passwordOf(form, 'password')
  const isSame = password === passwordOf(form, 'passwordAgain')
  if ([...password].length < PASSWORD_MIN) return { password, problems: ['tooShort'] }
  if (password.length > PASSWORD_MAX) return { password, problems: ['tooLong'] }
  return { password, problems: isSame ? [] : ['mismatch'] }
}

/** Spaces are part of a password; beyond the longest that can be chosen none can be right. */
export function passwordOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, PASSWORD_READ_MAX) : ''
}

const PASSWORD_READ_MAX = 1_000
