import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { CloneMethod } from '../../lib';
import { resourcesRules } from '../../lib/rules/resources';
import { testRules } from '../support/rules';

testRules(resourcesRules, [
  [
    'resources are positive amounts of CPU',
    [
      [
        { resources: { mysql: { requests: { cpu: Cpu.millis(0) } } } },
        'resources.mysql.requests.cpu: 0m is not a positive amount of CPU. Use one, for example Cpu.millis(500)',
      ],
      [
        { resources: { mysql: { limits: { cpu: Cpu.units(-1) } } } },
        'resources.mysql.limits.cpu: -1 is not a positive amount of CPU. Use one, for example Cpu.millis(500)',
      ],
      [
        { resources: { xtrabackup: { requests: { cpu: Cpu.units(NaN) } } } },
        'resources.xtrabackup.requests.cpu: NaN is not a positive amount of CPU. Use one, for example Cpu.millis(500)',
      ],
    ],
    [Cpu.millis(1), Cpu.units(0.5), Cpu.units(10)].map((cpu) => ({ resources: { mysql: { requests: { cpu } } } })),
  ],
  [
    'resources are positive amounts of memory',
    [
      [
        { resources: { mysql: { requests: { memory: Size.mebibytes(0) } } } },
        'resources.mysql.requests.memory: 0Mi is not a positive amount of memory. Use one, for example Size.gibibytes(1)',
      ],
      [
        { resources: { xtrabackup: { limits: { memory: Size.gibibytes(NaN) } } } },
        'resources.xtrabackup.limits.memory: NaNGi is not a positive amount of memory. Use one, for example Size.gibibytes(1)',
      ],
    ],
    [{ resources: { xtrabackup: { limits: { memory: Size.gibibytes(1) } } } }],
  ],
  [
    'resources limit memory to no less than what temporary servers need',
    [
      [
        { resources: { mysql: { limits: { memory: Size.mebibytes(255) } } } },
        'resources.mysql.limits.memory: 255Mi is too little for the first initialization, whose server would be killed for it each time. Use at least 256Mi, or leave it out',
      ],
      [
        { resources: { xtrabackup: { limits: { memory: Size.mebibytes(399) } } } },
        'resources.xtrabackup.limits.memory: 399Mi is too little for a clone, whose server would be killed for it each time. Use at least 400Mi, or leave it out',
      ],
      [
        {
          cloneMethod: CloneMethod.xtraBackup(),
          resources: { xtrabackup: { limits: { memory: Size.mebibytes(255) } } },
        },
        'resources.xtrabackup.limits.memory: 255Mi is too little for a clone, whose server would be killed for it each time. Use at least 256Mi, or leave it out',
      ],
    ],
    [
      { resources: { mysql: { limits: { memory: Size.mebibytes(256) } } } },
      { resources: { xtrabackup: { limits: { memory: Size.mebibytes(400) } } } },
      {
        cloneMethod: CloneMethod.xtraBackup(),
        resources: { xtrabackup: { limits: { memory: Size.mebibytes(256) } } },
      },
    ],
  ],
  [
    'resources are positive sizes of ephemeral storage',
    [
      [
        { resources: { mysql: { limits: { ephemeralStorage: Size.gibibytes(0) } } } },
        'resources.mysql.limits.ephemeralStorage: 0Gi is not a positive size. Use one, for example Size.gibibytes(2)',
      ],
    ],
    [{ resources: { mysql: { limits: { ephemeralStorage: Size.gibibytes(2) } } } }],
  ],
  [
    'resources request no more than their limits',
    [
      [
        {
          resources: {
            mysql: {
              requests: { ephemeralStorage: Size.gibibytes(2) },
              limits: { ephemeralStorage: Size.gibibytes(1) },
            },
          },
        },
        'resources.mysql.requests.ephemeralStorage: 2Gi is more than its limit, 1Gi. Raise the limit, or leave it out',
      ],
      [
        { resources: { mysql: { requests: { cpu: Cpu.units(2) }, limits: { cpu: Cpu.millis(1999) } } } },
        'resources.mysql.requests.cpu: 2 is more than its limit, 1999m. Raise the limit, or leave it out',
      ],
      [
        {
          resources: {
            xtrabackup: { requests: { memory: Size.gibibytes(1) }, limits: { memory: Size.mebibytes(1023) } },
          },
        },
        'resources.xtrabackup.requests.memory: 1Gi is more than its limit, 1023Mi. Raise the limit, or leave it out',
      ],
    ],
    [
      { resources: { mysql: { requests: { cpu: Cpu.units(2) }, limits: { cpu: Cpu.millis(2000) } } } },
      { resources: { mysql: { requests: { memory: Size.gibibytes(1) }, limits: { memory: Size.mebibytes(1024) } } } },
      { resources: { mysql: { limits: { cpu: Cpu.millis(1) } } } },
    ],
  ],
]);
