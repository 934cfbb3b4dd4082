import { letter, type MailTexts, timeIn } from './mail-texts.ts'

const time = timeIn('es')

const ifNotYou = 'Si no ha sido usted, restablezca su contraseña ahora y póngase en contacto con el operador de este servicio.'
const ignore = 'Si no lo ha solicitado, puede ignorar este mensaje.'

export const spanish: MailTexts = {
  registration: ({ link }) =>
    letter('Complete su registro', 'Abra este enlace para completar su registro. El enlace funciona una sola vez.', link, ignore),

  alreadyRegistered: () =>
    letter(
      'Ya tiene una cuenta',
      'Alguien ha intentado registrarse con esta dirección de correo. Ya tiene una cuenta: inicie sesión o restablezca la contraseña.',
      ignore,
    ),

  invitation: ({ link }) =>
    letter(
      'Ha recibido una invitación',
      'Se ha creado una cuenta para usted. Abra este enlace para elegir una contraseña. El enlace funciona una sola vez y durante siete días.',
      link,
      'Si no lo esperaba, puede ignorar este mensaje.',
    ),

  emailChange: ({ link }) =>
    letter(
      'Confirme su nueva dirección de correo',
      'Abra este enlace para usar esta dirección de correo con su cuenta. El enlace funciona una sola vez.',
      link,
      ignore,
    ),

  emailTaken: () =>
    letter(
      'Alguien ha querido usar su dirección de correo',
      'Alguien ha intentado usar esta dirección de correo para otra cuenta. Ya tiene una cuenta: inicie sesión o restablezca la contraseña.',
      ignore,
    ),

  emailChangeRequested: ({ at }) =>
    letter(
      'Su dirección de correo se está cambiando',
      `El ${time(at)} alguien solicitó otra dirección de correo para su cuenta. Nada cambia hasta que se abra el enlace enviado a esa dirección.`,
      ifNotYou,
    ),

  emailReplaced: ({ at }) =>
    letter(
      'Su dirección de correo ha cambiado',
      `El ${time(at)} se cambió la dirección de correo de su cuenta. Con esta dirección ya no se puede iniciar sesión.`,
      'Si no ha sido usted, póngase en contacto ahora con el operador de este servicio.',
    ),

  passwordReset: ({ link }) =>
    letter(
      'Restablezca su contraseña',
      'Abra este enlace para elegir una nueva contraseña. El enlace funciona una sola vez.',
      link,
      ignore,
    ),

  oneTimeCode: ({ code, validMinutes }) =>
    letter(
      'Su código',
      code,
      `Este código caduca en ${validMinutes} minutos y funciona una sola vez. No lo comparta con nadie.`,
      'Si no ha solicitado ningún código, alguien conoce su contraseña: cámbiela.',
    ),

  secondFactorAdded: ({ at }) =>
    letter('Se ha añadido un segundo factor', `El ${time(at)} se añadió un segundo factor a su cuenta.`, ifNotYou),

  secondFactorRemoved: ({ at }) =>
    letter('Se ha eliminado su segundo factor', `El ${time(at)} se eliminó el segundo factor de su cuenta.`, ifNotYou),

  recoveryCodesReplaced: ({ at }) =>
    letter(
      'Nuevos códigos de recuperación',
      `El ${time(at)} se crearon nuevos códigos de recuperación para su cuenta. Los anteriores ya no funcionan.`,
      ifNotYou,
    ),

  recoveryCodeUsed: ({ at }) =>
    letter(
      'Se ha usado un código de recuperación',
      `El ${time(at)} se usó un código de recuperación de su cuenta. Ya no funciona.`,
      ifNotYou,
    ),

  enrollmentStarted: ({ at }) =>
    letter('Se está añadiendo un segundo factor', `El ${time(at)} alguien empezó a añadir un segundo factor a su cuenta.`, ifNotYou),

  codeEntryLocked: ({ at }) =>
    letter(
      'Demasiados códigos incorrectos',
      `El ${time(at)} alguien introdujo demasiados códigos incorrectos para su cuenta. Esa persona conoce su contraseña.`,
      'Si no ha sido usted, cambie su contraseña ahora.',
    ),

  refreshTokenReused: ({ at }) =>
    letter(
      'Se ha cerrado una sesión',
      `El ${time(at)} se cerró una sesión de su cuenta porque un token se usó dos veces. Es posible que alguien lo haya copiado.`,
      ifNotYou,
    ),

  newDevice: ({ at }) =>
    letter(
      'Inicio de sesión desde un dispositivo nuevo',
      `El ${time(at)} alguien inició sesión en su cuenta desde un dispositivo nuevo.`,
      ifNotYou,
    ),

  roleGranted: ({ at }) => letter('Su cuenta tiene un nuevo rol', `El ${time(at)} su cuenta recibió otro rol.`, ifNotYou),

  keyAdded: ({ at }) =>
    letter('Se ha añadido una clave', `El ${time(at)} se añadió a su cuenta una clave que permite iniciar sesión.`, ifNotYou),

  keyRemoved: ({ at }) =>
    letter('Se ha eliminado una clave', `El ${time(at)} se eliminó una clave de su cuenta. Las demás sesiones han terminado.`, ifNotYou),

  keyRotationProposed: ({ at, deadline }) =>
    letter(
      'Se va a sustituir una clave',
      `El ${time(at)} se propuso una clave nueva para su cuenta. Sustituirá a la antigua el ${time(deadline)}.`,
      'Si no ha sido usted, cancélelo antes con la clave antigua.',
    ),

  passwordChanged: ({ at }) =>
    letter(
      'Su contraseña ha cambiado',
      `El ${time(at)} se cambió la contraseña de su cuenta. Las demás sesiones se han cerrado.`,
      ifNotYou,
    ),

  accountErased: ({ at }) =>
    letter(
      'Su cuenta se ha eliminado',
      `El ${time(at)} se eliminó su cuenta, tal como solicitó. Sus datos ya no se pueden leer, y este es nuestro último mensaje.`,
      'Si no ha sido usted, póngase en contacto con el operador de este servicio.',
    ),

  lockedOut: ({ at, until }) =>
    letter(
      'Demasiados intentos fallidos',
      `El ${time(at)} su cuenta se bloqueó tras demasiados intentos fallidos. El bloqueo termina el ${time(until)}.`,
      'Si no ha sido usted, puede que alguien esté intentando adivinar su contraseña. No ha conseguido entrar.',
    ),

  loginAfterFailures: ({ at, failures }) =>
    letter(
      'Inicio de sesión tras intentos fallidos',
      `El ${time(at)} alguien inició sesión en su cuenta tras ${failures} ${failures === 1 ? 'intento fallido' : 'intentos fallidos'}.`,
      ifNotYou,
    ),
}
