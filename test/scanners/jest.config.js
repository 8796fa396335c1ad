module.exports = { ...require('../e2e/jest.config'), testMatch: ['<rootDir>/test/scanners/**/*.scan.ts'] };
