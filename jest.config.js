module.exports = {
  testMatch: ['<rootDir>/{test,examples}/**/*.test.ts'],
  testTimeout: 120_000,
  maxWorkers: '100%', // much of the time is that of child processes
  transform: { '^.+\\.ts$': '@swc/jest' },
  setupFiles: ['<rootDir>/test/support/silence-expected-warnings.ts'],
};
