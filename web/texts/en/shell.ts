export const shell = {
  account: 'Your account',
  administration: 'Administration',
  logOut: 'Log out',
  skip: 'Skip to the content',
  notFoundTitle: 'Page not found',
  notFoundLead: 'This address leads nowhere.',
  toStart: 'Go to the start page',
  failedTitle: 'This page failed',
  failedLead: 'Something went wrong while this page was shown. Reload it.',
  reload: 'Reload',
  notAllowedTitle: 'For administrators only',
  notAllowedLead: 'Your account lacks the role for these pages.',
}
