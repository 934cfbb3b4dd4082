import type { codes as english, stepUp as englishStepUp } from '../en/codes.ts'

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

export const stepUp: typeof englishStepUp = {
  title: 'Bestätigen Sie, dass Sie es sind',
  lead: 'Was Sie vorhaben, verlangt einen frischen Nachweis.',
  wait: 'Ein Code gilt nur einmal. Haben Sie sich gerade mit einem angemeldet, warten Sie auf den nächsten.',
  wrongPassword: 'Dieses Passwort ist falsch.',
  confirm: 'Bestätigen',
}
