export const shared = {
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  loading: 'Loading…',
  tryAgain: 'Try again',
  email: 'Email address',
  password: 'Password',
  newPassword: 'New password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  minutesAndSeconds: (minutes: number, seconds: number) => `${minutes}:${String(seconds).padStart(2, '0')}`,
  wait: 'You can try again in',
  waitFor: (minutes: number, seconds: number) =>
    `Try again in ${minutes === 0 ? '' : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and `}${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  waitOver: 'You can try again now.',
}
