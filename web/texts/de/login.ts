import type { login as english } from '../en/login.ts'

export const login: typeof english = {
  title: 'Anmelden',
  submit: 'Anmelden',
  forgotten: 'Passwort vergessen?',
}
