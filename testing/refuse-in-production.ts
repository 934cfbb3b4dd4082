type Environment = Readonly<Record<string, string | undefined>>

/** Also as `GATEBOOK_NODE_ENV`, which counts before it. */
const isProduction = (environment: Environment) => [environment.NODE_ENV, environment.GATEBOOK_NODE_ENV].includes('production')

export function refuseInProduction(environment: Environment = {}) {
  if (isProduction(process.env) || isProduction(environment)) throw new Error('gatebook/testing is not for NODE_ENV=production')
}
