/**
 * The options of a test that holds a promise in milliseconds. What else the machine does can spoil one measure, so it is
 * taken anew: what is slow by itself is slow each time. Such a test can be run again on the state that it left.
 */
export const MEASURED = { retry: 2 }
