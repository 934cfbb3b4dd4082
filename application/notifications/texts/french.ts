import { letter, type MailTexts, timeIn } from './mail-texts.ts'

const time = timeIn('fr')

const ifNotYou = 'Si ce n’était pas vous, réinitialisez votre mot de passe dès maintenant et contactez l’exploitant de ce service.'
const ignore = 'Si vous n’êtes pas à l’origine de cette demande, vous pouvez ignorer ce message.'

export const french: MailTexts = {
  registration: ({ link }) =>
    letter('Terminez votre inscription', 'Ouvrez ce lien pour terminer votre inscription. Il ne fonctionne qu’une fois.', link, ignore),

  alreadyRegistered: () =>
    letter(
      'Vous avez déjà un compte',
      'Quelqu’un a tenté de s’inscrire avec cette adresse e-mail. Elle a déjà un compte : connectez-vous ou réinitialisez le mot de passe.',
      ignore,
    ),

  invitation: ({ link }) =>
    letter(
      'Vous êtes invité(e)',
      'Un compte a été créé pour vous. Ouvrez ce lien pour choisir un mot de passe. Il ne fonctionne qu’une fois, pendant sept jours.',
      link,
      'Si vous ne vous y attendiez pas, vous pouvez ignorer ce message.',
    ),

  emailChange: ({ link }) =>
    letter(
      'Confirmez votre nouvelle adresse e-mail',
      'Ouvrez ce lien pour utiliser cette adresse e-mail avec votre compte. Il ne fonctionne qu’une fois.',
      link,
      ignore,
    ),

  emailTaken: () =>
    letter(
      'Quelqu’un a voulu utiliser votre adresse e-mail',
      'Quelqu’un a tenté d’utiliser cette adresse e-mail pour un autre compte. Elle a déjà un compte : connectez-vous ou réinitialisez le mot de passe.',
      ignore,
    ),

  emailChangeRequested: ({ at }) =>
    letter(
      'Changement de votre adresse e-mail en cours',
      `Le ${time(at)}, quelqu’un a demandé une autre adresse e-mail pour votre compte. Rien ne change tant que le lien envoyé à cette adresse n’a pas été ouvert.`,
      ifNotYou,
    ),

  emailReplaced: ({ at }) =>
    letter(
      'Votre adresse e-mail a été modifiée',
      `Le ${time(at)}, l’adresse e-mail de votre compte a été modifiée. L’adresse actuelle ne permet plus de se connecter.`,
      'Si ce n’était pas vous, contactez dès maintenant l’exploitant de ce service.',
    ),

  passwordReset: ({ link }) =>
    letter(
      'Réinitialisez votre mot de passe',
      'Ouvrez ce lien pour choisir un nouveau mot de passe. Il ne fonctionne qu’une fois.',
      link,
      ignore,
    ),

  oneTimeCode: ({ code, validMinutes }) =>
    letter(
      'Votre code',
      code,
      `Ce code expire dans ${validMinutes} minutes et ne fonctionne qu’une fois. Ne le communiquez à personne.`,
      'Si vous n’avez pas demandé de code, quelqu’un connaît votre mot de passe : changez-le.',
    ),

  secondFactorAdded: ({ at }) =>
    letter('Un second facteur a été ajouté', `Le ${time(at)}, un second facteur a été ajouté à votre compte.`, ifNotYou),

  secondFactorRemoved: ({ at }) =>
    letter('Votre second facteur a été supprimé', `Le ${time(at)}, le second facteur de votre compte a été supprimé.`, ifNotYou),

  recoveryCodesReplaced: ({ at }) =>
    letter(
      'Nouveaux codes de secours',
      `Le ${time(at)}, de nouveaux codes de secours ont été créés pour votre compte. Les anciens ne fonctionnent plus.`,
      ifNotYou,
    ),

  recoveryCodeUsed: ({ at }) =>
    letter(
      'Un code de secours a été utilisé',
      `Le ${time(at)}, un code de secours a été utilisé avec votre compte. Il ne fonctionne plus.`,
      ifNotYou,
    ),

  enrollmentStarted: ({ at }) =>
    letter(
      'Ajout d’un second facteur en cours',
      `Le ${time(at)}, quelqu’un a commencé à ajouter un second facteur à votre compte.`,
      ifNotYou,
    ),

  codeEntryLocked: ({ at }) =>
    letter(
      'Trop de codes erronés',
      `Le ${time(at)}, quelqu’un a saisi trop de codes erronés pour votre compte. Cette personne connaît votre mot de passe.`,
      'Si ce n’était pas vous, changez votre mot de passe dès maintenant.',
    ),

  refreshTokenReused: ({ at }) =>
    letter(
      'Une session a été fermée',
      `Le ${time(at)}, une session de votre compte a été fermée, car un jeton a été utilisé deux fois. Quelqu’un l’a peut-être copié.`,
      ifNotYou,
    ),

  newDevice: ({ at }) =>
    letter(
      'Connexion depuis un nouvel appareil',
      `Le ${time(at)}, quelqu’un s’est connecté à votre compte depuis un nouvel appareil.`,
      ifNotYou,
    ),

  roleGranted: ({ at }) => letter('Votre compte a un nouveau rôle', `Le ${time(at)}, votre compte a reçu un autre rôle.`, ifNotYou),

  keyAdded: ({ at }) =>
    letter('Une clé a été ajoutée', `Le ${time(at)}, une clé qui permet de se connecter a été ajoutée à votre compte.`, ifNotYou),

  keyRemoved: ({ at }) =>
    letter(
      'Une clé a été supprimée',
      `Le ${time(at)}, une clé de votre compte a été supprimée. Les autres sessions ont pris fin.`,
      ifNotYou,
    ),

  keyRotationProposed: ({ at, deadline }) =>
    letter(
      'Une clé va être remplacée',
      `Le ${time(at)}, une nouvelle clé a été proposée pour votre compte. Elle remplacera l’ancienne le ${time(deadline)}.`,
      'Si ce n’était pas vous, annulez-le avant cette date avec l’ancienne clé.',
    ),

  passwordChanged: ({ at }) =>
    letter(
      'Votre mot de passe a été changé',
      `Le ${time(at)}, le mot de passe de votre compte a été changé. Les autres sessions ont été fermées.`,
      ifNotYou,
    ),

  accountErased: ({ at }) =>
    letter(
      'Votre compte a été supprimé',
      `Le ${time(at)}, votre compte a été supprimé, comme vous l’avez demandé. Vos données ne sont plus lisibles, et ceci est notre dernier message.`,
      'Si ce n’était pas vous, contactez l’exploitant de ce service.',
    ),

  lockedOut: ({ at, until }) =>
    letter(
      'Trop de tentatives échouées',
      `Le ${time(at)}, votre compte a été verrouillé après trop de tentatives échouées. Le verrouillage prend fin le ${time(until)}.`,
      'Si ce n’était pas vous, quelqu’un essaie peut-être de deviner votre mot de passe. Cette personne n’a pas réussi à se connecter.',
    ),

  loginAfterFailures: ({ at, failures }) =>
    letter(
      'Connexion après des tentatives échouées',
      `Le ${time(at)}, quelqu’un s’est connecté à votre compte après ${failures} ${failures === 1 ? 'tentative échouée' : 'tentatives échouées'}.`,
      ifNotYou,
    ),
}
