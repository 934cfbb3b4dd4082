/** The image of Gatebook on bases that were made on this machine. It is for the tests alone. */
export const testImage = 'gatebook-image-test:latest'
