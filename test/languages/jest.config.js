module.exports = {
  rootDir: '../..',
  testMatch: ['<rootDir>/test/languages/*.language.ts'],
  globalSetup: '<rootDir>/test/languages/support/build.ts',
  transform: { '^.+\\.ts$': '@swc/jest' },
  testTimeout: 300_000,
  maxWorkers: 2,
};
