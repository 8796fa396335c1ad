import { Size } from 'cdk8s';
import { TemporaryFiles } from '../../lib';
import { storageRules } from '../../lib/rules/storage';
import { testRules } from '../support/rules';

testRules(storageRules, [
  [
    'storage.size is positive',
    [
      [Size.gibibytes(0), '0Gi'],
      [Size.gibibytes(NaN), 'NaNGi'],
      [Size.gibibytes(Infinity), 'InfinityGi'],
      [Size.gibibytes(1e21), '1e+21Gi'],
    ].map(([size, text]) => [
      { storage: { size: size as Size } },
      `storage.size: ${text} is not a positive size. Use one, for example Size.gibibytes(10)`,
    ]),
    [Size.gibibytes(0.5), Size.tebibytes(3)].map((size) => ({ storage: { size } })),
  ],
  [
    'storage.size has room for a server',
    [
      [Size.kibibytes(1), '1Ki'],
      [Size.mebibytes(127), '127Mi'],
    ].map(([size, text]) => [
      { storage: { size: size as Size } },
      `storage.size: ${text} is too small for a server, and immutable once applied. Use at least 256Mi, for example Size.gibibytes(10)`,
    ]),
    [{ storage: { size: Size.mebibytes(256) } }],
  ],
  [
    'storage.storageClassName is the name of a storage class',
    ['My Class', 'fast_ssd', '-fast', 'a..b', ' ', 'x'.repeat(254)].map((storageClassName) => [
      { storage: { storageClassName } },
      `storage.storageClassName: "${storageClassName}" is not the name of a storage class. Use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    ['', 'fast', 'fast-2.example.com'].map((storageClassName) => ({ storage: { storageClassName } })),
  ],
  [
    'storage.accessModes name a mode',
    [[{ storage: { accessModes: [] } }, 'storage.accessModes: [] names no mode. Name one, for example ReadWriteOnce']],
    [{ storage: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } }],
  ],
  [
    'storage.accessModes can be combined',
    [
      [
        { storage: { accessModes: ['ReadWriteOncePod', 'ReadWriteMany'] } },
        'storage.accessModes: Kubernetes refuses ReadWriteOncePod, ReadWriteMany: ReadWriteOncePod cannot be combined with other modes. Use it alone, or leave it out',
      ],
    ],
    [{ storage: { accessModes: ['ReadWriteOncePod'] } }],
  ],
  [
    'storage.accessModes let a server write',
    ['ReadOnlyMany', 'RWO'].map((mode) => [
      { storage: { accessModes: [mode] } },
      `storage.accessModes: "${mode}" does not let a server write. Use ReadWriteOnce, ReadWriteOncePod or ReadWriteMany`,
    ]),
    ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'].map((mode) => ({ storage: { accessModes: [mode] } })),
  ],
  [
    'storage.temporary has a bound',
    [
      [
        { storage: { temporary: TemporaryFiles.emptyDir({ sizeLimit: Size.gibibytes(0) }) } },
        'storage.temporary.sizeLimit: 0Gi is not a positive size. Use one, for example Size.gibibytes(10)',
      ],
      [
        { storage: { temporary: TemporaryFiles.ephemeral({ size: Size.gibibytes(NaN) }) } },
        'storage.temporary.size: NaNGi is not a positive size. Use one, for example Size.gibibytes(10)',
      ],
    ],
    [
      TemporaryFiles.onVolume(),
      TemporaryFiles.emptyDir({ sizeLimit: Size.mebibytes(1) }),
      TemporaryFiles.ephemeral({ size: Size.mebibytes(1) }),
    ].map((temporary) => ({ storage: { temporary } })),
  ],
]);
