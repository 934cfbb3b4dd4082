import type { login as english } from '../en/login.ts'

export const login: typeof english = {
  title: 'Anmelden',
  submit: 'Anmelden',
  forgotten: 'Passwort vergessen?',
  register: 'Konto anlegen',
  noAccount: 'Noch kein Konto?',
  loggedOut: 'Sie wurden abgemeldet.',
  began: 'Diese Anmeldung gilt nicht mehr. Geben Sie Ihr Passwort noch einmal ein.',
  notKept: 'Ihr Browser hat die Sitzung nicht behalten. Erlauben Sie Cookies für diese Seite und melden Sie sich noch einmal an.',
  deviceTitle: 'Dieser Browser wird wiedererkannt',
  deviceText:
    'Jede Anmeldung hinterlässt ein Cookie. Wenn Fremde Ihr Passwort raten, bis Anmeldungen gesperrt sind, können Sie sich von diesem Browser aus weiter anmelden. Das Cookie ersetzt weder Passwort noch Code, und in Ihrem Konto können Sie es entfernen.',
  appLead: 'Geben Sie den sechsstelligen Code ein, den Ihre Authenticator-App zeigt.',
  mailLead: 'Wir haben einen Code an Ihre E-Mail-Adresse geschickt. Geben Sie ihn hier ein.',
  sentLead: 'Wir haben Ihnen einen Code geschickt. Geben Sie ihn hier ein.',
  appLabel: 'Code aus Ihrer App',
  sentLabel: 'Code, den wir Ihnen geschickt haben',
  startOver: 'Von vorn beginnen',
  enrollLead: 'Ihre Rolle verlangt einen zweiten Faktor. Richten Sie ihn jetzt ein, um sich anzumelden.',
  removedTitle: 'Ihr zweiter Faktor wurde entfernt',
  removedText: 'Das war Ihr letzter Wiederherstellungscode, und er hat Ihren zweiten Faktor entfernt.',
  removedWarning: 'Ab jetzt genügt Ihr Passwort allein. Richten Sie in Ihrem Konto bald einen neuen zweiten Faktor ein.',
  goOn: 'Weiter',
  serviceTitle: 'Einen Moment',
  service: 'Der Dienst ist nicht erreichbar. Wir versuchen es weiter.',
}
