module.exports = {
  rootDir: '../..',
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  testTimeout: 600_000,
  maxWorkers: 2, // with three, the clusters of two cores wait for each other
};
