import { letter, type MailTexts, timeIn } from './mail-texts.ts'

const time = timeIn('de')

const ifNotYou = 'Wenn Sie das nicht waren, setzen Sie jetzt Ihr Passwort zurück und wenden Sie sich an den Betreiber dieses Dienstes.'
const ignore = 'Wenn Sie das nicht angefordert haben, können Sie diese Nachricht ignorieren.'

export const german: MailTexts = {
  registration: ({ link }) =>
    letter(
      'Schließen Sie Ihre Registrierung ab',
      'Öffnen Sie diesen Link, um Ihre Registrierung abzuschließen. Der Link funktioniert einmal.',
      link,
      ignore,
    ),

  alreadyRegistered: () =>
    letter(
      'Sie haben bereits ein Konto',
      'Jemand wollte sich mit dieser E-Mail-Adresse registrieren. Sie hat bereits ein Konto: Melden Sie sich an, oder setzen Sie das Passwort zurück.',
      ignore,
    ),

  invitation: ({ link }) =>
    letter(
      'Sie sind eingeladen',
      'Ein Konto wurde für Sie angelegt. Öffnen Sie diesen Link, um ein Passwort zu wählen. Der Link funktioniert einmal und sieben Tage lang.',
      link,
      'Wenn Sie damit nicht gerechnet haben, können Sie diese Nachricht ignorieren.',
    ),

  emailChange: ({ link }) =>
    letter(
      'Bestätigen Sie Ihre neue E-Mail-Adresse',
      'Öffnen Sie diesen Link, um diese E-Mail-Adresse für Ihr Konto zu verwenden. Der Link funktioniert einmal.',
      link,
      ignore,
    ),

  emailTaken: () =>
    letter(
      'Jemand wollte Ihre E-Mail-Adresse verwenden',
      'Jemand wollte diese E-Mail-Adresse für ein anderes Konto verwenden. Sie hat bereits ein Konto: Melden Sie sich an, oder setzen Sie das Passwort zurück.',
      ignore,
    ),

  emailChangeRequested: ({ at }) =>
    letter(
      'Ihre E-Mail-Adresse wird geändert',
      `Am ${time(at)} hat jemand eine andere E-Mail-Adresse für Ihr Konto angefordert. Es ändert sich nichts, bis der Link geöffnet wird, der dorthin geschickt wurde.`,
      ifNotYou,
    ),

  emailReplaced: ({ at }) =>
    letter(
      'Ihre E-Mail-Adresse wurde geändert',
      `Am ${time(at)} wurde die E-Mail-Adresse Ihres Kontos geändert. Mit dieser Adresse können Sie sich nicht mehr anmelden.`,
      'Wenn Sie das nicht waren, wenden Sie sich jetzt an den Betreiber dieses Dienstes.',
    ),

  passwordReset: ({ link }) =>
    letter(
      'Setzen Sie Ihr Passwort zurück',
      'Öffnen Sie diesen Link, um ein neues Passwort zu wählen. Der Link funktioniert einmal.',
      link,
      ignore,
    ),

  oneTimeCode: ({ code, validMinutes }) =>
    letter(
      'Ihr Code',
      code,
      `Dieser Code ist ${validMinutes} Minuten gültig und funktioniert einmal. Geben Sie ihn nicht weiter.`,
      'Wenn Sie keinen Code angefordert haben, kennt jemand Ihr Passwort: Ändern Sie es.',
    ),

  secondFactorAdded: ({ at }) =>
    letter('Ein zweiter Faktor wurde hinzugefügt', `Am ${time(at)} wurde Ihrem Konto ein zweiter Faktor hinzugefügt.`, ifNotYou),

  secondFactorRemoved: ({ at }) =>
    letter('Ihr zweiter Faktor wurde entfernt', `Am ${time(at)} wurde der zweite Faktor Ihres Kontos entfernt.`, ifNotYou),

  recoveryCodesReplaced: ({ at }) =>
    letter(
      'Neue Wiederherstellungscodes',
      `Am ${time(at)} wurden neue Wiederherstellungscodes für Ihr Konto erstellt. Die alten funktionieren nicht mehr.`,
      ifNotYou,
    ),

  recoveryCodeUsed: ({ at }) =>
    letter(
      'Ein Wiederherstellungscode wurde verwendet',
      `Am ${time(at)} wurde ein Wiederherstellungscode Ihres Kontos verwendet. Er funktioniert nicht mehr.`,
      ifNotYou,
    ),

  enrollmentStarted: ({ at }) =>
    letter(
      'Ein zweiter Faktor wird hinzugefügt',
      `Am ${time(at)} hat jemand begonnen, Ihrem Konto einen zweiten Faktor hinzuzufügen.`,
      ifNotYou,
    ),

  codeEntryLocked: ({ at }) =>
    letter(
      'Zu viele falsche Codes',
      `Am ${time(at)} hat jemand zu viele falsche Codes für Ihr Konto eingegeben. Wer immer es war, kennt Ihr Passwort.`,
      'Wenn Sie das nicht waren, ändern Sie jetzt Ihr Passwort.',
    ),

  refreshTokenReused: ({ at }) =>
    letter(
      'Eine Sitzung wurde beendet',
      `Am ${time(at)} wurde eine Sitzung Ihres Kontos beendet, weil ein Token zweimal verwendet wurde. Möglicherweise hat es jemand kopiert.`,
      ifNotYou,
    ),

  newDevice: ({ at }) =>
    letter('Anmeldung von einem neuen Gerät', `Am ${time(at)} hat sich jemand von einem neuen Gerät in Ihrem Konto angemeldet.`, ifNotYou),

  roleGranted: ({ at }) => letter('Ihr Konto hat eine neue Rolle', `Am ${time(at)} hat Ihr Konto eine weitere Rolle bekommen.`, ifNotYou),

  keyAdded: ({ at }) =>
    letter('Ein Schlüssel wurde hinzugefügt', `Am ${time(at)} wurde Ihrem Konto ein Schlüssel hinzugefügt, der anmeldet.`, ifNotYou),

  keyRemoved: ({ at }) =>
    letter(
      'Ein Schlüssel wurde entfernt',
      `Am ${time(at)} wurde ein Schlüssel Ihres Kontos entfernt. Andere Sitzungen wurden beendet.`,
      ifNotYou,
    ),

  keyRotationProposed: ({ at, deadline }) =>
    letter(
      'Ein Schlüssel wird ersetzt',
      `Am ${time(at)} wurde für Ihr Konto ein neuer Schlüssel vorgeschlagen. Er ersetzt den alten am ${time(deadline)}.`,
      'Wenn Sie das nicht waren, brechen Sie es bis dahin mit dem alten Schlüssel ab.',
    ),

  passwordChanged: ({ at }) =>
    letter(
      'Ihr Passwort wurde geändert',
      `Am ${time(at)} wurde das Passwort Ihres Kontos geändert. Andere Sitzungen wurden beendet.`,
      ifNotYou,
    ),

  accountErased: ({ at }) =>
    letter(
      'Ihr Konto wurde gelöscht',
      `Am ${time(at)} wurde Ihr Konto gelöscht, wie Sie es verlangt haben. Ihre Daten sind nicht mehr lesbar, und dies ist unsere letzte Nachricht.`,
      'Wenn Sie das nicht waren, wenden Sie sich an den Betreiber dieses Dienstes.',
    ),

  lockedOut: ({ at, until }) =>
    letter(
      'Zu viele Fehlversuche',
      `Am ${time(at)} wurde Ihr Konto nach zu vielen Fehlversuchen gesperrt. Die Sperre endet am ${time(until)}.`,
      'Wenn Sie das nicht waren, versucht vielleicht jemand, Ihr Passwort zu erraten. Angemeldet hat sich dabei niemand.',
    ),

  loginAfterFailures: ({ at, failures }) =>
    letter(
      'Anmeldung nach Fehlversuchen',
      `Am ${time(at)} hat sich jemand nach ${failures} ${failures === 1 ? 'Fehlversuch' : 'Fehlversuchen'} in Ihrem Konto angemeldet.`,
      ifNotYou,
    ),
}
