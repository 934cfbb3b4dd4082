export const login = {
  title: 'Log in',
  submit: 'Log in',
  forgotten: 'Forgot your password?',
}
