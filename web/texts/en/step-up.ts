export const stepUp = {
  title: 'Confirm that it is you',
  lead: 'What you are about to do needs a fresh proof.',
  wait: 'A code works once. If you have just logged in with one, wait for the next.',
  wrongPassword: 'This password is wrong.',
  confirm: 'Confirm',
}
