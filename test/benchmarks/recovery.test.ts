import { recoverySeconds } from '../../benchmarks/support/recovery';

const LOG = `2026-11-28T03:30:00Z waiting
2026-11-28T03:30:01.000000Z 0 [System] [MY-010116] [Server] mysqld (mysqld 9.7.4) starting as process 1
2026-11-28T03:30:01.100000Z 1 [System] [MY-013576] [InnoDB] InnoDB initialization has started.
2026-11-28T03:30:03.250000Z 0 [System] [MY-010931] [Server] mysqld: ready for connections. Version: '9.7.4'  port: 3306
`;

test('a recovery lasts from the start of the server until it accepts connections', () => {
  expect(recoverySeconds(LOG)).toBeCloseTo(2.25);
});

test('a log without a complete recovery is refused', () => {
  expect(() => recoverySeconds(LOG.replace('ready for', 'no'))).toThrow('no start and no end of a recovery');
});
