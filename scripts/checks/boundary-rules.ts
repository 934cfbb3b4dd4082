import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser'

const product = '^(domain|application|infrastructure|projections|api|library|composition|cli|web)/'
const server = '^(domain|application|infrastructure|projections|api|library|composition|cli)/'

/** Which module may import which: `domain <- application <- {infrastructure, projections, api}`, `api -> projections`. */
export const boundaryRules: IForbiddenRuleType[] = [
  {
    name: 'no-cycle',
    comment: 'Cycles hide the order in which to read the code, cycles of types included.',
    severity: 'error',
    from: { path: product },
    to: { circular: true },
  },
  {
    name: 'no-cycle-in-tooling',
    comment: 'A test suite and its parts may share types.',
    severity: 'error',
    from: { pathNot: product },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-orphan',
    comment: 'A module without imports and importers is dead, or not connected yet.',
    severity: 'error',
    from: { orphan: true, path: product, pathNot: '\\.d\\.ts$' },
    to: {},
  },
  {
    name: 'resolvable',
    comment: 'An import that cannot be resolved cannot be checked. The peers of bench/peers are installed on demand.',
    severity: 'error',
    from: { pathNot: '^bench/peers/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'domain-is-pure',
    comment: 'The domain imports itself, fp-ts and io-ts.',
    severity: 'error',
    from: { path: '^domain/' },
    to: { pathNot: ['^domain/', '^node_modules/(fp-ts|io-ts)/'] },
  },
  {
    name: 'contexts-are-independent',
    comment: 'A context imports its own folder and the kernel only.',
    severity: 'error',
    from: { path: '^domain/([^/]+)/' },
    to: { path: '^domain/', pathNot: ['^domain/$1/', '^domain/kernel/'] },
  },
  {
    name: 'application-on-domain',
    comment: 'Use cases import the domain only.',
    severity: 'error',
    from: { path: '^application/' },
    to: { path: product, pathNot: ['^application/', '^domain/'] },
  },
  {
    name: 'infrastructure-behind-ports',
    comment: 'Adapters import the ports, not the code that uses them.',
    severity: 'error',
    from: { path: '^infrastructure/' },
    to: { path: product, pathNot: ['^infrastructure/', '^application/', '^domain/'] },
  },
  {
    name: 'projections-see-events',
    comment: 'Read models import events, not the rules that allowed them.',
    severity: 'error',
    from: { path: '^projections/' },
    to: {
      path: product,
      pathNot: [
        '^projections/',
        '^domain/[^/]+/events\\.ts$',
        '^domain/kernel/',
        '^domain/(catalogue|upcasters)\\.ts$',
        '^application/ports/(event-store|local-log)\\.ts$',
      ],
    },
  },
  {
    name: 'projections-see-the-log-as-a-type',
    comment: 'Read models import only the types of the event store; composition passes them a reader.',
    severity: 'error',
    from: { path: '^projections/' },
    to: { path: '^application/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'api-at-the-edge',
    comment: 'Routes and guards import use cases and queries, not adapters.',
    severity: 'error',
    from: { path: '^api/' },
    to: { path: product, pathNot: ['^api/', '^projections/', '^application/', '^domain/'] },
  },
  {
    name: 'library-beside-the-api',
    comment: 'The calls for host apps use the same use cases, queries and shapes as the REST API, and no adapter.',
    severity: 'error',
    from: { path: '^library/' },
    to: { path: product, pathNot: ['^library/', '^api/', '^projections/', '^application/', '^domain/'] },
  },
  {
    name: 'composition-is-not-imported',
    comment: 'Only the CLI and the package entry point import the composition root.',
    severity: 'error',
    from: { path: product, pathNot: ['^(composition|cli)/'] },
    to: { path: '^(composition|cli)/' },
  },
  {
    name: 'cli-uses-composition',
    comment: 'The CLI imports composition, not the other way round.',
    severity: 'error',
    from: { path: '^composition/' },
    to: { path: '^cli/' },
  },
  {
    name: 'web-is-a-client',
    comment: 'The pages and the client reach the server through its API only, and their types are generated.',
    severity: 'error',
    from: { path: '^web/' },
    to: { path: `${server}|^(index\\.ts$|test|testing|bench|examples|scripts)` },
  },
  {
    name: 'client-without-dependencies',
    severity: 'error',
    from: { path: '^web/client/' },
    to: { pathNot: '^web/client/' },
  },
  {
    name: 'react-parts-without-pages',
    comment: 'What is published for other front ends stands without our pages, and needs React only.',
    severity: 'error',
    from: { path: '^web/(react|texts)/' },
    to: { pathNot: ['^web/(client|react|texts)/', '^node_modules/(@types/)?react/'] },
  },
  {
    name: 'product-without-tooling',
    comment: 'The product imports no test, benchmark, script or development dependency.',
    severity: 'error',
    from: { path: `${server}|^index\\.ts$` },
    to: {
      path: ['^(test|testing|bench|examples|scripts)/', '^node_modules/'],
      pathNot: '^node_modules/@types/',
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'local'],
      dependencyTypesNot: ['npm', 'npm-peer', 'type-only'],
    },
  },
  {
    name: 'examples-use-the-package',
    comment: 'A user has the package and nothing behind it.',
    severity: 'error',
    from: { path: '^examples/' },
    to: { path: `${product}|^(index\\.ts$|test|testing|bench|scripts)`, dependencyTypes: ['local'] },
  },
  {
    name: 'hashes-behind-their-port',
    severity: 'error',
    from: { path: product, pathNot: '^infrastructure/hashing/' },
    to: { path: '^node_modules/(argon2|bcrypt)/' },
  },
  {
    name: 'otplib-behind-its-port',
    severity: 'error',
    from: { path: product, pathNot: '^infrastructure/otp/' },
    to: { path: '^node_modules/otplib/' },
  },
  {
    name: 'eventstoredb-behind-its-port',
    severity: 'error',
    from: { path: product, pathNot: '^infrastructure/event-store/eventstoredb/' },
    to: { path: '^node_modules/@eventstore/db-client/' },
  },
  {
    name: 'sqlite-where-tables-are',
    severity: 'error',
    from: {
      path: product,
      pathNot: ['^infrastructure/event-store/sqlite/', '^infrastructure/importing/files/', '^projections/', '^composition/', '^cli/'],
    },
    to: { path: '^node_modules/(better-sqlite3|@types/better-sqlite3)/' },
  },
  {
    name: 'commands-are-given-a-database',
    comment: 'A command may use the type of a database that it is given, but does not open one.',
    severity: 'error',
    from: { path: '^cli/' },
    to: { path: '^node_modules/(better-sqlite3|@types/better-sqlite3)/', dependencyTypesNot: ['type-only'] },
  },
]

/** Type imports count. Imports inside packages do not. */
export const readingOptions: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  preserveSymlinks: true,
  moduleSystems: ['es6', 'cjs'],
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['gatebook-source', 'import', 'node', 'default', 'types'] },
}
