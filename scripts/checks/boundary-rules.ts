import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser'

const house = '^(domain|application|infrastructure|projections|api|composition|cli|web)/'

/** Who may import whom (design, section 1): `domain <- application <- {infrastructure, projections, api}`, `api -> projections`. */
export const boundaryRules: IForbiddenRuleType[] = [
  {
    name: 'no-cycle',
    comment: 'A cycle has no first file to read, also when only types go round.',
    severity: 'error',
    from: { path: house },
    to: { circular: true },
  },
  {
    name: 'no-cycle-around-the-house',
    comment: 'A suite and its parts may share a type.',
    severity: 'error',
    from: { pathNot: house },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-orphan',
    comment: 'Nobody imports it and it imports nobody: dead, or not wired yet.',
    severity: 'error',
    from: { orphan: true, path: house },
    to: {},
  },
  {
    name: 'resolvable',
    comment: 'What cannot be found cannot be judged.',
    severity: 'error',
    from: {},
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
    name: 'contexts-keep-to-themselves',
    comment: 'A context imports its own folder and the kernel.',
    severity: 'error',
    from: { path: '^domain/([^/]+)/' },
    to: { path: '^domain/', pathNot: ['^domain/$1/', '^domain/kernel/'] },
  },
  {
    name: 'application-on-domain',
    comment: 'The verbs know the domain and nothing outside it.',
    severity: 'error',
    from: { path: '^application/' },
    to: { path: house, pathNot: ['^application/', '^domain/'] },
  },
  {
    name: 'infrastructure-behind-ports',
    comment: 'What stands behind the ports knows the ports, not its users.',
    severity: 'error',
    from: { path: '^infrastructure/' },
    to: { path: house, pathNot: ['^infrastructure/', '^application/', '^domain/'] },
  },
  {
    name: 'projections-see-events',
    comment: 'Read models know what happened, not why it was allowed.',
    severity: 'error',
    from: { path: '^projections/' },
    to: {
      path: house,
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
    comment: 'Only the types of the log: who reads it is decided in composition.',
    severity: 'error',
    from: { path: '^projections/' },
    to: { path: '^application/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'api-at-the-edge',
    comment: 'Routes and guards know the verbs and the queries, not what stands behind the ports.',
    severity: 'error',
    from: { path: '^api/' },
    to: { path: house, pathNot: ['^api/', '^projections/', '^application/', '^domain/'] },
  },
  {
    name: 'nobody-imports-the-root',
    comment: 'Composition is where everything meets; only the command and the outside start it.',
    severity: 'error',
    from: { path: house, pathNot: ['^(composition|cli)/'] },
    to: { path: '^(composition|cli)/' },
  },
  {
    name: 'cli-uses-composition',
    comment: 'The command asks the composition root for everything.',
    severity: 'error',
    from: { path: '^composition/' },
    to: { path: '^cli/' },
  },
  {
    name: 'house-ships-without-its-tools',
    comment: 'Nothing that runs imports a test, a bench, a script or a development dependency.',
    severity: 'error',
    from: { path: `${house}|^index\\.ts$` },
    to: {
      path: ['^(test|testing|bench|examples|scripts)/', '^node_modules/'],
      pathNot: '^node_modules/@types/',
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'local'],
      dependencyTypesNot: ['npm', 'type-only'],
    },
  },
  {
    name: 'examples-use-the-package',
    comment: 'A user has the package and nothing behind it.',
    severity: 'error',
    from: { path: '^examples/' },
    to: { path: `${house}|^(index\\.ts$|test|testing|bench|scripts)`, dependencyTypes: ['local'] },
  },
  {
    name: 'argon2-behind-its-port',
    severity: 'error',
    from: { path: house, pathNot: '^infrastructure/hashing/' },
    to: { path: '^node_modules/argon2/' },
  },
  {
    name: 'otplib-behind-its-port',
    severity: 'error',
    from: { path: house, pathNot: '^infrastructure/otp/' },
    to: { path: '^node_modules/otplib/' },
  },
  {
    name: 'eventstoredb-behind-its-port',
    severity: 'error',
    from: { path: house, pathNot: '^infrastructure/event-store/eventstoredb/' },
    to: { path: '^node_modules/@eventstore/db-client/' },
  },
  {
    name: 'sqlite-where-tables-are',
    severity: 'error',
    from: { path: house, pathNot: ['^infrastructure/event-store/sqlite/', '^projections/', '^composition/', '^cli/'] },
    to: { path: '^node_modules/(better-sqlite3|@types/better-sqlite3)/' },
  },
  {
    name: 'commands-are-given-a-database',
    comment: 'A command may name the type of what it is given; it opens nothing by itself.',
    severity: 'error',
    from: { path: '^cli/' },
    to: { path: '^node_modules/(better-sqlite3|@types/better-sqlite3)/', dependencyTypesNot: ['type-only'] },
  },
]

/** Types count as imports; what a package imports in turn does not. */
export const readingOptions: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  preserveSymlinks: true,
  moduleSystems: ['es6', 'cjs'],
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['gatebook-source', 'import', 'node', 'default', 'types'] },
}
