export const codes = {
  codeHint: 'A code that you paste is checked at once.',
  recoveryLabel: 'Recovery code',
  recoveryHint: 'One of the codes that you kept when you set up your second factor.',
  send: 'Send a code',
  sendAgain: 'Send another code',
  sent: 'A new code is on its way.',
  useRecovery: 'Use a recovery code',
  useCode: 'Use a code instead',
}

export const stepUp = {
  title: 'Confirm that it is you',
  lead: 'What you are about to do needs a fresh proof.',
  wait: 'A code works once. If you have just logged in with one, wait for the next.',
  wrongPassword: 'This password is wrong.',
  confirm: 'Confirm',
}
