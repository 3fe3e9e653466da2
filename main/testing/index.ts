/** The module `cascade-workbench/testing`: real cascades in the tests of a plug-in, with vitest or any other runner. */
export type * from './environment.ts'
export { ExpectationFailed, OperationRefused, TestInvalid } from './errors.ts'
export { openTestEnvironment } from './open-test-environment.ts'
