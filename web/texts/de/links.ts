import type { links as english } from '../en/links.ts'

export const links: typeof english = {
  passwordRule: (length) => `Mindestens ${length} Zeichen. Ein paar zufällige Wörter merken Sie sich leichter als Sonderzeichen.`,
  passwordRules: (length, withFactor) =>
    `Mindestens ${length} Zeichen, oder ${withFactor}, wenn Sie einen zweiten Faktor haben. Ein paar zufällige Wörter merken Sie sich leichter als Sonderzeichen.`,

  registerTitle: 'Konto anlegen',
  registerSubmit: 'Konto anlegen',
  registerByMail: 'Wir schicken Ihnen einen Link. Damit wählen Sie Ihr Passwort.',
  registerSend: 'Link schicken',
  registerClosedTitle: 'Die Registrierung ist geschlossen',
  registerClosed: 'Neue Konten legt ein Administrator an. Bitten Sie um eine Einladung.',
  haveAccount: 'Sie haben ein Konto?',
  toLogin: 'Anmelden',
  confirmTitle: 'Registrierung abschließen',
  confirmLead: 'Mit dem Passwort, das Sie hier wählen, wird Ihre E-Mail-Adresse bestätigt.',
  confirmSubmit: 'Registrierung abschließen',

  checkMailTitle: 'Sehen Sie in Ihre Mails',
  checkMail: (email) => `Wenn alles stimmt, ist eine E-Mail an ${email} unterwegs. Öffnen Sie den Link darin.`,
  checkMailLate:
    'Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder prüfen Sie die Adresse und versuchen Sie es noch einmal.',
  otherAddress: 'Noch einmal versuchen',

  requestTitle: 'Passwort zurücksetzen',
  requestLead: 'Wir schicken Ihnen einen Link. Damit wählen Sie ein neues Passwort.',
  resetTitle: 'Neues Passwort wählen',
  resetLead: 'Alle Ihre Sitzungen werden beendet, auf jedem Gerät. Danach melden Sie sich mit dem neuen Passwort an.',
  resetSubmit: 'Passwort setzen',
  replaceLead: 'Ihr Passwort hat jemand anderes gesetzt. Wählen Sie eines, das nur Sie kennen, dann sind Sie angemeldet.',
  replaceSubmit: 'Passwort setzen und anmelden',
  resetDoneTitle: 'Ihr Passwort ist gesetzt',
  resetDone: 'Alle Ihre Sitzungen sind beendet. Melden Sie sich mit dem neuen Passwort an.',

  emailTitle: 'Neue E-Mail-Adresse bestätigen',
  emailLead: 'Danach melden Sie sich mit der neuen Adresse an und nicht mehr mit der alten.',
  emailSubmit: 'Adresse bestätigen',
  emailDoneTitle: 'Ihre E-Mail-Adresse ist geändert',
  emailDone: 'Ab jetzt melden Sie sich mit ihr an.',
  emailVoid: 'Melden Sie sich an und ändern Sie Ihre Adresse in Ihrem Konto noch einmal.',

  invitationTitle: 'Willkommen',
  invitationLead: 'Für Sie wurde ein Konto angelegt. Wählen Sie Ihr Passwort, um zu beginnen.',
  invitationSubmit: 'Passwort setzen und anmelden',
  invitationVoid: 'Bitten Sie die Person, die Sie eingeladen hat, um eine neue Einladung.',

  setupTitle: 'Dienst einrichten',
  setupLead: 'Hier wird der erste Administrator angelegt. Das geht nur einmal.',
  setupToken: 'Setup-Token',
  setupTokenHint: 'Der Server zeigt es beim Start und bewahrt es in der Datei setup.token in seinem Datenverzeichnis auf.',
  setupSubmit: 'Administrator anlegen',
  setupRefused: 'Dieses Setup-Token ist falsch.',
  setupOverTitle: 'Dieser Dienst ist eingerichtet',
  setupOver: 'Es gibt schon einen Administrator. Weitere Konten werden in der Verwaltung angelegt.',

  voidTitle: 'Dieser Link gilt nicht mehr',
  voidLead: 'Er wurde benutzt, ist abgelaufen, oder es wurde ein neuerer geschickt.',
  askAgain: 'Neuen Link anfordern',
  noTokenTitle: 'Öffnen Sie den Link in Ihrer E-Mail',
  noToken: 'Diese Seite geht nur mit dem Link, den wir Ihnen geschickt haben.',
  toAccount: 'Zu Ihrem Konto',
}
