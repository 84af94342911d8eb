import { constants, setPriority } from 'node:os'

/** Runs before each test file of what may wait: its thread has the processors only when nobody else wants them. */
setPriority(constants.priority.PRIORITY_LOW)
