const { PATH, NODE_COMPILE_CACHE } = process.env

/** What a process under test needs to start, and nothing of the developer's own configuration. */
export const bareEnvironment = { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) }
