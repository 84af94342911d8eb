/**
 * The options of a test with a limit in milliseconds. Other load of the machine can spoil one measure, so it is
 * repeated: what is slow by itself is slow each time. Such a test can be run again on the state that it left.
 */
export const MEASURED = { retry: 2 }
