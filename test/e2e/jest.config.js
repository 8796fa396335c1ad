module.exports = {
  rootDir: '../..',
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  testTimeout: 600_000,
  maxWorkers: 3, // each waits for Kubernetes most of the time
};
