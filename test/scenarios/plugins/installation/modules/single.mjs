export default {
  name: 'single-file',
  version: '1.0.0',
  apiVersion: 1,
  steps: [{ message: 'Update', table: 'account', stage: 'PostOperation', handler: ({ trace }) => trace('a single file') }],
}
