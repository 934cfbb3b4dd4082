import type { shared as english } from '../en/shared.ts'

export const shared: typeof english = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  loading: 'Wird geladen …',
  tryAgain: 'Noch einmal versuchen',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  newPassword: 'Neues Passwort',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  minutesAndSeconds: (minutes, seconds) => `${minutes}:${String(seconds).padStart(2, '0')}`,
}
