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
  wait: 'Sie können es wieder versuchen in',
  waitFor: (minutes, seconds) =>
    `Versuchen Sie es in ${minutes === 0 ? '' : `${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'} und `}${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} noch einmal.`,
  waitOver: 'Sie können es jetzt wieder versuchen.',
}
