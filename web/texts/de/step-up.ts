import type { stepUp as english } from '../en/step-up.ts'

export const stepUp: typeof english = {
  title: 'Bestätigen Sie, dass Sie es sind',
  lead: 'Was Sie vorhaben, verlangt einen frischen Nachweis.',
  wait: 'Ein Code gilt nur einmal. Haben Sie sich gerade mit einem angemeldet, warten Sie auf den nächsten.',
  wrongPassword: 'Dieses Passwort ist falsch.',
  confirm: 'Bestätigen',
}
