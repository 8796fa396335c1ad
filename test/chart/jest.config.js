module.exports = {
  rootDir: '../..',
  testMatch: ['<rootDir>/test/chart/**/*.helm.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  setupFiles: ['<rootDir>/test/support/silence-expected-warnings.ts'],
  testTimeout: 600_000,
};
