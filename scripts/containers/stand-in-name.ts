/** The image of the stand-in: not to be mistaken for the real server's. */
export const standInImage = 'gatebook-stand-in-test-tool:latest'
