import { PASSWORD_MAX, PASSWORD_MIN } from '../store/accounts.ts'

/** The password that was typed twice, or why it is not taken. */
export function readNewPassword(form: FormData): {
  password: string
  problems: ('mismatch' | 'tooShort')[]
} {
  const password = passwordOf(form, 'password')
  const isLong = [...password].length >= PASSWORD_MIN && password.length <= PASSWORD_MAX
  const isSame = password === passwordOf(form, 'passwordAgain')
  return { password, problems: isLong ? (isSame ? [] : ['mismatch']) : ['tooShort'] }
}

/** Spaces are part of a password; beyond the longest that can be chosen none can be right. */
export function passwordOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, PASSWORD_READ_MAX) : ''
}

const PASSWORD_READ_MAX = 1_000
