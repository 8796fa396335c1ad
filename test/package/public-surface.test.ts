import * as library from '../../lib';

test('the package exports these values and no others', () => {
  expect(Object.keys(library).sort()).toEqual([
    'ClaimRetention',
    'CloneMethod',
    'ClusteredApp',
    'Credentials',
    'Endpoint',
    'Exposure',
    'Initialize',
    'MySqlVersion',
    'Reads',
    'ReplicatedMySql',
    'TemporaryFiles',
  ]);
});
