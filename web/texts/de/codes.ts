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
}
