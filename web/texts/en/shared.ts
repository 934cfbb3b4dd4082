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
}
