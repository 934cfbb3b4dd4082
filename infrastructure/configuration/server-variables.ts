import {
  color,
  flag,
  host,
  key,
  networks,
  oneOf,
  origin,
  origins,
  secret,
  serviceName,
  services,
  type Variable,
  whole,
  words,
} from './readers.ts'

/** Addresses, storage, keys and what operators watch. */
export const serverVariables = {
  HOST: { reader: host, fallback: '127.0.0.1', meaning: 'Address to listen on.', isSecret: false },
  PORT: { reader: whole(0, 65_535), fallback: '1984', meaning: 'Port to listen on. `0` picks a free port and prints it.' },
  DATA_DIR: {
    reader: words('a path'),
    fallback: './data',
    meaning: 'Directory for the SQLite files, generated keys and the setup token (directory mode 0700, files 0600).',
    isSecret: false,
  },
  BLOB_DIR: {
    reader: words('a path'),
    defaultText: '`DATA_DIR/blobs`',
    meaning:
      'Directory for the sealed bytes of blobs, of this one log only. The nodes of a cluster need one that they share, or each has only what it was sent.',
    isSecret: false,
  },
  PUBLIC_ORIGIN: {
    reader: origin,
    defaultText: '`http://localhost:PORT`',
    meaning: 'Origin under which browsers reach the service.',
    isSecret: false,
  },
  ALLOWED_ORIGINS: {
    reader: origins,
    fallback: '',
    meaning: 'Other origins that may call the API from a browser, comma-separated (CORS with credentials).',
    isSecret: false,
  },
  TRUSTED_PROXIES: {
    reader: networks,
    fallback: '',
    meaning:
      'Proxies whose `X-Forwarded-For` header is trusted, comma-separated. The right-most address that is not one of them is the client.',
    isSecret: false,
  },
  SERVICE_NAME: {
    reader: serviceName,
    defaultText: '`TOTP_ISSUER`',
    meaning: 'Name that the pages show. A password that contains it is refused, as for TOTP_ISSUER.',
    isSecret: false,
  },
  BRAND_COLOR: { reader: color, defaultText: 'none', meaning: 'Main color of the pages.', isSecret: false },
  BRAND_LOGO: {
    reader: words('a path'),
    defaultText: 'none',
    meaning: 'Logo of the pages: an SVG, PNG or WebP file of at most 256 kB. It is read at startup and served to anybody at `/logo`.',
    isSecret: false,
  },
  EVENT_STORE: {
    reader: oneOf('sqlite', 'eventstoredb', 'memory'),
    fallback: 'sqlite',
    meaning:
      'Where the event log is stored: `sqlite` in DATA_DIR, `eventstoredb` in a cluster that several nodes share, `memory` until the process ends.',
  },
  EVENTSTOREDB_URL: {
    reader: words('a connection string'),
    meaning:
      'EventStoreDB connection string: `esdb://user:password@host:port` or `esdb+discover://…`. TLS and a password of your own are required unless NODE_ENV is `development`.',
    isSecret: true,
  },
  MASTER_KEY: {
    reader: key,
    defaultText: 'generated in `DATA_DIR`',
    meaning: 'Key of 32 bytes that encrypts the data keys.',
    isSecret: true,
  },
  MASTER_KEY_FILE: {
    reader: words('a path'),
    defaultText: 'none',
    meaning: 'File that contains the master key, as an alternative to MASTER_KEY.',
    isSecret: false,
  },
  SIGNING_KEY_DAYS: {
    reader: whole(0, 3_650),
    fallback: '0',
    meaning:
      'After how many days the key of access tokens is replaced, by one node and without a stop. Tokens of the old key stay valid until they expire. `0` for never.',
  },
  SETUP_TOKEN: {
    reader: secret,
    defaultText: 'generated in `DATA_DIR`',
    meaning: 'One-time token that creates the first administrator.',
    isSecret: true,
  },
  SERVICE_TOKENS: {
    reader: services,
    fallback: '',
    meaning:
      'Tokens of back ends that ask `/session` and `/verify` for many people, `name:token`, comma-separated. In the header `Gatebook-Service-Token`, one lifts the limit by the address of the back end for these two calls.',
    isSecret: true,
  },
  SERVICE_TOKENS_FILE: {
    reader: words('a path'),
    defaultText: 'none',
    meaning: 'File with a `name:token` on each line, beside SERVICE_TOKENS. It is read at startup.',
    isSecret: false,
  },
  MAX_STALENESS_MS: {
    reader: whole(200, 60_000),
    fallback: '2000',
    meaning: 'How old the read models of a cluster node may be, in milliseconds, before its guards refuse every session.',
  },
  REFOLD_HOURS: {
    reader: whole(0, 168),
    fallback: '24',
    meaning:
      'How often the server compares 200 accounts and sessions of its read models with the log, in hours; `0` for never. Differences are logged, counted in the metrics and shown on the page of health.',
  },
  METRICS_HOST: { reader: host, fallback: '127.0.0.1', meaning: 'Address of the listener of METRICS_PORT.', isSecret: false },
  METRICS_PORT: {
    reader: whole(0, 65_535),
    defaultText: 'none',
    meaning: 'Port of a listener of its own for `/metrics`, which is then not on PORT. `0` picks a free port.',
  },
  METRICS_TOKEN: {
    reader: secret,
    defaultText: 'none',
    meaning:
      'Bearer token that `/metrics` requires. Without it and without METRICS_PORT, `/metrics` exists only while HOST is a loopback address and NODE_ENV is not `production`.',
    isSecret: true,
  },
  ACCEPT_CLOCK_JUMP: {
    reader: flag,
    fallback: 'false',
    meaning:
      '`true` goes on when the clock jumps by more than an hour, or is more than a day off the newest event at startup. Remove it after one start.',
  },
  LOG_LEVEL: {
    reader: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    fallback: 'info',
    meaning: 'Least severe level that is logged. `debug` adds a line for each successful read.',
  },
  NODE_ENV: {
    reader: words('a name'),
    defaultText: 'none',
    meaning:
      '`production` refuses settings for development. `development` allows an EventStoreDB without TLS or with its default password.',
    isSecret: false,
  },
} as const satisfies Record<string, Variable<unknown>>
