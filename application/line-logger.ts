export type LineLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug'

type WriteLine = { (fields: object, line: string): void; (line: string): void }

/** The part of a pino logger that is used. */
export type LineLogger = { readonly [Level in LineLevel]: WriteLine } & { readonly isLevelEnabled: (level: LineLevel) => boolean }
