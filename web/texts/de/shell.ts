import type { shell as english } from '../en/shell.ts'

export const shell: typeof english = {
  account: 'Ihr Konto',
  administration: 'Verwaltung',
  logOut: 'Abmelden',
  skip: 'Zum Inhalt springen',
  notFoundTitle: 'Seite nicht gefunden',
  notFoundLead: 'Unter dieser Adresse gibt es nichts.',
  toStart: 'Zur Startseite',
  failedTitle: 'Diese Seite ist fehlgeschlagen',
  failedLead: 'Beim Anzeigen dieser Seite ist etwas schiefgegangen. Laden Sie sie neu.',
  reload: 'Neu laden',
  notAllowedTitle: 'Nur für Administratoren',
  notAllowedLead: 'Ihrem Konto fehlt die Rolle für diese Seiten.',
}
