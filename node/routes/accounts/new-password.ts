import { PASSWORD_MAX, PASSWORD_MIN } from '../../store/accounts/accounts.ts'

/** Reads the password that was typed twice, or why it is not accepted. */
export function readNewPassword(form: FormData): {
  password: string
  problems: ('mismatch' | 'tooShort' | 'tooLong')[]
} {
  const password = passwordOf(form, 'password')
  const problem = findPasswordProblem(password)
  if (problem) return { password, problems: [problem] }
  const isSame = password === passwordOf(form, 'passwordAgain')
  return { password, problems: isSame ? [] : ['mismatch'] }
}

/** Finds why a password is not accepted, whatever it is for. */
export function findPasswordProblem(password: string): 'tooShort' | 'tooLong' | undefined {
  if ([...password].length < PASSWORD_MIN) return 'tooShort'
  return password.length > PASSWORD_MAX ? 'tooLong' : undefined
}

/** Reads a password. Spaces are part of it; one that is longer than any that can be chosen is never right. */
export function passwordOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, PASSWORD_READ_MAX) : ''
}

const PASSWORD_READ_MAX = 1_000
