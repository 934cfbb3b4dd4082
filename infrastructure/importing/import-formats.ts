export const importFormats = ['ndjson', 'csv', 'keycloak', 'better-auth', 'auth0', 'firebase', 'supertokens'] as const
export type ImportFormat = (typeof importFormats)[number]
