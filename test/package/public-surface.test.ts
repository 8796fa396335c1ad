import * as library from '../../lib';

test('the package exports these values and no others', () => {
  expect(Object.keys(library).sort()).toEqual([
    'ClaimRetention',
    'CloneMethod',
    'ClusteredApp',
    'Connection',
    'Credentials',
    'Endpoint',
    'Exposure',
    'Grant',
    'Initialize',
    'MySqlVersion',
    'Password',
    'Reads',
    'ReplicatedMySql',
    'TemporaryFiles',
    'Tls',
    'TlsVersion',
  ]);
});
