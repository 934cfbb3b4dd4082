import type { codes as english } from '../en/codes.ts'

export const codes: typeof english = {
  codeHint: 'Ein eingefügter Code wird sofort geprüft.',
  recoveryLabel: 'Wiederherstellungscode',
  recoveryHint: 'Einer der Codes, die Sie beim Einrichten Ihres zweiten Faktors aufbewahrt haben.',
  send: 'Code schicken',
  sendAgain: 'Neuen Code schicken',
  sent: 'Ein neuer Code ist unterwegs.',
  useRecovery: 'Wiederherstellungscode benutzen',
  useCode: 'Doch einen Code benutzen',
  wait: 'Sie können es wieder versuchen in',
  waitFor: (minutes, seconds) =>
    `Versuchen Sie es in ${minutes === 0 ? '' : `${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'} und `}${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} noch einmal.`,
  waitOver: 'Sie können es jetzt wieder versuchen.',
}
