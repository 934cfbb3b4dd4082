/** The image of the EventStoreDB stand-in. */
export const standInImage = 'gatebook-stand-in-test-tool:latest'
