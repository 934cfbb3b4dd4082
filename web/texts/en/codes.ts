export const codes = {
  codeHint: 'A code that you paste is checked at once.',
  recoveryLabel: 'Recovery code',
  recoveryHint: 'One of the codes that you kept when you set up your second factor.',
  send: 'Send a code',
  sendAgain: 'Send another code',
  sent: 'A new code is on its way.',
  useRecovery: 'Use a recovery code',
  useCode: 'Use a code instead',
  wait: 'You can try again in',
  waitFor: (minutes: number, seconds: number) =>
    `Try again in ${minutes === 0 ? '' : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and `}${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  waitOver: 'You can try again now.',
}
